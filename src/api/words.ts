/** The fixed words of answers and queries: every one that the types of model/ allow. */
import type { DecisionOutcome } from '../model/decision.js';
import type { Verdict } from '../model/delivery.js';
import type { EventKind, EventSource, EventState } from '../model/event.js';
import type { FlagStatus } from '../model/flag.js';
import type { Result, State } from '../model/result.js';
import type { Trust } from '../model/trust.js';
import type { FlagSending } from '../store/browse.js';

export const EVENT_SOURCES = wordsOf<EventSource>({
  ...{ webhook: 0, reconcile: 0, schedule: 0, manual: 0, replay: 0, bus: 0, chain: 0 },
});
export const EVENT_KINDS = wordsOf<EventKind>({
  ...{ push: 0, create: 0, delete: 0, 'pull-request': 0, comment: 0, issue: 0, flag: 0, project: 0 },
  ...{ schedule: 0, dispatch: 0, run: 0, other: 0 },
});
export const EVENT_STATES = wordsOf<EventState>({ due: 0, done: 0, parked: 0, idle: 0 });
export const VERDICTS = wordsOf<Verdict>({ ok: 0, stale: 0, inconsistent: 0, conflict: 0 });
export const OUTCOMES = wordsOf<DecisionOutcome>({ started: 0, merged: 0, filtered: 0, broken: 0, superseded: 0 });
export const STATES = wordsOf<State>({ waiting: 0, queued: 0, running: 0, done: 0 });
export const RESULTS = wordsOf<Result>({ success: 0, failure: 0, error: 0, canceled: 0, skipped: 0 });
export const TRUSTS = wordsOf<Trust>({ trusted: 0, restricted: 0, held: 0 });
export const FLAG_STATUSES = wordsOf<FlagStatus>({ pending: 0, success: 0, failure: 0, error: 0, canceled: 0 });
export const FLAG_SENDINGS = wordsOf<FlagSending>({ sent: 0, waiting: 0, paused: 0 });

/** The type sees to it that none is forgotten. */
function wordsOf<Word extends string>(all: Readonly<Record<Word, 0>>): readonly Word[] & Word[] {
  return Object.keys(all) as Word[];
}
