/** Runs, their jobs and steps. Written by `runs/` alone; every change is fenced by a version or an attempt. */
import { type EntityManager, In, IsNull, LessThanOrEqual, MoreThan, Not } from 'typeorm';
import type { Job, Run, Step } from '../model/run.js';
import { type DueAsked, dueIds } from './due-ids.js';
import { dueBy, dueBySql } from './due-time.js';
import { JobPlans } from './job-plans.js';
import { jobs, runs, steps } from './schema/tables.js';
import type { Store, Tx } from './store.js';

export type NewRun = Omit<Run, 'id' | 'number' | 'version'>;
export type NewJob = Omit<Job, 'id'>;
export type RunTitle = Pick<Run, 'id' | 'number' | 'pipelineKey' | 'pipelineName'>;
export type RunChange = Partial<
  Pick<
    Run,
    | 'state'
    | 'result'
    | 'reason'
    | 'reasonRunId'
    | 'title'
    | 'trust'
    | 'trustReason'
    | 'pipelineCommit'
    | 'problems'
    | 'plan'
    | 'attempt'
    | 'resolved'
    | 'cancelRequested'
    | 'startedAt'
    | 'finishedAt'
  >
>;
export type JobChange = Partial<
  Pick<
    Job,
    | 'state'
    | 'result'
    | 'reason'
    | 'reasonRunId'
    | 'outputs'
    | 'environmentUrl'
    | 'owner'
    | 'leaseUntil'
    | 'dueAt'
    | 'cancelReason'
    | 'tries'
    | 'startedAt'
    | 'finishedAt'
  >
>;

/** A run that was made, or the one that answers to the same cause already. */
export interface MadeRun {
  readonly id: number;
  readonly number: number;
  readonly isNew: boolean;
}

export interface Claim {
  readonly jobId: number;
  /** Boot id of the agent. */
  readonly owner: string;
  readonly leaseUntil: number;
  readonly nowMs: number;
}

/** As they stand in the database: none of them is converted. */
const STEP_COLUMNS = Object.keys(steps.options.columns);

export class Runs {
  private readonly plans: JobPlans;

  constructor(private readonly store: Store) {
    this.plans = new JobPlans(store);
  }

  async byId(id: number): Promise<Run | null> {
    return this.store.table(runs).one({ id });
  }

  /** Those of these ids that are there, oldest first. */
  byIds(ids: readonly number[]): Promise<readonly Run[]> {
    return this.store.reader.find(runs, { where: { id: In([...ids]) }, order: { id: 'ASC' } });
  }

  /** The newest, newest first. */
  list(limit: number): Promise<readonly Run[]> {
    return this.store.reader.find(runs, { order: { id: 'DESC' }, take: limit });
  }

  ofEvent(eventId: number): Promise<readonly Run[]> {
    return this.store.reader.find(runs, { where: { eventId }, order: { id: 'ASC' } });
  }

  async jobById(id: number): Promise<Job | null> {
    return this.store.table(jobs).one({ id });
  }

  /** Those that count now, oldest first. */
  async jobsOf(runId: number): Promise<readonly Job[]> {
    return this.plans.of(this.store.table(jobs).allBut(['planned'], { runId, replacedIn: null }, 'id'));
  }

  /** Those that counted in an attempt of the run, oldest first. */
  jobsIn({ id: runId, attempt }: Pick<Run, 'id' | 'attempt'>): Promise<readonly Job[]> {
    const made = { runId, runAttempt: LessThanOrEqual(attempt) };
    const where = [
      { ...made, replacedIn: IsNull() },
      { ...made, replacedIn: MoreThan(attempt) },
    ];
    return this.store.reader.find(jobs, { where, order: { id: 'ASC' } });
  }

  /** Inside the commit that begins an attempt of their run: others take their places. */
  async replaceJobs(tx: Tx, replaced: readonly Job[], attempt: number): Promise<void> {
    for (const { id } of replaced) tx.table(jobs).update({ id }, { replacedIn: attempt });
  }

  /** Of the newest attempt, in order. */
  async stepsOf(job: Pick<Job, 'id' | 'attempt'>): Promise<readonly Step[]> {
    const where = { jobId: job.id, attempt: job.attempt };
    return this.store.reader.find(steps, { where, order: { number: 'ASC' } });
  }

