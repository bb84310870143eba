/** The port of the queue: it carries ids of rows that are due, and nothing else. */
import type { DueKind } from '../model/due.js';

/**
 * What a stage does with an id: look at the row, do what is still to be done, write it in one commit. Rejects only when the
 * store is broken; that is reported and left to the sweep.
 */
export type TakeId = (id: number) => Promise<void>;

/** How many ids are taken at once, and for whom. */
export interface Lanes {
  readonly parallel: number;
  /**
   * Tells which project each row belongs to; ids without a row are left out, and dropped. When it is given, projects take
   * turns, and one of them never holds the last of several lanes: however many or slow its rows are, those of another are
   * taken soon.
   */
  readonly projectsOf?: (ids: readonly number[]) => Promise<ReadonlyMap<number, number>>;
}

/**
 * Ids arrive at least once, in any order, perhaps twice, perhaps after the row is done: handlers are idempotent.
 * Losing every entry loses nothing, because the sweep puts due rows again. Delays are `dueAt` columns, never the queue's.
 */
export abstract class JobQueue {
  /** Only the store (after a commit) and `sweep/` call it. Safe to call twice with one id; it never throws. */
  abstract put(kind: DueKind, id: number): void;

  /**
   * Calls `take` for ids of `kind` as `lanes` says, never twice at once with one id, those of one project in order.
   * One taker per kind. Ids that came before it was there are kept for it.
   */
  abstract take(kind: DueKind, lanes: Lanes, take: TakeId): void;

  /** Does somebody take ids of `kind`? Not any more when it is closed. */
  abstract isTaking(kind: DueKind): boolean;

  /** Takes no more ids; resolves when everything under way has ended. Safe to call twice. */
  abstract close(): Promise<void>;

  /** Resolves when no id waits and none is under way. */
  abstract settled(): Promise<void>;
}
