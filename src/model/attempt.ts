/** How far an attempt of a job is, by the row of its job. */
import type { Job } from './run.js';

/** Nothing more will be said of it: its job is done, was put back into the queue, or is at a later attempt. */
export function hasAttemptEnded(job: Pick<Job, 'state' | 'attempt'>, attempt: number): boolean {
  if (job.state === 'done' || job.attempt > attempt) return true;
  return job.attempt === attempt && job.state !== 'running';
}
