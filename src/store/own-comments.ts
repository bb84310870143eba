/** Comments that this program writes on the forge: wanted once by cause, sent until the forge has them. */
import { In, MoreThan } from 'typeorm';
import type { Random } from '../kernel/random.js';
import type { OwnComment, Thread } from '../model/comment-command.js';
import { type DueAsked, dueIds } from './due-ids.js';
import { ownersOf } from './owners.js';
import { ownComments } from './schema/tables.js';
import type { Store, Tx } from './store.js';

export type WantedComment = Pick<OwnComment, 'projectId' | 'thread' | 'number' | 'cause' | 'text'>;

/** What became of a try to send. */
export type CommentOutcome = Partial<Pick<OwnComment, 'unsure' | 'pausedReason' | 'lastError' | 'sentAt'>> &
  Pick<OwnComment, 'tries' | 'failures' | 'dueAt'>;

export class OwnComments {
  constructor(
    private readonly store: Store,
    private readonly random: Random,
  ) {}

  /** Once for a cause: a second wish changes nothing. */
  async want(tx: Tx, wanted: WantedComment, nowMs: number): Promise<void> {
    const { projectId, cause } = wanted;
    if (await tx.manager.existsBy(ownComments, { projectId, cause })) return;
    const fresh = { unsure: false, tries: 0, failures: 0, pausedReason: null, lastError: null, sentAt: null };
    const row = { ...wanted, ...fresh, marker: this.random.hex(16), dueAt: nowMs, createdAt: nowMs };
    tx.due('comment', tx.table(ownComments).insert(row));
  }

  /** How many were wanted on a thread since then, inside a commit. */
  countSince(tx: Tx, place: Pick<OwnComment, 'projectId'> & Thread, sinceMs: number): Promise<number> {
    const { projectId, thread, number } = place;
    return tx.manager.countBy(ownComments, { projectId, thread, number, createdAt: MoreThan(sinceMs) });
  }

  /** Is one of these markers of a comment of this project of ours? (TRUST.md §5: own by what we stored, never by name.) */
  isOwn(projectId: number, markers: readonly string[]): Promise<boolean> {
    return this.store.reader.existsBy(ownComments, { projectId, marker: In([...markers]) });
  }

  async byId(id: number): Promise<OwnComment | null> {
    return this.store.table(ownComments).one({ id });
  }

  /** Ids of comments to be sent now, oldest first. */
  dueIds(asked: DueAsked): Promise<readonly number[]> {
    return dueIds(this.store.reader, ownComments, asked);
  }

  /** Whose comments these are. */
  projectsOf(ids: readonly number[]): Promise<ReadonlyMap<number, number>> {
    return ownersOf(this.store.reader, ownComments, ids);
  }

  /**
   * Counts a try BEFORE it is made and returns the row as it was; null when it is not due (any more). Of one whose try is not
   * known to have ended nobody can say whether the forge has it: the next try comes at `lookAt`, and looks first.
   */
  async beginTry(
    tx: Tx,
    id: number,
    { nowMs, lookAt }: { readonly nowMs: number; readonly lookAt: number },
  ): Promise<OwnComment | null> {
    const row = tx.table(ownComments).oneDue({ id }, nowMs);
    if (row !== null) tx.table(ownComments).update({ id }, { tries: row.tries + 1, unsure: true, dueAt: lookAt });
    return row;
  }

  async endTry(tx: Tx, id: number, outcome: CommentOutcome): Promise<void> {
    tx.table(ownComments).update({ id }, outcome);
  }
}
