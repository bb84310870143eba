/** The plans of jobs in memory: they never change, and all those of a run are asked for whenever one of its jobs ends. */
import { keepNewest } from '../kernel/keep-newest.js';
import type { PlannedJob } from '../model/plan.js';
import type { Job } from '../model/run.js';
import { jobs } from './schema/tables.js';
import type { Store } from './store.js';

/** Kept in memory, the last asked for; most have some hundred bytes. */
const MOST_KEPT = 2_000;
/** If more of them are missing, those of the whole run are read at once. */
const ONE_BY_ONE = 10;

export class JobPlans {
  private readonly kept = new Map<number, PlannedJob>();

  constructor(private readonly store: Store) {}

  /** Completes jobs that were read without their plans. */
  of(rows: readonly Omit<Job, 'planned'>[]): readonly Job[] {
    const read = this.missing(rows.filter(({ id }) => !this.kept.has(id)));
    const found = rows.flatMap((row) => {
      const planned = this.kept.get(row.id) ?? read.get(row.id);
      return planned === undefined ? [] : [{ ...row, planned }];
    });
    for (const { id, planned } of found) keepNewest(this.kept, id, planned, MOST_KEPT);
    return found;
  }

  private missing(rows: readonly Pick<Job, 'id' | 'runId'>[]): ReadonlyMap<number, PlannedJob> {
    const table = this.store.table(jobs);
    const runIds = [...new Set(rows.map(({ runId }) => runId))];
    const read =
      rows.length > ONE_BY_ONE
        ? runIds.flatMap((runId) => table.all({ runId }, 'id'))
        : rows.flatMap(({ id }) => table.one({ id }) ?? []);
    return new Map(read.map(({ id, planned }) => [id, planned]));
  }
}
