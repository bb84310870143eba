/** What held runs wait for. Written by `runs/` and `triage/` inside the commits that hold, approve and start them. */
import type { Hold } from '../model/hold.js';
import { type DueAsked, dueIds } from './due-ids.js';
import { dueBy } from './due-time.js';
import { ownersOf } from './owners.js';
import { holds } from './schema/tables.js';
import type { Store, Tx } from './store.js';

export type NewHold = Pick<Hold, 'projectId' | 'runId' | 'waitsFor' | 'dueAt'>;
export type HoldChange = Partial<Omit<Hold, 'id' | 'projectId' | 'runId'>>;

export class Holds {
  constructor(private readonly store: Store) {}

  ofRun(runId: number): Promise<Hold | null> {
    return this.store.reader.findOneBy(holds, { runId });
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
    const made = await tx.manager.insert(holds, { ...nothing, ...hold } as never);
    if (hold.dueAt !== null) tx.due('hold', made.identifiers[0]!['id'] as number);
  }

  /** Raises the durable counter of tries BEFORE the work is done; null when it is not due (yet). */
  async beginTry(tx: Tx, id: number, nowMs: number): Promise<Hold | null> {
    const due = { id, dueAt: dueBy(nowMs) };
    await tx.manager.increment(holds, due, 'tries', 1);
    return tx.manager.findOneBy(holds, due);
  }

  /** False when it waits for something else meanwhile: then nothing is written. */
  async change(tx: Tx, { id, waitsFor }: Pick<Hold, 'id' | 'waitsFor'>, change: HoldChange): Promise<boolean> {
    const answer = await tx.manager.update(holds, { id, waitsFor }, change as never);
    if (answer.affected === 1 && change.waitsFor === 'start') tx.due('hold', id);
    return answer.affected === 1;
  }
}
