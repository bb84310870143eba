/** Packs the logs of attempts that have ended, also of those whose writer died: one at a time, since jobs want the cores. */
import type { Blobs, LogName } from '../blobs/blobs.js';
import type { Clock } from '../kernel/clock.js';
import { Fault, isOfWorld } from '../kernel/errors.js';
import { Rounds } from '../kernel/rounds.js';
import { hasAttemptEnded } from '../model/attempt.js';
import type { Runs } from '../store/runs.js';

const EVERY_MS = 10_000;

export class SealLogs {
  /** What nobody can pack; told once. */
  private readonly broken = new Set<string>();
  private readonly stopping = new AbortController();
  private readonly rounds: Rounds;

  constructor(
    private readonly blobs: Blobs,
    private readonly runs: Pick<Runs, 'jobById'>,
    clock: Clock,
    /** Told of what could not be packed; it is tried again when that makes sense. */
    private readonly onError: (error: unknown) => void,
  ) {
    this.rounds = new Rounds(clock, EVERY_MS, () => this.once(), onError);
  }

  /** Looks now, and again some seconds after each look. */
  start(): void {
    this.rounds.start();
  }

  /** Resolves when nothing is written any more. */
  async stop(): Promise<void> {
    this.stopping.abort(new Fault('the server stops', { retryable: true }));
    await this.rounds.stop();
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
      if (isOfWorld(error)) throw error;
      this.broken.add(keyOf(name));
      this.onError(error);
    }
  }
}

function keyOf({ jobId, attempt }: LogName): string {
  return `${jobId}.${attempt}`;
}