  /** How many steps of the attempt have started, inside a commit. */
  countStarted(tx: Tx, { id, attempt }: Pick<Job, 'id' | 'attempt'>): Promise<number> {
    return tx.manager.countBy(steps, { jobId: id, attempt, startedAt: Not(IsNull()) });
  }

  /** Of the newest attempts of all jobs of a run, replaced ones too, in order, by job: one query, however many jobs there are. */
  async stepsOfRun(runId: number): Promise<ReadonlyMap<number, readonly Step[]>> {
    const query = this.store.reader
      .createQueryBuilder(steps, 'step')
      .innerJoin(jobs.options.name, 'job', '"job"."id" = "step"."jobId" AND "job"."attempt" = "step"."attempt"')
      .select(STEP_COLUMNS.map((column) => `"step"."${column}"`))
      .where('"job"."runId" = :runId', { runId })
      .orderBy('"step"."jobId"')
      .addOrderBy('"step"."number"');
    const found = new Map<number, Step[]>();
    for (const step of await query.getRawMany<Step>()) {
      const known = found.get(step.jobId);
      if (known === undefined) found.set(step.jobId, [step]);
      else known.push(step);
    }
    return found;
  }

  /** Ids of queued jobs that are due, oldest first. */
  dueJobIds(asked: DueAsked): Promise<readonly number[]> {
    return dueIds(this.store.reader, jobs, asked);
  }

  /** Running jobs whose lease has ended, or was written by a clock that was far ahead. */
  expiredJobs(nowMs: number, limit: number): Promise<readonly Job[]> {
    return this.store.reader.find(jobs, {
      where: { leaseUntil: dueBy(nowMs) },
      order: { id: 'ASC' },
      take: limit,
    });
  }

  /** Running jobs that another boot claimed. */
  async jobsOfOtherBoots(owner: string): Promise<readonly Job[]> {
    return this.store.reader.find(jobs, { where: { state: 'running', owner: Not(owner) }, order: { id: 'ASC' } });
  }

  /** Runs that are not done, oldest first. */
  openRuns(limit: number): Promise<readonly Run[]> {
    return this.store.reader.find(runs, {
      where: { state: In(['waiting', 'queued', 'running']) },
      order: { id: 'ASC' },
      take: limit,
    });
  }

  /** Runs of a project that wait for an approval. */
  held(projectId: number): Promise<readonly Run[]> {
    return this.store.reader.find(runs, {
      where: { projectId, state: 'waiting', trust: 'held' },
      order: { id: 'ASC' },
    });
  }

  /** One run per (project, pipeline, cause), by the unique key `run_cause`. Its number is the pipeline's next. */
  async insert(tx: Tx, run: NewRun): Promise<MadeRun> {
    const { projectId, pipelineKey, cause } = run;
    const select = { id: true, number: true } as const;
    const known = await tx.manager.findOne(runs, { select, where: { projectId, pipelineKey, cause } });
    if (known) return { id: known.id, number: known.number, isNew: false };
    const number = ((await tx.manager.maximum(runs, 'number', { projectId, pipelineKey })) ?? 0) + 1;
    const id = tx.table(runs).insert({ ...run, number, version: 1 } as never);
    return { id, number, isNew: true };
  }

  /** Completes a run in the commit that made it. */
  async setPlan(tx: Tx, id: number, planned: Partial<Run>): Promise<void> {
    tx.table(runs).update({ id }, planned as never);
  }

  /** False when the run is no longer at `version`: somebody else changed it, compute again. */
  async update(tx: Tx, run: Pick<Run, 'id' | 'version'>, change: RunChange): Promise<boolean> {
    const { id, version } = run;
    return tx.table(runs).update({ id, version }, { ...change, version: version + 1 }) === 1;
  }

  async insertJob(tx: Tx, job: NewJob): Promise<number> {
    return tx.table(jobs).insert(job);
  }

