/** The lines of concurrency groups. Written by `runs/` alone, always inside the commit that decides whose turn it is. */
import { In, IsNull } from 'typeorm';
import type { Turn } from '../model/turn.js';
import { type DueAsked, dueIds } from './due-ids.js';
import { concurrencyGroups, turns } from './schema/tables.js';
import type { Store, Tx } from './store.js';

export type NewTurn = Omit<Turn, 'id' | 'tries'>;
export type Group = Pick<Turn, 'projectId' | 'group'>;

export class Turns {
  constructor(private readonly store: Store) {}

  /** Ids of turns whose run or job is to be told, oldest first. */
  dueIds(asked: DueAsked): Promise<readonly number[]> {
    return dueIds(this.store.reader, turns, asked);
  }

  /** The line of a group, holder first. Whoever else decides about the group waits until this commit ends. */
  async lockLine(tx: Tx, { projectId, group }: Group): Promise<readonly Turn[]> {
    await tx.manager.query(
      `INSERT INTO "concurrency_group" ("projectId", "name", "version") VALUES (?, ?, 1)
       ON CONFLICT ("projectId", "name") DO UPDATE SET "version" = "version" + 1`,
      [projectId, group],
    );
    return tx.manager.find(turns, { where: { projectId, group }, order: { id: 'ASC' } });
  }

  /** The same for whoever decides nothing. */
  line({ projectId, group }: Group): Promise<readonly Turn[]> {
    return this.store.reader.find(turns, { where: { projectId, group }, order: { id: 'ASC' } });
  }

  /** A group in whose line nobody stands is forgotten. */
  async forgetGroup(tx: Tx, { projectId, group }: Group): Promise<void> {
    await tx.manager.delete(concurrencyGroups, { projectId, name: group });
  }

  /** All of a run, those of its jobs included. */
  ofRun(tx: Tx, runId: number): Promise<readonly Turn[]> {
    return tx.manager.find(turns, { where: { runId }, order: { id: 'ASC' } });
  }

  /** Those of a run, its jobs and its calls that know all that was decided about them. */
  knownOf(runId: number): Promise<readonly Turn[]> {
    return this.store.reader.find(turns, { where: { runId, dueAt: IsNull() }, order: { id: 'ASC' } });
  }

  /** All of a project that hold or wait and that nobody has sent away, in the order of their ids. */
  openOf(tx: Tx, projectId: number): Promise<readonly Turn[]> {
    const where = { projectId, state: In(['holding', 'waiting'] as const), reason: IsNull() };
    return tx.manager.find(turns, { where, order: { id: 'ASC' } });
  }

  async insert(tx: Tx, turn: NewTurn): Promise<void> {
    const id = tx.table(turns).insert({ ...turn, tries: 0 });
    if (turn.dueAt !== null) tx.due('turn', id);
  }

  async remove(tx: Tx, id: number): Promise<void> {
    await tx.manager.delete(turns, { id });
  }

  /** Something new is to be told to its run or job. */
  async decide(tx: Tx, id: number, change: Partial<Pick<Turn, 'state' | 'reason' | 'byRunId'>>, nowMs: number) {
    tx.table(turns).update({ id }, { ...change, tries: 0, dueAt: nowMs });
    tx.due('turn', id);
  }

  /**
   * Counts a try BEFORE it is made, and returns the row as it now is; null when it is not due (any more). `inPlace`: of a try
   * that ended and could not be noted, unless something was decided since.
   */
  async beginTry(tx: Tx, id: number, nowMs: number, inPlace = false): Promise<Turn | null> {
    tx.table(turns).raiseDue(inPlace ? { id, tries: 0 } : { id }, 'tries', nowMs);
    return tx.table(turns).oneDue({ id }, nowMs);
  }

  async postpone(tx: Tx, id: number, change: Pick<Turn, 'dueAt' | 'tries'>): Promise<void> {
    tx.table(turns).update({ id }, change);
  }

  /** Its run or job knows. What was decided since the try began is still to be told: deciding starts the count of tries again. */
  async told(tx: Tx, turn: Turn): Promise<void> {
    const row = tx.table(turns).one({ id: turn.id });
    if (row?.state !== turn.state || row.reason !== turn.reason || row.tries !== turn.tries) return;
    tx.table(turns).update({ id: turn.id }, { dueAt: null });
  }
}
