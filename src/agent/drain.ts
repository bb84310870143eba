/** The end of an agent: running jobs may end within the drain time, the others are given back. */
import type { Clock } from '../kernel/clock.js';
import type { ExpireJobs } from '../runs/expire-jobs.js';
import type { RunningJobs } from '../runs/running-jobs.js';
import type { JobQueue } from '../queue/job-queue.js';
import type { Runs } from '../store/runs.js';

/** How soon jobs are looked for again that were just being claimed. */
const LOOK_AGAIN_MS = 100;

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
    let isClosed = await this.isWithin(drainMs, closed);
    while (!isClosed) {
      for (const id of this.running.ids) await this.giveBack(id);
      isClosed = await this.isWithin(LOOK_AGAIN_MS, closed);
    }
  }

  private async isWithin(limitMs: number, closed: Promise<void>): Promise<boolean> {
    const over = new AbortController();
    const isClosed = closed.then(() => true);
    const answer = await Promise.race([isClosed, this.clock.sleep(limitMs, over.signal).then(() => false)]);
    over.abort();
    return answer;
  }

  /** First the row, so that nothing that the job still says counts; then its processes. One that is being claimed is seen later. */
  private async giveBack(jobId: number): Promise<void> {
    const job = await this.runs.jobById(jobId);
    if (job?.state !== 'running') return;
    const reason = 'the server was stopped';
    await this.losses.giveBack(jobId, job.attempt, reason);
    this.running.cancel(jobId, reason);
  }
}
