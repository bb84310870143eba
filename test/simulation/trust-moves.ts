/** Moves of histories about trust: who says, gives, takes and forges what, drawn in scenes that belong together. */
import { FICKLE, type Person } from './rights.js';
import type { SeededRandom } from './seeded-random.js';

/** `approve`: of the head of the pull-request; `approve old`: of the one before it. */
export const SAYINGS = [
  'approve',
  'approve old',
  'approve bare',
  'rerun',
  'rerun failed',
  'cancel',
  'run',
  'explain',
  'talk',
] as const;
export type Saying = (typeof SAYINGS)[number];

/** `retold`: a second message tells of the same comment. `forged`: signed, and nobody wrote it. */
export const WAYS = ['once', 'doubled', 'delayed', 'retold', 'forged'] as const;
export type Way = (typeof WAYS)[number];

export const SECRET_NAMES = ['DEPLOY', 'SIGN'] as const;
export const SECRET_REFS: readonly (readonly string[])[] = [[], ['topic'], ['main-*'], ['refs/heads/topic']];

export type TrustMove =
  | {
      readonly kind: 'comment';
      readonly by: Person;
      readonly says: Saying;
      readonly way: Way;
      /** Which pull-request. */
      readonly nth: number;
    }
  /** By REST, for one of the runs that are held. */
  | { readonly kind: 'approve'; readonly sha: 'its own' | 'another'; readonly nth: number }
  | { readonly kind: 'grant' | 'revoke'; readonly user: (typeof FICKLE)[number] }
  /** At the forge; `tell key`: to the house. */
  | { readonly kind: 'change key' }
  | { readonly kind: 'tell key' }
  | { readonly kind: 'set secret'; readonly name: string; readonly refs: readonly string[] }
  | { readonly kind: 'drop secret'; readonly name: string }
  /** A signed message that says of a fork's pull-request that it came from a branch of the project. */
  | { readonly kind: 'forge pull' }
  /** A commit of a fork whose title is a command. */
  | { readonly kind: 'slogan pull' };

/** Mostly the last one, now and then any. */
export function newestOr<T>(list: readonly T[], nth: number): T | undefined {
  return nth % 4 === 0 ? list[nth % list.length] : list.at(-1);
}

/** Moves that only a history about trust has. */
export const TRUST_KINDS: ReadonlySet<string> = new Set<TrustMove['kind']>([
  'comment',
  'approve',
  'grant',
  'revoke',
  'change key',
  'tell key',
  'set secret',
  'drop secret',
  'forge pull',
  'slogan pull',
]);

/** Those of other histories that a scene needs. */
type PlainMove =
  | { readonly kind: 'commit'; readonly branch: string }
  | { readonly kind: 'open pull' | 'close pull'; readonly branch: string }
  | { readonly kind: 'open fork pull' | 'update fork pull' };

export type SceneMove = TrustMove | PlainMove;

/** Things that happen one after the other, in one project. */
export function drawScene(chance: SeededRandom): readonly SceneMove[] {
  return chance.oneOf(SCENES)(chance);
}

const MAIN = { kind: 'commit', branch: 'main' } as const;
const TOPIC = { kind: 'commit', branch: 'topic' } as const;

const SCENES: readonly ((chance: SeededRandom) => readonly SceneMove[])[] = [
  (chance) => [{ kind: 'open fork pull' }, approval(chance), ...(chance.happens(0.4) ? [comment(chance)] : [])],
  (chance) => [{ kind: 'open fork pull' }, { kind: 'update fork pull' }, approval(chance)],
  (chance) => [{ kind: 'open fork pull' }, approval(chance), { kind: 'update fork pull' }, oldApproval(chance)],
  (chance) => [{ kind: 'open fork pull' }, { kind: 'slogan pull' }, comment(chance)],
  (chance) => [{ kind: 'open fork pull' }, { kind: 'forge pull' }, approval(chance)],
  (chance) => [{ kind: 'open fork pull' }, { kind: 'close pull', branch: 'topic' }, approval(chance)],
  (chance) => [right(chance), TOPIC, { kind: 'open pull', branch: 'topic' }, right(chance), approval(chance)],
  (chance) => [TOPIC, { kind: 'open pull', branch: 'topic' }, comment(chance), comment(chance)],
  (chance) => [TOPIC, { kind: 'open pull', branch: 'topic' }, order(chance), order(chance)],
  (chance) => [{ kind: 'revoke', user: 'bob' }, TOPIC, { kind: 'open pull', branch: 'topic' }, approval(chance)],
  (chance) => [{ kind: 'open fork pull' }, { ...order(chance), says: 'approve' }, order(chance)],
  (chance) => [{ kind: 'open fork pull' }, right(chance), comment(chance), right(chance)],
  (chance) => [{ kind: 'change key' }, MAIN, ...(chance.happens(0.5) ? [{ kind: 'tell key' } as const] : []), TOPIC],
  (chance) => [{ kind: 'open fork pull' }, { kind: 'change key' }, comment(chance), MAIN],
  (chance) => [secret(chance), chance.oneOf([MAIN, TOPIC]), secret(chance), chance.oneOf([MAIN, TOPIC])],
];

function approval(chance: SeededRandom): SceneMove {
  const nth = chance.below(100);
  if (chance.happens(0.5)) return { kind: 'approve', sha: chance.happens(0.75) ? 'its own' : 'another', nth };
  return { ...comment(chance), says: chance.happens(0.75) ? 'approve' : 'approve old' };
}

/** Of what stood there before the push. */
function oldApproval(chance: SeededRandom): SceneMove {
  if (chance.happens(0.5)) return { kind: 'approve', sha: 'its own', nth: chance.below(100) };
  return { ...comment(chance), by: 'ann', way: 'once', says: 'approve old' };
}

function comment(chance: SeededRandom): Extract<TrustMove, { kind: 'comment' }> {
  const by = chance.oneOf(['ann', 'ann', 'carl', 'bob', 'dave'] as const);
  return { kind: 'comment', by, says: chance.oneOf(SAYINGS), way: chance.oneOf(WAYS), nth: chance.below(100) };
}

/** By one who mostly may, and most of what is told of it is true. */
function order(chance: SeededRandom): Extract<TrustMove, { kind: 'comment' }> {
  const says = chance.oneOf(['rerun', 'rerun', 'rerun failed', 'run', 'run', 'cancel'] as const);
  const way = chance.oneOf(['once', 'doubled', 'delayed', 'retold', 'retold'] as const);
  return { kind: 'comment', by: chance.oneOf(['ann', 'carl'] as const), says, way, nth: chance.below(100) };
}

function right(chance: SeededRandom): TrustMove {
  return { kind: chance.oneOf(['grant', 'revoke', 'revoke'] as const), user: chance.oneOf(FICKLE) };
}

function secret(chance: SeededRandom): TrustMove {
  const name = chance.oneOf(SECRET_NAMES);
  return chance.happens(0.7)
    ? { kind: 'set secret', name, refs: chance.oneOf(SECRET_REFS) }
    : { kind: 'drop secret', name };
}
