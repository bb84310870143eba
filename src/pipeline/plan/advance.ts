/** What is to be done next in a run: which jobs start, which end without running, and when the run is over. */
import type { Advance, DeclaredJob, JobChange, JobStanding, Plan, PlannedJob } from '../../model/plan.js';
import type { Result } from '../../model/result.js';
import type { RunContexts } from '../../model/run.js';
import { ExpressionError } from '../expression/expression-error.js';
import { surroundingsOf } from '../expression/scope.js';
import { type Asked, jobMayRun } from './job-condition.js';
import { planJob, unplannedJob } from './plan-job.js';
import { Standings } from './standings.js';

/**
 * Pure. `jobs` are the jobs of the run that stand so far, in the order in which they finished. Jobs that end at once may let
 * others end or start: the answer holds all of it. `result` is set when no job is open and none can come any more.
 */
export function advance(plan: Plan, jobs: readonly JobStanding[], contexts: RunContexts, asked: Asked): Advance {
  const changes: JobChange[] = [];
  let standing = jobs;
  for (let before = -1; before !== changes.length;) {
    before = changes.length;
    for (const job of plan.jobs) {
      const change = nextOf(job, new Standings(plan, standing), contexts, asked);
      if (change === null) continue;
      changes.push(change);
      standing = [...standing, standingAfter(change)];
    }
  }
  const over = standing.length >= plan.jobs.length && standing.every(({ state }) => state === 'done');
  return { changes, result: over ? resultOf(standing) : null };
}

type NewJob = Exclude<JobChange, { kind: 'cancel' }>;

function nextOf(job: DeclaredJob, standings: Standings, contexts: RunContexts, asked: Asked): NewJob | null {
  if (standings.of(job.id).length > 0) return null;
  if (job.needs.some((need) => standings.result(need) === null)) return null;
  try {
    if (jobMayRun(job, standings, contexts, asked)) return queued(job, standings, contexts);
    return asked === 'cancel'
      ? ended(job, 'canceled', 'the run was canceled before it started')
      : ended(job, 'skipped', whySkipped(job));
  } catch (thrown) {
    if (!(thrown instanceof ExpressionError)) throw thrown;
    return ended(job, 'failure', `it cannot be planned: ${thrown.message}`);
  }
}

function queued(job: DeclaredJob, standings: Standings, contexts: RunContexts): NewJob {
  const { matrix, strategy } = unplannedJob(job);
  const planned = planJob(job, surroundingsOf(contexts, { needs: standings.needs(job.id), matrix, strategy }));
  return { kind: 'queue', job: planned };
}

function ended(job: DeclaredJob, result: Result, reason: string): NewJob {
  return { kind: 'end', job: unplannedJob(job), result, reason };
}

function whySkipped(job: DeclaredJob): string {
  return job.if === null ? 'a job that it needs did not succeed' : `its if does not hold: ${job.if.slice(0, 200)}`;
}

function standingAfter(change: NewJob): JobStanding {
  const { key, id, continueOnError }: PlannedJob = change.job;
  const done = change.kind === 'end';
  return {
    key,
    id,
    state: done ? 'done' : 'queued',
    result: done ? change.result : null,
    continueOnError,
    outputs: {},
  };
}

/** A counted failure weighs most, then what we broke, then a cancel; all skipped = skipped. */
function resultOf(jobs: readonly JobStanding[]): Result {
  const results = jobs.map((job) => (isForgiven(job) ? 'success' : (job.result ?? 'error')));
  const worst = (['failure', 'error', 'canceled'] as const).find((result) => results.includes(result));
  return worst ?? (results.every((result) => result === 'skipped') ? 'skipped' : 'success');
}

function isForgiven(job: JobStanding): boolean {
  return job.continueOnError && (job.result === 'failure' || job.result === 'error');
}
