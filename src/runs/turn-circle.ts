/** Turns that would wait for each other for ever: found before anybody begins to wait, purely (LANGUAGE.md, "Concurrency"). */
import type { Turn } from '../model/turn.js';
import { isWithin, type TurnPart } from './turn-part.js';

/** A job or call that comes to a line: everybody who stands there is in front of it. */
export type Newcomer = TurnPart & Pick<Turn, 'group'>;

export interface Circle {
  /** The turn in front of the newcomer that can never be over before it. */
  readonly ahead: Turn;
  /** What it waits for, perhaps by way of others: the turn of the newcomer's own run, or of a call that it belongs to. */
  readonly held: Turn;
}

/** Null when there is none. `open`: all turns of the project that hold or wait and that nobody has sent away. */
export function circleAt(open: readonly Turn[], newcomer: Newcomer): Circle | null {
  for (const ahead of open.filter(({ group }) => group === newcomer.group)) {
    const held = reached(open, ahead, newcomer);
    if (held !== null) return { ahead, held };
  }
  return null;
}

/** A turn within which the newcomer itself is waited for. */
function reached(open: readonly Turn[], from: Turn, newcomer: Newcomer): Turn | null {
  const seen = new Set<Turn>();
  const toSee = [from];
  for (let turn = toSee.pop(); turn !== undefined; turn = toSee.pop()) {
    if (isWithin(newcomer, turn)) return turn;
    if (seen.has(turn)) continue;
    seen.add(turn);
    toSee.push(...waitedFor(open, turn));
  }
  return null;
}

/** What must be over first: whoever is in front, and of a run or call what waits in it. A job that runs waits for nobody. */
function waitedFor(open: readonly Turn[], turn: Turn): readonly Turn[] {
  const { id, state, group } = turn;
  const isInFront = (one: Turn) => one.group === group && one.id !== id && (one.state === 'holding' || one.id < id);
  const isPart = (one: Turn) => one.state === 'waiting' && isWithin(one, turn);
  return open.filter((one) => (state === 'waiting' && isInFront(one)) || isPart(one));
}
