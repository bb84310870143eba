/** What of a job nobody may read, and its dependents need all the same: sealed, beside rows in which `***` stands for it. */
import { In } from 'typeorm';
import { STARS } from '../model/hidden.js';
import type { HiddenOutputs } from '../model/hidden.js';
import type { PlannedJob } from '../model/plan.js';
import type { Job } from '../model/run.js';
import { hiddenJobs } from './schema/tables.js';
import type { Seal, SealedPlace } from './seal.js';
import type { Store, Tx } from './store.js';

type JobId = Pick<Job, 'id' | 'projectId'>;

export class HiddenJobs {
  constructor(
    private readonly store: Store,
    private readonly seal: Seal,
  ) {}

  /** By job; only of those that have some. Throws a Fault when one does not open. */
  async openOutputs(jobs: readonly Job[]): Promise<ReadonlyMap<number, HiddenOutputs>> {
    const hiding = new Map(jobs.filter(({ outputs }) => isMasked(outputs)).map((job) => [job.id, job]));
    if (hiding.size === 0) return new Map();
    const rows = await this.store.reader.findBy(hiddenJobs, { jobId: In([...hiding.keys()]) });
    const opened = rows.flatMap(({ jobId, sealedOutputs }): [number, HiddenOutputs][] => {
      const job = hiding.get(jobId);
      if (job === undefined || sealedOutputs === null) return [];
      return [[jobId, JSON.parse(this.seal.open(sealedOutputs, place('sealedOutputs', job))) as HiddenOutputs]];
    });
    return new Map(opened);
  }

  /** As it is to be run. Throws a Fault when it does not open. */
  async openPlan(job: Job): Promise<PlannedJob> {
    if (!isMasked(job.planned)) return job.planned;
    const row = this.store.table(hiddenJobs).one({ jobId: job.id });
    if (!row?.sealedPlan) return job.planned;
    return JSON.parse(this.seal.open(row.sealedPlan, place('sealedPlan', job))) as PlannedJob;
  }

  async saveOutputs(tx: Tx, job: JobId, outputs: HiddenOutputs): Promise<void> {
    const sealedOutputs = this.seal.seal(JSON.stringify(outputs), place('sealedOutputs', job));
    await tx.manager.upsert(hiddenJobs, { jobId: job.id, sealedOutputs }, ['jobId']);
  }

  async savePlan(tx: Tx, job: JobId, plan: PlannedJob): Promise<void> {
    const sealedPlan = this.seal.seal(JSON.stringify(plan), place('sealedPlan', job));
    await tx.manager.upsert(hiddenJobs, { jobId: job.id, sealedPlan }, ['jobId']);
  }
}

/** Nearly no job has any: then nobody has to ask. */
function isMasked(value: unknown): boolean {
  return JSON.stringify(value).includes(STARS);
}

function place(column: 'sealedOutputs' | 'sealedPlan', { id, projectId }: JobId): SealedPlace {
  return { table: hiddenJobs.options.name, column, projectId, row: String(id) };
}
