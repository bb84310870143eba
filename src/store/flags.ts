/** Flags: one row of wanted state each. `runs/` writes what is wanted, `report/` what was sent, `projects/` resumes. */
import { MoreThan } from 'typeorm';
import type { Random } from '../kernel/random.js';
import type { Flag } from '../model/flag.js';
import { type DueAsked, dueIds } from './due-ids.js';
import { ownersOf } from './owners.js';
import { flags, projects } from './schema/tables.js';
import type { Store, Tx } from './store.js';

/** What a run wants to be shown for a subject. */
export type Wish = Pick<
  Flag,
  | 'projectId'
  | 'pipelineKey'
  | 'subject'
  | 'jobKey'
  | 'runId'
  | 'commit'
  | 'username'
  | 'status'
  | 'comment'
  | 'percent'
  | 'url'
>;

/** What became of a try to send or to read back. */
export type TryOutcome = Partial<
  Pick<Flag, 'sentVersion' | 'unsure' | 'pausedReason' | 'lastError' | 'sentAt' | 'checkAt'>
> &
  Pick<Flag, 'tries' | 'failures' | 'dueAt'>;

/** How far a run is told no more often than this; what it comes to is told at once. */
export const PROGRESS_EVERY_MS = 15_000;

const STOPPED = 'the server stopped while it was sent';

/** Whoever mends it starts to count anew. */
const PARKED = { pausedReason: 'the server stopped each time it was sent', begun: 0 } as const;

/** Of a row of which something else is wanted now, or for which something was mended. */
const NO_TRIES = { tries: 0, failures: 0 } as const;

/** Nothing is put off so far: a clock that was ahead wrote it. */
const FURTHEST_CHECK_MS = 24 * 3_600_000;

export interface CheckBounds {
  readonly perProject: number;
  readonly limit: number;
}

export type CheckedFlag = Pick<Flag, 'id' | 'projectId' | 'subject' | 'commit' | 'sentAt'>;

export class Flags {
  constructor(
    private readonly store: Store,
    private readonly random: Random,
  ) {}

  async byId(id: number): Promise<Flag | null> {
    return this.store.table(flags).one({ id });
  }

  ofRun(runId: number): Promise<readonly Flag[]> {
    return this.store.reader.findBy(flags, { runId });
  }

  /** Rows to send or to read back now. */
  dueIds(asked: DueAsked): Promise<readonly number[]> {
    return dueIds(this.store.reader, flags, asked);
  }

  /** Whose flags these are. */
  projectsOf(ids: readonly number[]): Promise<ReadonlyMap<number, number>> {
    return ownersOf(this.store.reader, flags, ids);
  }

  /** Is there a row of ours for this commit? (TRUST.md §5: own by row, never by name.) */
  async isOwn(projectId: number, commit: string): Promise<boolean> {
    return this.store.table(flags).one({ projectId, commit }) !== null;
  }

  /** What the project wants flags of: its pipelines alone, or their jobs as well. */
  async wantedPer(tx: Tx, projectId: number): Promise<'pipeline' | 'job'> {
    return tx.table(projects).one({ id: projectId })?.settings.flags ?? 'pipeline';
  }

  /** The newest run of a subject decides; a wish that changes nothing changes nothing. Names the row as due. */
  async want(tx: Tx, wish: Wish, nowMs: number): Promise<void> {
    const { projectId, pipelineKey, subject, jobKey } = wish;
    const rows = tx.table(flags);
    const row = rows.one({ projectId, pipelineKey, subject, jobKey });
    if (!row) return this.insert(tx, wish, nowMs);
    const isOld = row.runId > wish.runId;
    if (isOld || isSame(row, wish)) return;
    const fresh = { ...wish, version: row.version + 1 };
    if (row.pausedReason !== null) return void rows.update({ id: row.id }, { ...fresh, dueAt: null });
    if (isProgress(row, wish)) {
      const dueAt = row.dueAt ?? progressDueAt(row.sentAt ?? 0, nowMs);
      const percent = wish.percent === null ? null : Math.max(wish.percent, row.percent ?? 0);
      rows.update({ id: row.id }, { ...fresh, percent, dueAt });
      if (dueAt <= nowMs) tx.due('flag', row.id);
      return;
    }
    rows.update({ id: row.id }, { ...fresh, ...NO_TRIES, dueAt: nowMs });
    tx.due('flag', row.id);
  }

