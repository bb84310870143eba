/** What the public pages read: few rows however large a run is, without the columns that only its execution needs. */
import { In, IsNull } from 'typeorm';
import type { Annotation } from '../model/annotation.js';
import type { Decision } from '../model/decision.js';
import type { Plan } from '../model/plan.js';
import type { Result, State } from '../model/result.js';
import type { Job, Run, Step } from '../model/run.js';
import { annotations, decisions, flags, jobs, runs, steps } from './schema/tables.js';
import type { Store } from './store.js';

export type PageRun = Omit<Run, 'plan' | 'cause' | 'version'>;
export type PageJob = Pick<
  Job,
  | 'id'
  | 'key'
  | 'name'
  | 'state'
  | 'result'
  | 'reason'
  | 'reasonRunId'
  | 'environmentUrl'
  | 'attempt'
  | 'createdAt'
  | 'startedAt'
  | 'finishedAt'
>;
/** `run`: how its run stands. */
export type PageDecision = Decision & { readonly run: Pick<Run, 'state' | 'result' | 'trust'> | null };

/** How many jobs of a run stand so. */
export interface JobCount {
  readonly state: State;
  readonly result: Result | null;
  readonly count: number;
}

const RUN_COLUMNS = {
  ...{ id: true, projectId: true, eventId: true, pipelineKey: true, pipelineName: true, number: true, attempt: true },
  ...{ title: true, state: true, result: true, reason: true, reasonRunId: true, trust: true, trustReason: true },
  resolved: true,
  ...{ subject: true, pipelineCommit: true, actor: true, problems: true, cancelRequested: true },
  ...{ createdAt: true, startedAt: true, finishedAt: true },
} as const;
const RUN_STANDING = { id: true, state: true, result: true, trust: true } as const;
const JOB_COLUMNS = [
  ...['id', 'key', 'name', 'state', 'result', 'reason', 'reasonRunId', 'environmentUrl', 'attempt'],
  ...['createdAt', 'startedAt', 'finishedAt'],
];

/** What a reader looks for first. */
const INTEREST = `CASE WHEN "job"."result" IN ('failure', 'error') THEN 0 WHEN "job"."state" = 'running' THEN 1
  WHEN "job"."result" = 'canceled' THEN 2 WHEN "job"."result" IS NULL THEN 3 WHEN "job"."result" = 'success' THEN 4 ELSE 5 END`;
const URGENCY = `CASE "note"."level" WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END`;
const WEIGHT = `CASE "decision"."outcome" WHEN 'started' THEN 0 WHEN 'broken' THEN 1 WHEN 'merged' THEN 2
  WHEN 'superseded' THEN 3 ELSE 4 END`;

export class PageRows {
  constructor(private readonly store: Store) {}

  run(id: number): Promise<PageRun | null> {
    return this.store.reader.findOne(runs, { select: RUN_COLUMNS, where: { id } });
  }

  /** What its flag says of it; null for a run without one, and for one that is not the newest of its subject. */
  async sentence({ id, projectId, pipelineKey, subject }: PageRun): Promise<string | null> {
    if (subject === null) return null;
    const where = { projectId, pipelineKey, subject, jobKey: '' };
    const flag = await this.store.reader.findOne(flags, { select: { id: true, runId: true, comment: true }, where });
    return flag?.runId === id ? flag.comment : null;
  }

  /** Names of the jobs that a run may still start, as the file gives them. */
  async plannedJobs(runId: number): Promise<Plan['jobs']> {
    const run = await this.store.reader.findOne(runs, { select: { id: true, plan: true }, where: { id: runId } });
    return run?.plan?.jobs ?? [];
  }

  /** Those that a reader looks for first, in that order: failed, running, canceled, to come, passed. */
  jobs(runId: number, limit: number): Promise<readonly PageJob[]> {
    return this.store.reader
      .createQueryBuilder(jobs, 'job')
      .select(JOB_COLUMNS.map((column) => `job.${column}`))
      .where({ runId, replacedIn: IsNull() })
      .addSelect(INTEREST, 'interest')
      .orderBy('interest')
      .addOrderBy('job.id')
      .limit(limit)
      .getMany();
  }

