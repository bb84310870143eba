/** What a run or one of its jobs has come to, in one sentence for people: pure. */
import { oneLine } from '../kernel/one-line.js';
import { isRed } from '../model/result.js';
import type { Job, Run } from '../model/run.js';

export type SaidRun = Pick<Run, 'state' | 'result' | 'reason' | 'trust' | 'trustReason' | 'plan'>;
export type SaidJob = Pick<Job, 'key' | 'name' | 'state' | 'result' | 'reason'> & {
  readonly planned: Pick<Job['planned'], 'continueOnError'>;
};

/** So many jobs are named. */
const MOST_NAMED = 3;

/** `passed: 2 jobs`; `3 of 7 jobs passed; test (3.12) failed: 2 errors`; `passed, 1 allowed failure: lint`. `errors`: by key of the job. */
export function runSentence(run: SaidRun, jobs: readonly SaidJob[], errors: ReadonlyMap<string, number>): string {
  const { result, reason } = run;
  if (result === null) return open(run, jobs);
  if (result === 'skipped') return `skipped: ${line(reason) ?? 'no job had anything to do'}`;
  if (result === 'success') return passed(jobs);
  if (result === 'failure') return failed(jobs, errors);
  const why = line(reason) ?? line(jobs.find((job) => job.result === 'error' && job.reason)?.reason ?? null);
  return `${result === 'error' ? 'could not run' : 'canceled'}: ${why ?? 'no reason is known'}`;
}

/** `failed: 2 errors`, `skipped: its condition was false`. */
export function jobSentence({ state, result, reason, planned }: SaidJob, errors: number): string {
  const because = line(reason) === null ? '' : `: ${line(reason) ?? ''}`;
  switch (result) {
    case null:
      return state === 'waiting' ? `waiting${because}` : state;
    case 'success':
      return 'passed';
    case 'failure':
      return `${planned.continueOnError ? 'failed, as it may' : 'failed'}${errors > 0 ? `: ${countOf(errors, 'error')}` : because}`;
    case 'error':
      return `could not run${because}`;
    default:
      return `${result}${because}`;
  }
}

/**
 * Of a run that has begun and is not done: how much of its jobs is, 0 to 99. A matrix that is not known yet counts as one job.
 * `parts`: how much of a running job is done, by its key, 0 to 1.
 */
export function percentOf(
  { state, plan }: SaidRun,
  jobs: readonly SaidJob[],
  parts: ReadonlyMap<string, number> = new Map(),
): number | null {
  if (state !== 'running') return null;
  const all = countAll(plan, jobs);
  const under = jobs.reduce((sum, job) => sum + (job.state === 'running' ? (parts.get(job.key) ?? 0) : 0), 0);
  return all === 0 ? 0 : Math.min(99, Math.floor((100 * (countDone(jobs) + under)) / all));
}

function open(run: SaidRun, jobs: readonly SaidJob[]): string {
  if (run.trust === 'held') return line(run.reason ?? run.trustReason) ?? 'held';
  if (run.state === 'waiting') return line(run.reason) ?? 'waiting';
  if (run.state === 'queued') return 'queued';
  const bad = jobs.filter(isBad).length;
  const said = `running: ${countDone(jobs)} of ${countOf(countAll(run.plan, jobs), 'job')} done`;
  return bad === 0 ? said : `${said}, ${bad} failed`;
}

function passed(jobs: readonly SaidJob[]): string {
  const allowed = jobs.filter(({ result }) => isRed(result));
  if (allowed.length > 0) return `passed, ${countOf(allowed.length, 'allowed failure')}: ${named(allowed)}`;
  return `passed: ${countOf(jobs.filter(({ result }) => result !== 'skipped').length, 'job')}`;
}

function failed(jobs: readonly SaidJob[], errors: ReadonlyMap<string, number>): string {
  const bad = jobs.filter(isBad);
  const found = bad.reduce((sum, { key }) => sum + (errors.get(key) ?? 0), 0);
  const good = jobs.filter(({ result }) => result === 'success').length;
  const head = jobs.length === 1 ? '' : `${good} of ${countOf(jobs.length, 'job')} passed; `;
  const why = bad.length === 1 ? line(bad[0]?.reason ?? null) : null;
  const because = found > 0 ? countOf(found, 'error') : why;
  return `${head}${named(bad)} failed${because === null ? '' : `: ${because}`}`;
}

function named(jobs: readonly SaidJob[]): string {
  const names = jobs.slice(0, MOST_NAMED).map(({ name }) => oneLine(name, 60));
  const more = jobs.length - names.length;
  return `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** Is its run red because of it? */
export function isBad({ result, planned }: Pick<SaidJob, 'result' | 'planned'>): boolean {
  return isRed(result) && !planned.continueOnError;
}

function countDone(jobs: readonly SaidJob[]): number {
  return jobs.filter(({ state }) => state === 'done').length;
}

/** With those of the plan that have not been started, as the file names them. */
function countAll(plan: Run['plan'], jobs: readonly SaidJob[]): number {
  const isThere = (id: string) =>
    jobs.some(({ key }) => key === id || key.startsWith(`${id}[`) || key.startsWith(`${id}/`));
  return jobs.length + (plan?.jobs ?? []).filter(({ id }) => !isThere(id)).length;
}

/** Reasons hold names and values from outside. */
function line(text: string | null): string | null {
  return text === null ? null : oneLine(text, 200);
}

function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
