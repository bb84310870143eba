/** What happens to a world, as a value that one seed determines: moves of people, and what breaks meanwhile. */
import { SeededRandom } from './seeded-random.js';
import type { Theme } from './themes.js';
import type { TroubleKind, TroubleWindow } from './trouble.js';
import { drawScene, SECRET_NAMES, SECRET_REFS, type TrustMove } from './trust-moves.js';

export const BRANCHES = ['main', 'main-1.0', 'topic'] as const;
export const PROJECTS = ['lab', 'rpms/bash'] as const;

/** Times are milliseconds since the history began. What a move means depends on what stands in the repository then. */
export type Move = { readonly atMs: number; readonly project: number } &
  /** `burst`: four commits, each pushed at once. */
  (
    | { readonly kind: 'commit' | 'force' | 'back' | 'copy' | 'delete' | 'burst'; readonly branch: string }
    | { readonly kind: 'tag' | 'move tag' }
    | { readonly kind: 'open pull' | 'close pull'; readonly branch: string }
    | { readonly kind: 'open fork pull' | 'update fork pull' }
    | { readonly kind: 'cancel'; readonly nth: number }
    /** A commit that breaks whoever reads it. */
    | { readonly kind: 'poison' }
    | { readonly kind: 'chat' }
    /** A commit of `main` after which the repository's own schedule says something else. */
    | { readonly kind: 'reschedule'; readonly nth: number }
    | TrustMove
  );

/** `places`: port calls and commits after `atMs` until it happens. `awayMs`: how much later than usual it is started again. */
export type Blow =
  | { readonly kind: 'crash'; readonly atMs: number; readonly places: number; readonly awayMs: number }
  | { readonly kind: 'stop'; readonly atMs: number; readonly awayMs: number }
  | ({ readonly kind: 'trouble' } & { readonly window: TroubleWindow });

export interface History {
  readonly seed: number;
  readonly theme: Theme;
  /** Everything happens within this time; afterwards the world is calm. */
  readonly troubledMs: number;
  readonly moves: readonly Move[];
  readonly blows: readonly Blow[];
}

export interface HistorySize {
  readonly moves: number;
  readonly blows: number;
}

/** On average one move comes in this time. */
const MOVE_EVERY_MS = 20_000;
const DAY_MS = 24 * 3_600_000;
const LONGEST_AWAY_MS = 480_000;

const MOVES: readonly Move['kind'][] = [
  ...Array<Move['kind']>(9).fill('commit'),
  ...Array<Move['kind']>(4).fill('force'),
  ...(['back', 'back', 'copy', 'copy', 'delete', 'tag', 'tag', 'move tag', 'cancel', 'cancel', 'cancel'] as const),
  ...(['open pull', 'open pull', 'close pull', 'open fork pull', 'update fork pull', 'chat', 'poison'] as const),
];

const TROUBLES: readonly TroubleKind[] = [
  'git down',
  'forge says 429',
  'forge says 500',
  'forge is silent',
  'token expired',
  'disk full',
  'disk broken',
  'disk slow',
  'spawn fails',
  'queue loses',
  'clock wrong',
];

/** `about`: the theme, where it is not to be drawn. */
export function drawHistory(seed: number, size: HistorySize, about: Theme | null = null): History {
  const chance = SeededRandom.named(seed, 'history');
  const troubledMs = size.moves * MOVE_EVERY_MS;
  const moves = drawMoves(chance, size.moves, troubledMs);
  const blows = Array.from({ length: size.blows }, () => drawBlow(chance, troubledMs));
  return themed({ seed, theme: 'plain', troubledMs, moves, blows }, about);
}

const THEMES: readonly Theme[] = ['plain', 'steps', 'clock', 'chains', 'turns'];

/** Drawn beside the others, which stay as they are. */
const TRUST_SHARE = 0.2;
/** What is to be approved is looked at first, which takes seconds; who approves at the moment of a push has seen what stood there. */
const SCENE_GAPS_MS = [1_000, 15_000, 30_000, 50_000] as const;

/** What breaks more often where it meets what the theme is about. */
const TROUBLES_OF: Readonly<Partial<Record<Theme, readonly TroubleKind[]>>> = {
  clock: ['clock wrong', 'disk full'],
  turns: ['disk slow'],
};

/** Some of what was drawn makes place for what the theme is about, at least one move after the first. */
function themed({ moves, blows, ...drawn }: History, about: Theme | null): History {
  const chance = SeededRandom.named(drawn.seed, 'theme');
  const apart = SeededRandom.named(drawn.seed, 'trust');
  const isTrust = apart.happens(TRUST_SHARE);
  const other = chance.oneOf(THEMES);
  const theme = about ?? (isTrust ? 'trust' : other);
  if (theme === 'trust') return { ...drawn, theme, moves: trustMoves(apart, moves, drawn.troubledMs), blows };
  const always = 1 + chance.below(moves.length - 1);
  const played = moves.map((move, at) =>
    at > 0 && (at === always || chance.happens(0.15)) ? themedMove(chance, theme, move) : move,
  );
  return { ...drawn, theme, moves: played, blows: blows.map((blow) => themedBlow(chance, theme, blow, played)) };
}