  /** Names of the environments of those of these jobs that have one, by job. */
  async environments(ids: readonly number[]): Promise<ReadonlyMap<number, string>> {
    const rows = await this.store.reader
      .createQueryBuilder(jobs, 'job')
      .select('job.id', 'id')
      .addSelect(`json_extract("job"."planned", '$.environment.name')`, 'name')
      .where({ id: In([...ids]) })
      .getRawMany<{ id: number; name: string | null }>();
    return new Map(rows.flatMap(({ id, name }) => (name === null ? [] : [[id, name]])));
  }

  jobCounts(runId: number): Promise<readonly JobCount[]> {
    return this.store.reader
      .createQueryBuilder(jobs, 'job')
      .select('job.state', 'state')
      .addSelect('job.result', 'result')
      .addSelect('CAST(COUNT(*) AS INTEGER)', 'count')
      .where({ runId, replacedIn: IsNull() })
      .groupBy('job.state')
      .addGroupBy('job.result')
      .orderBy(`MIN(${INTEREST})`)
      .getRawMany<JobCount>();
  }

  /** The first job that failed and was not allowed to. */
  async failedJobId(runId: number): Promise<number | null> {
    const job = await this.store.reader
      .createQueryBuilder(jobs, 'job')
      .select('job.id', 'id')
      .where({ runId, replacedIn: IsNull(), result: In(['failure', 'error']) })
      .andWhere(`json_extract("job"."planned", '$.continueOnError') = 0`)
      .orderBy('job.finishedAt')
      .addOrderBy('job.id')
      .limit(1)
      .getRawOne<{ id: number }>();
    return job?.id ?? null;
  }

  /** Of the newest attempt of each job: the first `most` of each, by job. */
  async steps(of: readonly Pick<Job, 'id' | 'attempt'>[], most: number): Promise<ReadonlyMap<number, readonly Step[]>> {
    const found = new Map<number, Step[]>(of.map(({ id }) => [id, []]));
    if (of.length === 0) return found;
    const rows = await this.store.reader
      .createQueryBuilder(steps, 'step')
      .where(of.map(({ id, attempt }) => ({ jobId: id, attempt })))
      .andWhere('step.number <= :most', { most })
      .orderBy('step.jobId')
      .addOrderBy('step.number')
      .getMany();
    for (const row of rows) found.get(row.jobId)?.push(row);
    return found;
  }

  /** The step that a reader of this attempt looks for: the first that failed, else the one that runs. */
  async tellingStep({ id, attempt }: Pick<Job, 'id' | 'attempt'>): Promise<Step | null> {
    const where = { jobId: id, attempt };
    const failed = { ...where, conclusion: In(['failure', 'error', 'canceled'] as const) };
    const order = { number: 'ASC' } as const;
    return (
      (await this.store.reader.findOne(steps, { where: failed, order })) ??
      (await this.store.reader.findOne(steps, { where: { ...where, state: 'running' }, order }))
    );
  }

  /** What a step points out, errors first: each kind from its first on. */
  annotations(step: Step, limit: number): Promise<readonly Annotation[]> {
    return this.store.reader
      .createQueryBuilder(annotations, 'note')
      .where({ jobId: step.jobId, attempt: step.attempt, step: step.number })
      .andWhere('note.place <= :limit', { limit })
      .addSelect(URGENCY, 'urgency')
      .orderBy('urgency')
      .addOrderBy('note.id')
      .limit(limit)
      .getMany();
  }

  async decision(eventId: number, pipelineKey: string): Promise<Decision | null> {
    return this.store.table(decisions).one({ eventId, pipelineKey });
  }

  /** What started comes first; each with how its run stands. */
  async decisions(eventId: number, limit: number): Promise<readonly PageDecision[]> {
    const rows = await this.store.reader
      .createQueryBuilder(decisions, 'decision')
      .addSelect(WEIGHT, 'weight')
      .where({ eventId })
      .orderBy('weight')
      .addOrderBy('decision.position')
      .limit(limit)
      .getMany();
    const ids = rows.flatMap(({ runId }) => (runId === null ? [] : [runId]));
    const found = await this.store.reader.find(runs, { select: RUN_STANDING, where: { id: In(ids) } });
    const byId = new Map(found.map((run) => [run.id, run]));
    return rows.map((row) => ({ ...row, run: (row.runId === null ? null : byId.get(row.runId)) ?? null }));
  }

  decisionCount(eventId: number): Promise<number> {
    return this.store.reader.countBy(decisions, { eventId });
  }
}
