/** Packs the logs of attempts that have ended, also of those whose writer died: one at a time, since jobs want the cores. */
import type { Blobs, LogName } from '../blobs/blobs.js';
import type { Clock, StopTimer } from '../kernel/clock.js';
import { Fault } from '../kernel/errors.js';
import { hasAttemptEnded } from '../model/attempt.js';
import type { Runs } from '../store/runs.js';

const EVERY_MS = 10_000;

export class SealLogs {
  /** What nobody can pack; told once. */
  private readonly broken = new Set<string>();
  private readonly stopping = new AbortController();
  private stopTimer: StopTimer = () => undefined;
  private look: Promise<void> = Promise.resolve();

  constructor(
    private readonly blobs: Blobs,
    private readonly runs: Pick<Runs, 'jobById'>,
    private readonly clock: Clock,
    /** Told of what could not be packed; it is tried again when that makes sense. */
    private readonly onError: (error: unknown) => void,
  ) {}

  /** Looks now, and again some seconds after each look. */
  start(): void {
    const again = () => {
      if (!this.stopping.signal.aborted) this.stopTimer = this.clock.after(EVERY_MS, () => this.start());
    };
    this.look = this.once().catch(this.onError).finally(again);
  }

  /** Resolves when nothing is written any more. */
  async stop(): Promise<void> {
    this.stopping.abort(new Fault('the server stops', { retryable: true }));
    this.stopTimer();
    await this.look;
  }

  /** One look at all logs that are not packed. What may be tried again rejects, and the others wait with it: a full disk. */
  async once(): Promise<void> {
    const { signal } = this.stopping;
    for (const name of await this.blobs.unsealed()) {
      if (signal.aborted) return;
      if (!this.broken.has(keyOf(name)) && (await this.hasEnded(name))) await this.seal(name);
    }
  }

  private async hasEnded({ jobId, attempt }: LogName): Promise<boolean> {
    const job = await this.runs.jobById(jobId);
    return job === null || hasAttemptEnded(job, attempt);
  }

  private async seal(name: LogName): Promise<void> {
    const { signal } = this.stopping;
    try {
      await this.blobs.sealLog(name.jobId, name.attempt, signal);
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof Fault && error.retryable) throw error;
      this.broken.add(keyOf(name));
      this.onError(error);
    }
  }
}

function keyOf({ jobId, attempt }: LogName): string {
  return `${jobId}.${attempt}`;
}
