/** The end of an agent: running jobs may end within the drain time, the others are given back. */
import type { Clock } from '../kernel/clock.js';
import type { ExpireJobs } from '../runs/expire-jobs.js';
import type { RunningJobs } from '../runs/running-jobs.js';
import type { JobQueue } from '../queue/job-queue.js';
import type { Runs } from '../store/runs.js';

export class Drain {
  constructor(
    private readonly queue: JobQueue,
    private readonly running: RunningJobs,
    private readonly losses: ExpireJobs,
    private readonly runs: Runs,
    private readonly clock: Clock,
  ) {}

  /** Takes no new ids; resolves when nothing runs any more. */
  async drain(drainMs: number): Promise<void> {
    const closed = this.queue.close();
    const ended = new AbortController();
    await Promise.race([closed, this.clock.sleep(drainMs, ended.signal)]);
    ended.abort();
    for (const id of this.running.ids) await this.giveBack(id);
    await closed;
  }

  /** First the row, so that nothing that the job still says counts; then its processes. */
  private async giveBack(jobId: number): Promise<void> {
    const job = await this.runs.jobById(jobId);
    const reason = 'the server was stopped';
    if (job) await this.losses.giveBack(jobId, job.attempt, reason);
    this.running.cancel(jobId, reason);
  }
}
