/** What ends a running step before it ends by itself: its time, a cancel, the end of a cancel's time, a lost link. */
import type { Clock } from '../../kernel/clock.js';
import type { StepScope } from '../../pipeline/index.js';
import type { Cancellation } from './cancellation.js';

export type StopCause = 'time' | 'cancel';

export interface StepStopParts {
  readonly clock: Clock;
  readonly cancellation: Cancellation;
  /** Aborts when nobody wants the job any more. */
  readonly lost: AbortSignal;
  readonly timeoutMs: number | null;
  /** What the step's `if` was evaluated with: what starts after a cancel is not concerned by it. */
  readonly status: StepScope['status'];
  /** Does the step's `if` hold although the job is canceled? */
  readonly holdsUnderCancel: () => boolean;
  /** Asks this step alone to end. */
  readonly alone?: AbortSignal;
}

/** `end` it with the step. */
export class StepStops {
  private readonly asking = new AbortController();
  private readonly killing = new AbortController();
  private readonly undo: (() => void)[] = [];
  private stoppedBy: StopCause | null = null;

  constructor({ clock, cancellation, lost, timeoutMs, status, holdsUnderCancel, alone }: StepStopParts) {
    if (timeoutMs !== null) this.undo.push(clock.after(Math.min(timeoutMs, 2 ** 31 - 1), () => this.ask('time')));
    if (status !== 'cancelled') this.when(cancellation.signal, () => holdsUnderCancel() || this.ask('cancel'));
    if (alone) this.when(alone, () => this.ask('cancel'));
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

  get cause(): StopCause | null {
    return this.stoppedBy;
  }

  end(): void {
    for (const undo of this.undo) undo();
  }

  private ask(cause: StopCause): void {
    this.stoppedBy ??= cause;
    this.asking.abort();
  }

  private when(signal: AbortSignal, act: () => void): void {
    if (signal.aborted) return act();
    signal.addEventListener('abort', act);
    this.undo.push(() => signal.removeEventListener('abort', act));
  }
}

/** Ends a step of an action when the step that calls the action is ended. */
export class InnerStops {
  private readonly asking = new AbortController();
  private readonly onStop: () => void;
  private stoppedBy: StopCause | null = null;

  /** `status`: as for `StepStops`. */
  constructor(
    private readonly outer: Stops,
    status: StepScope['status'],
    holdsUnderCancel: () => boolean,
  ) {
    this.onStop = () => {
      if (outer.cause === 'cancel' && (status === 'cancelled' || holdsUnderCancel())) return;
      this.stoppedBy = outer.cause;
      this.asking.abort();
    };
    if (outer.stop.aborted) this.onStop();
    else outer.stop.addEventListener('abort', this.onStop);
  }

  get stop(): AbortSignal {
    return this.asking.signal;
  }

  get kill(): AbortSignal {
    return this.outer.kill;
  }

  /** What is killed had its time after the cancel. */
  get cause(): StopCause | null {
    return this.stoppedBy ?? (this.kill.aborted ? this.outer.cause : null);
  }

  end(): void {
    this.outer.stop.removeEventListener('abort', this.onStop);
  }
}

export type Stops = Pick<StepStops, 'stop' | 'kill' | 'cause'>;
