/** The pure heart of a change: from a run and what happened to its jobs to everything that follows. */
import type { HiddenOfJobs } from '../model/hidden.js';
import type { JobStanding, PlannedJob } from '../model/plan.js';
import type { Result, State } from '../model/result.js';
import type { Job, Run, RunContexts } from '../model/run.js';
import { advance } from '../pipeline/index.js';
import type { JobChange, NewJob, RunChange } from '../store/runs.js';
import { HideMasked } from './hide-masked.js';

/** A run as it was read, at one version. */
export interface Standing {
  readonly run: Run;
  readonly jobs: readonly Job[];
  readonly contexts: RunContexts;
  /** By job, of those whose `outputs` stand masked: what its dependents are planned with. */
  readonly hidden?: HiddenOfJobs;
  /** Keys of calls that were canceled while the run goes on. */
  readonly stoppedCalls?: readonly string[];
}

/** A change of one job, fenced by the state and attempt that it was computed from. */
export interface JobEdit {
  readonly job: Job;
  readonly change: JobChange;
}

/** What somebody wants changed; what follows from it is computed here. */
export interface RunEdit {
  readonly run?: RunChange;
  /** Jobs that count no more: others take their places. */
  readonly replaced?: readonly Job[];
  readonly jobs?: readonly JobEdit[];
  /** Of jobs that end with it. */
  readonly hidden?: HiddenOfJobs;
  /** Besides those that were canceled before. */
  readonly stoppedCalls?: readonly string[];
}

/** Everything that one commit writes. */
export interface SettledRun {
  readonly run: RunChange;
  readonly replaced?: readonly Job[];
  readonly edits: readonly JobEdit[];
  readonly newJobs: readonly NewJob[];
  /** What `edits` hide, and by key the plans of new jobs that stand masked. */
  readonly hidden: HiddenOfJobs;
  readonly hiddenPlans: ReadonlyMap<string, PlannedJob>;
  /** The run and its jobs as they will stand. */
  readonly after: { readonly run: Run; readonly jobs: readonly (Job | NewJob)[] };
}

/**
 * Applies `edit`, asks the language what may run now, and ends the run when nothing can run any more. A run that waits (for an
 * approval, for its turn) starts nothing.
 */
export function settleRun(standing: Standing, edit: RunEdit, nowMs: number): SettledRun {
  const run: Run = { ...standing.run, ...edit.run };
  const edits = [...(edit.jobs ?? [])];
  const { replaced = [] } = edit;
  const counting = standing.jobs.filter((job) => !replaced.includes(job));
  if (run.plan === null || run.state === 'done' || run.state === 'waiting') return unplanned(run, counting, edit);
  const jobs = counting.map((job) => ({ ...job, ...edits.find((one) => one.job.id === job.id)?.change }));
  const hidden = new Map([...(standing.hidden ?? []), ...(edit.hidden ?? [])]);
  const standings = jobs.map((job) => standingOf(job, hidden));
  const stoppedCalls = [...(standing.stoppedCalls ?? []), ...(edit.stoppedCalls ?? [])];
  const asked = run.cancelRequested ? 'cancel' : 'run';
  const next = advance(run.plan, standings, standing.contexts, asked, stoppedCalls);
  const hiding = new HideMasked(hidden);
  const newJobs: NewJob[] = [];
  for (const change of next.changes) {
    if (change.kind === 'queue') newJobs.push(newJob(run, hiding.plan(change.job), nowMs));
    else if (change.kind === 'end') newJobs.push(endedJob(run, hiding.plan(change.job), hiding.end(change), nowMs));
    else edits.push(...stopJob(counting, change.key, change.reason, nowMs));
  }
  const after = applied(counting, edits);
  const state = stateOf(run, after, next.result);
  const runChange: RunChange = {
    ...edit.run,
    state,
    result: next.result,
    reason: edit.run?.reason ?? run.reason ?? reasonOf(next.result, [...after, ...newJobs]),
    finishedAt: next.result === null ? null : nowMs,
  };
  const settled = { run: { ...run, ...runChange }, jobs: [...after, ...newJobs] };
  const kept = { hidden: edit.hidden ?? new Map(), hiddenPlans: hiding.plans };
  return { run: runChange, replaced, edits, newJobs, ...kept, after: settled };
}