  /**
   * Flags of pull-requests whose time to be looked at again has come, the longest due first: at most `perProject` of one
   * project and `limit` in all.
   */
  toCheck(nowMs: number, { perProject, limit }: CheckBounds): Promise<readonly CheckedFlag[]> {
    return this.store.reader.query<CheckedFlag[]>(
      `SELECT "id", "projectId", "subject", "commit", "sentAt" FROM (
         SELECT *, row_number() OVER (PARTITION BY "projectId" ORDER BY "checkAt", "id") AS "place" FROM "flag"
         WHERE "checkAt" <= ? OR "checkAt" > ?)
       WHERE "place" <= ? ORDER BY "checkAt", "id" LIMIT ?`,
      [nowMs, nowMs + FURTHEST_CHECK_MS, perProject, limit],
    );
  }

  /** What the forge shows of it is read back next, unless it is under way or paused; then it is looked at later. */
  async doubt(
    tx: Tx,
    id: number,
    { nowMs, checkAt }: { readonly nowMs: number; readonly checkAt: number },
  ): Promise<void> {
    tx.table(flags).update({ id }, { checkAt });
    const settled = { id, unsure: false, dueAt: null, pausedReason: null };
    const changed = tx.table(flags).update(settled, { unsure: true, dueAt: nowMs });
    if (changed === 1) tx.due('flag', id);
  }

  /** It is looked at no more: its pull-request was closed, or has another head. */
  async endChecks(tx: Tx, id: number): Promise<void> {
    tx.table(flags).update({ id }, { checkAt: null });
  }

  /** Counts a try BEFORE it is made, and returns the row as it now is; null when it is not due (yet). */
  async beginTry(tx: Tx, id: number, nowMs: number): Promise<Flag | null> {
    tx.table(flags).raiseDue({ id }, 'begun', nowMs);
    const row = tx.table(flags).oneDue({ id }, nowMs);
    if (row === null || row.begun === 1 || row.unsure) return row;
    // The end of an earlier try could not be written (a full disk): what it sent may still arrive.
    tx.table(flags).update({ id }, { unsure: true });
    return { ...row, unsure: true };
  }

  /**
   * At start: tries that an earlier boot began and never ended may still arrive, and may be what ended it. `dueAtOf` says when a
   * row is tried again of which so many did not end; null: it is paused.
   */
  async doubtBegun(tx: Tx, dueAtOf: (begun: number) => number | null): Promise<void> {
    for (const { id, begun } of await tx.manager.findBy(flags, { begun: MoreThan(0) })) {
      const dueAt = dueAtOf(begun);
      const doubt = { unsure: true, lastError: STOPPED, dueAt };
      tx.table(flags).update({ id }, dueAt === null ? { ...doubt, ...PARKED } : doubt);
    }
  }

  /**
   * Records what became of a try; only `report/` calls it. When the row's version is another by now, another state is
   * wanted (or something was mended), and it stays due at once.
   */
  async endTry(tx: Tx, tried: Pick<Flag, 'id' | 'version'>, outcome: TryOutcome): Promise<void> {
    const { id, version } = tried;
    const changed = tx.table(flags).update({ id, version }, { ...outcome, begun: 0 });
    if (changed === 1) return;
    const { sentVersion, unsure, lastError, sentAt } = outcome;
    tx.table(flags).update({ id }, { sentVersion, unsure, lastError, sentAt, begun: 0 });
    tx.due('flag', id);
  }

  /** Sends what a project's forge has not taken yet again: something was mended. */
  async resume(tx: Tx, projectId: number, nowMs: number): Promise<void> {
    const rows = await tx.manager.findBy(flags, { projectId });
    for (const row of rows.filter((one) => one.pausedReason !== null || one.sentVersion < one.version)) {
      const fresh = { version: row.version + 1, pausedReason: null, dueAt: nowMs, ...NO_TRIES };
      tx.table(flags).update({ id: row.id }, fresh);
      tx.due('flag', row.id);
    }
  }

  private async insert(tx: Tx, wish: Wish, nowMs: number): Promise<void> {
    const fresh = {
      version: 1,
      sentVersion: 0,
      unsure: false,
      ...NO_TRIES,
      begun: 0,
      pausedReason: null,
      lastError: null,
      sentAt: null,
      checkAt: null,
    };
    const id = tx.table(flags).insert({ ...wish, ...fresh, uid: this.random.hex(16), dueAt: nowMs });
    tx.due('flag', id);
  }
}

function isSame(row: Flag, wish: Wish): boolean {
  const { runId, status, comment, percent } = wish;
  return row.runId === runId && row.status === status && row.comment === comment && row.percent === percent;
}

/** The same run is as undecided as it was shown to be. */
function isProgress(row: Flag, wish: Wish): boolean {
  return row.runId === wish.runId && row.status === 'pending' && wish.status === 'pending' && row.sentAt !== null;
}

/** Never further than the rest between two, whatever a clock that was set says of the last one. */
function progressDueAt(sentAt: number, nowMs: number): number {
  return Math.min(nowMs + PROGRESS_EVERY_MS, Math.max(nowMs, sentAt + PROGRESS_EVERY_MS));
}
