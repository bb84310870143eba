/** When a job is canceled, by whoever gave it or by its own time, and when what runs after that has had its time. */
import { setMaxListeners } from 'node:events';
import type { Clock, StopTimer } from '../../kernel/clock.js';
import { messageOf } from '../../kernel/errors.js';

/** What a timer of the system can wait at most (24 days): a longer limit is none. */
const MOST_MS = 2 ** 31 - 1;

export interface CancellationLimits {
  readonly timeoutMs: number;
  readonly cancelTimeoutMs: number;
}

/** `end` it when the job is over. */
export class Cancellation {
  private readonly canceling = new AbortController();
  private readonly ending = new AbortController();
  private readonly timers: StopTimer[] = [];
  private readonly onAbort = () => this.cancel(messageOf(this.given.reason));

  constructor(
    private readonly given: AbortSignal,
    private readonly limits: CancellationLimits,
    private readonly clock: Clock,
  ) {
    // Each step that runs listens, and there may be many at once.
    setMaxListeners(0, this.signal, this.overdue);
    const minutes = limits.timeoutMs / 60_000;
    this.wait(limits.timeoutMs, () => this.cancel(`the job took longer than ${minutes} minutes`));
    given.addEventListener('abort', this.onAbort);
    if (given.aborted) this.onAbort();
  }

  /** Aborts at the cancel. */
  get signal(): AbortSignal {
    return this.canceling.signal;
  }

  /** Aborts when all that runs after a cancel must end. */
  get overdue(): AbortSignal {
    return this.ending.signal;
  }

  /** Null until the cancel. */
  get reason(): string | null {
    return this.signal.aborted ? String(this.signal.reason) : null;
  }

  end(): void {
    this.given.removeEventListener('abort', this.onAbort);
    for (const stop of this.timers) stop();
  }

  private cancel(reason: string): void {
    if (this.signal.aborted) return;
    this.wait(this.limits.cancelTimeoutMs, () => this.ending.abort());
    this.canceling.abort(reason);
  }

  private wait(delayMs: number, run: () => void): void {
    this.timers.push(this.clock.after(Math.min(delayMs, MOST_MS), run));
  }
}
