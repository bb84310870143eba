/** What ends a running step before it ends by itself: its time, a cancel, the end of a cancel's time, a lost link. */
import type { Clock } from '../../kernel/clock.js';
import type { Cancellation } from './cancellation.js';

export interface StepStopParts {
  readonly clock: Clock;
  readonly cancellation: Cancellation;
  /** Aborts when nobody wants the job any more. */
  readonly lost: AbortSignal;
  readonly timeoutMs: number | null;
  /** Does the step's `if` hold although the job is canceled? */
  readonly holdsUnderCancel: () => boolean;
}

/** Made when the step's `if` was evaluated, in the same turn: a cancel from then on is seen. `end` it with the step. */
export class StepStops {
  private readonly asking = new AbortController();
  private readonly killing = new AbortController();
  private readonly undo: (() => void)[] = [];
  private stoppedBy: 'time' | 'cancel' | null = null;

  constructor({ clock, cancellation, lost, timeoutMs, holdsUnderCancel }: StepStopParts) {
    if (timeoutMs !== null) this.undo.push(clock.after(Math.min(timeoutMs, 2 ** 31 - 1), () => this.ask('time')));
    // What starts after a cancel was asked then: the cancel does not concern it any more.
    if (!cancellation.signal.aborted) this.when(cancellation.signal, () => holdsUnderCancel() || this.ask('cancel'));
    this.when(cancellation.overdue, () => {
      this.ask('cancel');
      this.killing.abort();
    });
    this.when(lost, () => this.killing.abort());
  }

  /** Asks the step to end. */
  get stop(): AbortSignal {
    return this.asking.signal;
  }

  /** Ends it and all its processes at once. */
  get kill(): AbortSignal {
    return this.killing.signal;
  }

  get cause(): 'time' | 'cancel' | null {
    return this.stoppedBy;
  }

  end(): void {
    for (const undo of this.undo) undo();
  }

  private ask(cause: 'time' | 'cancel'): void {
    this.stoppedBy ??= cause;
    this.asking.abort();
  }

  private when(signal: AbortSignal, act: () => void): void {
    if (signal.aborted) return act();
    signal.addEventListener('abort', act);
    this.undo.push(() => signal.removeEventListener('abort', act));
  }
}
