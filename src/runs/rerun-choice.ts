/** Which jobs of a run another attempt runs again: pure. */
import type { DeclaredJob, Plan } from '../model/plan.js';
import type { Result } from '../model/result.js';
import type { Job } from '../model/run.js';
import type { Repeated } from '../model/run-attempt.js';

type EndedJob = Pick<Job, 'key' | 'result'>;

const FAILED: readonly (Result | null)[] = ['failure', 'error', 'canceled'];

/** `failed`: those that failed or were stopped, each with all that need it; of a matrix only the combinations that did. */
export function jobsToRepeat<Some extends EndedJob>(
  plan: Pick<Plan, 'jobs'>,
  jobs: readonly Some[],
  which: Repeated,
): readonly Some[] {
  if (which === 'all') return jobs;
  const repeated = new Set(repeatedIn(plan.jobs, '', jobs));
  return jobs.filter((job) => repeated.has(job));
}

/** One level of the run: its own jobs, or those of one call. */
function repeatedIn<Some extends EndedJob>(
  level: readonly DeclaredJob[],
  prefix: string,
  jobs: readonly Some[],
): readonly Some[] {
  const behind = behindFailed(level, prefix, jobs);
  return level.flatMap((declared) => {
    const own = jobsOf(declared, prefix, jobs);
    if (behind.has(declared)) return own;
    const callee = declared.call?.callee?.jobs ?? [];
    const calls = callPrefixes(`${prefix}${declared.id}`, own);
    const below = calls.flatMap((call) => repeatedIn(callee, call, own));
    return [...own.filter((job) => isFailed(job) && !calls.some((call) => job.key.startsWith(call))), ...below];
  });
}

/** Those that need, near or far, a job of which something is run again. */
function behindFailed(
  level: readonly DeclaredJob[],
  prefix: string,
  jobs: readonly EndedJob[],
): ReadonlySet<DeclaredJob> {
  const again = new Set<string>();
  for (const job of level) if (jobsOf(job, prefix, jobs).some(isFailed)) again.add(job.id.toLowerCase());
  const behind = new Set<DeclaredJob>();
  for (let before = -1; before !== behind.size;) {
    before = behind.size;
    for (const job of level) {
      if (behind.has(job) || !job.needs.some((need) => again.has(need.toLowerCase()))) continue;
      behind.add(job);
      again.add(job.id.toLowerCase());
    }
  }
  return behind;
}

/** With its combinations, and with what it calls. */
function jobsOf<Some extends EndedJob>({ id }: DeclaredJob, prefix: string, jobs: readonly Some[]): readonly Some[] {
  const key = `${prefix}${id}`;
  return jobs.filter((job) => job.key === key || job.key.startsWith(`${key}[`) || job.key.startsWith(`${key}/`));
}

/** What stands before the keys of the jobs that a call made, once for each combination of the call. */
function callPrefixes(key: string, jobs: readonly EndedJob[]): readonly string[] {
  const prefixes = jobs.flatMap((job) => {
    const end = job.key.indexOf('/', key.length);
    return end < 0 ? [] : [job.key.slice(0, end + 1)];
  });
  return [...new Set(prefixes)];
}

function isFailed({ result }: EndedJob): boolean {
  return FAILED.includes(result);
}