/** A run of which nothing can be computed any more, ended with all its jobs. */
export function brokenRun(
  run: Run,
  jobs: readonly Job[],
  { reason, nowMs }: { readonly reason: string; readonly nowMs: number },
): SettledRun {
  const end = { state: 'done', result: 'error', reason, finishedAt: nowMs } as const;
  const open = jobs.filter(({ state }) => state !== 'done');
  const edits = open.map((job) => ({ job, change: { ...end, leaseUntil: null, dueAt: null } }));
  return {
    run: end,
    edits,
    newJobs: [],
    ...hiddenBy({}),
    after: { run: { ...run, ...end }, jobs: applied(jobs, edits) },
  };
}

/** Stops one job as a cancel does: a queued one ends, of a running one the reason is noted. */
export function stopJob(jobs: readonly Job[], key: string, reason: string, nowMs: number): readonly JobEdit[] {
  const job = jobs.find((one) => one.key === key);
  if (!job || job.state === 'done') return [];
  if (job.state === 'running') return [{ job, change: { cancelReason: reason } }];
  return [{ job, change: { state: 'done', result: 'canceled', reason, dueAt: null, finishedAt: nowMs } }];
}

function unplanned(run: Run, jobs: readonly Job[], edit: RunEdit): SettledRun {
  const { run: change = {}, jobs: edits = [], replaced = [] } = edit;
  const after = { run, jobs: applied(jobs, edits) };
  return { run: change, replaced, edits, newJobs: [], ...hiddenBy(edit), after };
}

/** Of an edit after which no job is planned. */
function hiddenBy({ hidden = new Map() }: RunEdit): Pick<SettledRun, 'hidden' | 'hiddenPlans'> {
  return { hidden, hiddenPlans: new Map() };
}

function applied(jobs: readonly Job[], edits: readonly JobEdit[]): readonly Job[] {
  return jobs.map((job) =>
    edits.filter((one) => one.job.id === job.id).reduce((so, one) => ({ ...so, ...one.change }), job),
  );
}

function stateOf(run: Run, jobs: readonly Job[], result: Result | null): State {
  if (result !== null) return 'done';
  return run.state === 'running' || jobs.some((job) => job.state === 'running') ? 'running' : 'queued';
}

function reasonOf(result: Result | null, jobs: readonly (Job | NewJob)[]): string | null {
  if (result !== 'error' && result !== 'skipped' && result !== 'canceled') return null;
  return jobs.find((job) => job.result === result && job.reason)?.reason ?? null;
}

/** With the outputs as they are: what its dependents are planned and run with. */
export function standingOf(job: Job, hidden: HiddenOfJobs): JobStanding {
  const { id, key, state, result, planned } = job;
  const outputs = hidden.get(id)?.outputs ?? job.outputs;
  return { key, id: planned.id, state, result, continueOnError: planned.continueOnError, outputs };
}

function newJob(run: Run, planned: PlannedJob, nowMs: number): NewJob {
  return {
    runId: run.id,
    projectId: run.projectId,
    runAttempt: run.attempt,
    replacedIn: null,
    key: planned.key,
    name: planned.name,
    state: 'queued',
    result: null,
    reason: null,
    reasonRunId: null,
    planned,
    outputs: {},
    environmentUrl: null,
    attempt: 0,
    owner: null,
    leaseUntil: null,
    dueAt: nowMs,
    cancelReason: null,
    tries: 0,
    createdAt: nowMs,
    startedAt: null,
    finishedAt: null,
  };
}

function endedJob(
  run: Run,
  planned: PlannedJob,
  end: { readonly result: Result; readonly reason: string },
  nowMs: number,
): NewJob {
  const { result, reason } = end;
  return { ...newJob(run, planned, nowMs), state: 'done', result, reason, dueAt: null, finishedAt: nowMs };
}