/** Secrets stand from the first moment on. Then scenes, and a few moves that have nothing to do with them. */
function trustMoves(chance: SeededRandom, [first, ...plain]: readonly Move[], troubledMs: number): readonly Move[] {
  const refs = chance.oneOf(SECRET_REFS);
  const secret: Move = { kind: 'set secret', atMs: 1_000, project: 0, name: SECRET_NAMES[0], refs };
  const others = plain.filter(() => chance.happens(0.15));
  const moves = [first!, secret, ...others];
  while (moves.length < plain.length + 1) {
    const project = chance.happens(0.85) ? 0 : 1;
    let nextMs = chance.between(2_000, Math.max(2_000, Math.floor(troubledMs / 2)));
    for (const move of drawScene(chance)) {
      moves.push({ ...move, atMs: Math.min(nextMs, troubledMs - 1), project });
      const isAtOnce = move.kind === 'update fork pull' && chance.happens(0.4);
      nextMs += isAtOnce ? 0 : chance.oneOf(SCENE_GAPS_MS);
    }
  }
  return moves.slice(0, plain.length + 1).sort((one, another) => one.atMs - another.atMs);
}

function themedMove(chance: SeededRandom, theme: Theme, move: Move): Move {
  const { atMs, project } = move;
  if (theme === 'clock') return { kind: 'reschedule', atMs, project, nth: chance.below(100) };
  if (theme === 'turns') return { kind: 'burst', atMs, project, branch: chance.oneOf(BRANCHES) };
  if (theme === 'chains') return { kind: 'open pull', atMs, project, branch: chance.oneOf(BRANCHES) };
  if (theme === 'steps') return { kind: 'cancel', atMs, project, nth: chance.below(100) };
  return move;
}

/** Where the clock matters the server is away for longer, and often since a change of a default branch has come. */
function themedBlow(chance: SeededRandom, theme: Theme, blow: Blow, moves: readonly Move[]): Blow {
  const kinds = TROUBLES_OF[theme];
  if (kinds === undefined) return blow;
  if (blow.kind === 'trouble')
    return chance.happens(0.5) ? { ...blow, window: { ...blow.window, kind: chance.oneOf(kinds) } } : blow;
  if (theme !== 'clock' || chance.happens(0.5)) return blow;
  const awayMs = chance.below(LONGEST_AWAY_MS);
  const changes = moves.filter((move) => move.kind === 'commit' && move.branch === 'main');
  const { atMs } = chance.happens(0.5) && changes.length > 0 ? chance.oneOf(changes) : blow;
  return { ...blow, atMs, awayMs };
}

/** In the order of their times. First there is something to move. */
function drawMoves(chance: SeededRandom, count: number, troubledMs: number): readonly Move[] {
  const moves: Move[] = [{ kind: 'commit', atMs: 0, project: 0, branch: 'main' }];
  while (moves.length < count) {
    const move = drawMove(chance, troubledMs);
    const isMany = move.kind === 'force' && chance.happens(0.6);
    moves.push(...(isMany ? toAndFro(chance, move, troubledMs) : [move]));
  }
  return moves.slice(0, count).sort((one, other) => one.atMs - other.atMs);
}

/** A branch is forced away, back and away again: the same change for a second time. */
function toAndFro(
  chance: SeededRandom,
  { project, branch, atMs }: Extract<Move, { branch: string }>,
  troubledMs: number,
): readonly Move[] {
  let nextMs = Math.floor(atMs / 2);
  return (['commit', 'force', 'back', 'back'] as const).map((kind) => {
    const move = { kind, project, branch, atMs: Math.min(nextMs, troubledMs - 1) };
    nextMs += chance.between(5_000, 25_000);
    return move;
  });
}

function drawMove(chance: SeededRandom, troubledMs: number): Move {
  const kind = chance.oneOf(MOVES);
  const when = { atMs: chance.below(troubledMs), project: chance.happens(0.75) ? 0 : 1 };
  return { ...when, kind, branch: chance.oneOf(BRANCHES), nth: chance.below(100) } as Move;
}

function drawBlow(chance: SeededRandom, troubledMs: number): Blow {
  const atMs = chance.below(troubledMs);
  if (chance.happens(0.4)) return { kind: 'crash', atMs, places: chance.below(60), awayMs: 0 };
  if (chance.happens(0.25)) return { kind: 'stop', atMs, awayMs: 0 };
  const kind = chance.oneOf(TROUBLES);
  const forMs = Math.min(chance.between(1_000, 180_000), troubledMs - atMs);
  return { kind: 'trouble', window: { kind, fromMs: atMs, forMs, skewMs: chance.happens(0.5) ? DAY_MS : -DAY_MS } };
}
