/** What must be true of jobs at rest: what they ran, how often, and that their results tell of it. */
import type { Job } from '../../src/model/run.js';
import { SCRIPTS, type SideEffect } from './model-executor.js';
import { count, type Rows, type Seen } from './rows.js';

/** A step that was being started when its run was canceled may still start. */
const CANCEL_MS = 1_000;

export function wrongJobs(seen: Seen, rows: Rows): readonly string[] {
  return [...wrongAttempts(seen, rows), ...ranOn(seen, rows), ...canceledByNobody(rows)];
}

/** Only where every step leaves a mark, as in the model. */
export function wrongResults(seen: Seen, { jobs }: Rows): readonly string[] {
  return jobs.flatMap((job) => wrongResult(job, effectsOf(seen, job)));
}

/** No step twice in an attempt, and no other attempt once a step had started. */
function wrongAttempts({ effects }: Seen, { jobs }: Rows): readonly string[] {
  const ran = count(effects.map(({ jobId, attempt, file }) => `job ${jobId} attempt ${attempt} ${file}`));
  const twice = [...ran].filter(([, times]) => times > 1).map(([name, times]) => `${name} ran ${times} times`);
  const attempts = count([...new Set(effects.map(({ jobId, attempt }) => `${jobId}.${attempt}`))].map(jobOf));
  const again = [...attempts].filter(([, times]) => times > 1).map(([id]) => `job ${id} ran steps in two attempts`);
  const known = new Map(jobs.map((job) => [job.id, job]));
  const strange = effects
    .filter(({ jobId, attempt }) => (known.get(jobId)?.attempt ?? 0) < attempt)
    .map(({ jobId, attempt }) => `job ${jobId} ran an attempt ${attempt} that nobody claimed`);
  return [...twice, ...again, ...strange];
}

function jobOf(attempt: string): string {
  return attempt.replace(/\..*/, '');
}

function effectsOf({ effects }: Seen, { id, attempt }: Job): readonly SideEffect[] {
  return effects.filter((one) => one.jobId === id && one.attempt === attempt);
}

/** A success ran every step, a failure one that fails. */
function wrongResult({ id, result, planned }: Job, effects: readonly SideEffect[]): readonly string[] {
  const hasFailed = effects.some(({ script }) => script === SCRIPTS.fails);
  const due = planned.steps.filter(({ control, background }) => control === null && !background);
  if (result === 'success' && (hasFailed || effects.length < due.length))
    return [`job ${id} succeeded after ${effects.length} of ${due.length} steps`];
  if (result === 'failure' && !hasFailed) return [`job ${id} failed and none of its steps did`];
  return [];
}

/** What was canceled starts nothing any more, but what says that it runs always, and unless somebody repeats it. */
function ranOn({ canceled, effects, patience }: Seen, { runs, jobs }: Rows): readonly string[] {
  const repeated = new Set(runs.filter(({ attempt }) => attempt > 1).map(({ id }) => id));
  const runOf = new Map(jobs.filter(({ runId }) => !repeated.has(runId)).map(({ id, runId }) => [id, runId]));
  const endOf = new Map(canceled.map(({ runId, atMs }) => [runId, atMs + CANCEL_MS * patience]));
  const late = effects.filter(({ jobId, script, atMs }) => {
    return !script.startsWith(SCRIPTS.see) && atMs > (endOf.get(runOf.get(jobId) ?? 0) ?? Infinity);
  });
  return late.map(({ jobId, file }) => `job ${jobId} started ${file} after its run was canceled`);
}

/** Whoever made place for another in a group says so; whether rightly is looked at with the turns. */
function canceledByNobody({ runs }: Rows): readonly string[] {
  return runs
    .filter(({ result, cancelRequested, reason }) => {
      return result === 'canceled' && !cancelRequested && !/^(superseded: |replaced by )/.test(reason ?? '');
    })
    .map(({ id, reason }) => `run ${id} was canceled by nobody: ${reason}`);
}
