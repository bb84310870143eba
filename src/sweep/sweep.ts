/** The clock of the house: puts due rows into the queue and ends attempts whose lease is over. */
import type { Clock, StopTimer } from '../kernel/clock.js';
import type { JobQueue } from '../queue/job-queue.js';
import type { ExpireJobs } from '../runs/expire-jobs.js';
import type { Events } from '../store/events.js';
import type { Flags } from '../store/flags.js';
import type { Runs } from '../store/runs.js';

const EVERY_MS = 1_000;
/** Rows of one kind that one sweep puts. */
const BATCH = 1_000;

export interface SweptTables {
  readonly events: Events;
  readonly runs: Runs;
  readonly flags: Flags;
}

export class Sweep {
  private stopTimer: StopTimer = () => undefined;
  private isStopped = false;

  constructor(
    private readonly tables: SweptTables,
    private readonly queue: JobQueue,
    private readonly losses: ExpireJobs,
    private readonly clock: Clock,
    /** Told of an error of one sweep; the next one comes all the same. */
    private readonly onError: (error: unknown) => void,
  ) {}

  /** Sweeps now and then every second. */
  start(): void {
    const again = () => {
      if (!this.isStopped) this.stopTimer = this.clock.after(EVERY_MS, () => this.start());
    };
    void this.once().catch(this.onError).finally(again);
  }

  stop(): void {
    this.isStopped = true;
    this.stopTimer();
  }

  /** One sweep. Losing the queue loses nothing, because this finds every row that is due. */
  async once(): Promise<void> {
    const nowMs = this.clock.now();
    await this.losses.expired(BATCH);
    const { events, runs, flags } = this.tables;
    for (const id of await events.dueIds(nowMs, BATCH)) this.queue.put('event', id);
    for (const id of await runs.dueJobIds(nowMs, BATCH)) this.queue.put('job', id);
    for (const id of await flags.dueIds(nowMs, BATCH)) this.queue.put('flag', id);
  }
}
