/** One change of what the house stores, as streams tell it; and the place of a reader among all changes. */
import type { JsonObject } from '../kernel/json.js';

/** `token` is for the house itself: a token ended, or its end was set. */
export type ChangeKind = 'event' | 'run' | 'job' | 'flag' | 'token';

/** The kinds that a reader may be told of. */
export const TOLD_KINDS = ['event', 'run', 'job', 'flag'] as const satisfies readonly ChangeKind[];

export interface Change {
  readonly kind: ChangeKind;
  readonly what: 'new' | 'changed';
  /** Of the row that changed. */
  readonly id: number;
  readonly projectId: number;
  /** The run that it belongs to: of a run itself, a job, a flag. */
  readonly runId: number | null;
  /** The row as it was after this change, by the names of its columns; times in milliseconds. */
  readonly state: JsonObject;
  /** Where it stands in its own sequence: new events in theirs (by id), everything else in the log of changes. */
  readonly at: { readonly sequence: 'change' | 'event'; readonly number: number };
}

/**
 * How far a reader is: the last change of the log and the last new event that it was told of. New events stand in no log,
 * since the door must not pay for one: their ids are a sequence already. Both sequences only grow, in the order of commits.
 */
export interface Place {
  readonly change: number;
  readonly event: number;
}

/** The place behind a change. */
export function placeAfter(place: Place, { at }: Pick<Change, 'at'>): Place {
  return { ...place, [at.sequence]: at.number };
}

/** `c120-e88`: what a reader sends back as `Last-Event-ID`. */
export function formatPlace({ change, event }: Place): string {
  return `c${change}-e${event}`;
}

/** Null for what is no place. */
export function parsePlace(text: string): Place | null {
  const [, change, event] = /^c(0|[1-9]\d{0,14})-e(0|[1-9]\d{0,14})$/.exec(text) ?? [];
  return change === undefined || event === undefined ? null : { change: Number(change), event: Number(event) };
}