  /** Queued → running for one owner, and the next attempt. Null when it is not queued (any more) or not due yet. */
  async claim(tx: Tx, claim: Claim): Promise<Job | null> {
    const due = dueBySql(claim.nowMs);
    const [claimed] = tx.table(jobs).returned(
      `UPDATE "job" SET "state" = 'running', "attempt" = "attempt" + 1, "owner" = ?, "leaseUntil" = ?, "dueAt" = NULL,
         "startedAt" = ?, "reason" = NULL, "reasonRunId" = NULL, "cancelReason" = NULL
       WHERE "id" = ? AND "state" = 'queued' AND ${due.sql} RETURNING`,
      [claim.owner, claim.leaseUntil, claim.nowMs, claim.jobId, ...due.values],
    );
    return claimed ?? null;
  }

  /** Inside a commit: how many jobs of runs that are not trusted run now, of a project and of one of its pull-requests. */
  async countUntrusted(tx: Tx, projectId: number, pullRequest: number | null) {
    const [row] = await tx.manager.query<{ all: number; ofPullRequest: number | null }[]>(
      `SELECT count(*) AS "all", sum(json_extract("run"."resolved", '$.pullRequest') = ?) AS "ofPullRequest"
       FROM "job" JOIN "run" ON "run"."id" = "job"."runId"
       WHERE "job"."projectId" = ? AND "job"."state" = 'running' AND "run"."trust" <> 'trusted'`,
      [pullRequest, projectId],
    );
    return { all: row?.all ?? 0, ofPullRequest: row?.ofPullRequest ?? 0 };
  }

  /** Changes a job that is still in `state` and at `attempt`; false when it is not. */
  async updateJob(tx: Tx, job: Pick<Job, 'id' | 'attempt' | 'state'>, change: JobChange): Promise<boolean> {
    const { id, attempt, state } = job;
    return tx.table(jobs).update({ id, attempt, state }, change) === 1;
  }

  /** Prolongs the lease of a running attempt; false when it was taken away. */
  async renewLease(tx: Tx, job: Pick<Job, 'id' | 'attempt'>, owner: string, leaseUntil: number): Promise<boolean> {
    const fence = { id: job.id, attempt: job.attempt, owner, state: 'running' as const };
    return tx.table(jobs).update(fence, { leaseUntil }) === 1;
  }

  /** How runs are named to people, inside a commit. */
  titlesIn(tx: Tx, ids: readonly number[]): Promise<ReadonlyMap<number, RunTitle>> {
    return titlesBy(tx.manager, ids);
  }

  titles(ids: readonly number[]): Promise<ReadonlyMap<number, RunTitle>> {
    return titlesBy(this.store.reader, ids);
  }

  /** At which version a run stands inside a commit; null for none. */
  async versionIn(tx: Tx, id: number): Promise<number | null> {
    const run = await tx.manager.findOne(runs, { select: { id: true, version: true }, where: { id } });
    return run?.version ?? null;
  }

  /** The job's row inside a commit. */
  async jobIn(tx: Tx, id: number): Promise<Job | null> {
    return tx.table(jobs).one({ id });
  }

  /** When a step of the attempt was started; null for one that never was (a skipped one). */
  async stepStartedAt(tx: Tx, job: Pick<Job, 'id' | 'attempt'>, number: number): Promise<number | null> {
    return tx.table(steps).one({ jobId: job.id, attempt: job.attempt, number })?.startedAt ?? null;
  }

  async saveStep(tx: Tx, step: Step): Promise<void> {
    tx.table(steps).upsert(step, ['jobId', 'attempt', 'number']);
  }

  /** Ends the steps of an attempt that still run. */
  async endOpenSteps(
    tx: Tx,
    job: Pick<Job, 'id' | 'attempt'>,
    end: Pick<Step, 'outcome' | 'conclusion' | 'reason' | 'finishedAt'>,
  ): Promise<void> {
    const fence = { jobId: job.id, attempt: job.attempt, state: 'running' as const };
    tx.table(steps).update(fence, { ...end, state: 'done' });
  }
}

async function titlesBy(manager: EntityManager, ids: readonly number[]): Promise<ReadonlyMap<number, RunTitle>> {
  const select = { id: true, number: true, pipelineKey: true, pipelineName: true } as const;
  const rows = ids.length === 0 ? [] : await manager.find(runs, { select, where: { id: In([...ids]) } });
  return new Map(rows.map((row) => [row.id, row]));
}
