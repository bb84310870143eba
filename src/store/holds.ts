/** What held runs wait for. Written by `runs/` and `triage/` inside the commits that hold, approve and start them. */
import type { Hold } from '../model/hold.js';
import { type DueAsked, dueIds } from './due-ids.js';
import { ownersOf } from './owners.js';
import { holds } from './schema/tables.js';
import type { Store, Tx } from './store.js';

export type NewHold = Pick<Hold, 'projectId' | 'runId' | 'waitsFor' | 'dueAt'>;
export type HoldChange = Partial<Omit<Hold, 'id' | 'projectId' | 'runId'>>;

export class Holds {
  constructor(private readonly store: Store) {}

  async ofRun(runId: number): Promise<Hold | null> {
    return this.store.table(holds).one({ runId });
  }

  /** Ids of those that somebody should look at now, oldest first. */
  dueIds(asked: DueAsked): Promise<readonly number[]> {
    return dueIds(this.store.reader, holds, asked);
  }

  /** Whose holds these are. */
  projectsOf(ids: readonly number[]): Promise<ReadonlyMap<number, number>> {
    return ownersOf(this.store.reader, holds, ids);
  }

  /** In the commit that makes the held run. */
  async insert(tx: Tx, hold: NewHold): Promise<void> {
    const nothing = { changes: null, approvedBy: null, approvedAt: null, tries: 0, waits: 0 };
    const id = tx.table(holds).insert({ ...nothing, ...hold } as never);
    if (hold.dueAt !== null) tx.due('hold', id);
  }

  /** Raises the durable counter of tries BEFORE the work is done; null when it is not due (yet). */
  async beginTry(tx: Tx, id: number, nowMs: number): Promise<Hold | null> {
    tx.table(holds).raiseDue({ id }, 'tries', nowMs);
    return tx.table(holds).oneDue({ id }, nowMs);
  }

  /** False when it waits for something else meanwhile: then nothing is written. */
  async change(tx: Tx, { id, waitsFor }: Pick<Hold, 'id' | 'waitsFor'>, change: HoldChange): Promise<boolean> {
    const changed = tx.table(holds).update({ id, waitsFor }, change as never);
    if (changed === 1 && change.waitsFor === 'start') tx.due('hold', id);
    return changed === 1;
  }
}
