/** What a replay keeps of the event that it repeats (TRUST.md §2): the resolved commits, and a bound for trust. */
import type { Event } from '../model/event.js';
import type { Run } from '../model/run.js';
import { minTrust } from '../model/trust.js';
import type { Situation } from './situation.js';

export interface Replayed {
  /** The event that came from outside. */
  readonly first: Event;
  /** What it and the replays between started or joined, oldest first. */
  readonly runs: readonly Run[];
}

/** The commit that the event was resolved to where its message names none. */
export function keptCommit(replayed: Replayed | null): string | null {
  return replayed?.runs[0]?.resolved.commit ?? null;
}

/** Pure. A replay is a change of its own and merges with nothing; it is judged now, and never higher than it was before. */
export function replaySituation(event: Pick<Event, 'id'>, { runs }: Replayed, situation: Situation): Situation {
  const trust = runs.reduce((lowest, run) => minTrust(lowest, run.trust), situation.trust);
  const [cause] = runs.filter((run) => run.trust === trust);
  const isLowered = trust !== situation.trust && cause !== undefined;
  const trustReason = isLowered ? `no higher than it was judged before: ${cause.trustReason}` : situation.trustReason;
  const waitsFor = isLowered ? 'approval' : situation.waitsFor;
  return { ...situation, cause: `event ${event.id}`, trust, trustReason, waitsFor };
}
