/** Turns that would wait for each other for ever: found before anybody begins to wait, purely (LANGUAGE.md, "Concurrency"). */
import type { Turn } from '../model/turn.js';

/** A job that comes to a line: everybody who stands there is in front of it. */
export type Newcomer = Pick<Turn, 'runId' | 'group'>;

/**
 * The turn in front of `newcomer` that can never be over before it, since it waits, perhaps by way of others, for the group that
 * the newcomer's own run holds. Null when there is none. `open`: all turns of the project that hold or wait and that nobody
 * has sent away.
 */
export function circleAt(open: readonly Turn[], newcomer: Newcomer): Turn | null {
  const ahead = open.filter(({ group }) => group === newcomer.group);
  return ahead.find((turn) => reaches(open, turn, newcomer.runId)) ?? null;
}

/** Does it wait for the turn of this whole run? */
function reaches(open: readonly Turn[], from: Turn, runId: number): boolean {
  const seen = new Set<Turn>();
  const toSee = [from];
  for (let turn = toSee.pop(); turn !== undefined; turn = toSee.pop()) {
    if (turn.runId === runId && turn.jobId === null) return true;
    if (seen.has(turn)) continue;
    seen.add(turn);
    toSee.push(...waitedFor(open, turn));
  }
  return false;
}

/** What must be over first: whoever is in front, and of a whole run those of its jobs that wait. A job that runs waits for nobody. */
function waitedFor(open: readonly Turn[], turn: Turn): readonly Turn[] {
  const { id, state, group, runId, jobId } = turn;
  const isInFront = (one: Turn) => one.group === group && one.id !== id && (one.state === 'holding' || one.id < id);
  const isOwnJob = (one: Turn) => one.runId === runId && one.jobId !== null && one.state === 'waiting';
  return open.filter((one) => (state === 'waiting' && isInFront(one)) || (jobId === null && isOwnJob(one)));
}
