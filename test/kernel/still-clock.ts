/** A clock that stands still until a test moves it; timers fire when it passes them. */
import { Clock, type StopTimer } from '../../src/kernel/clock.js';

interface Timer {
  readonly at: number;
  readonly run: () => void;
}

export class StillClock extends Clock {
  private readonly timers = new Set<Timer>();
  private skewMs = 0;

  constructor(private timeMs: number) {
    super();
  }

  now(): number {
    return this.timeMs + this.skewMs;
  }

  elapsedMs(): number {
    return this.timeMs;
  }

  after(delayMs: number, run: () => void): StopTimer {
    const timer = { at: this.timeMs + delayMs, run };
    this.timers.add(timer);
    return () => void this.timers.delete(timer);
  }

  /** How many timers are pending. */
  get pending(): number {
    return this.timers.size;
  }

  /** Somebody sets the clock: no time passes. */
  jump(byMs: number): void {
    this.skewMs += byMs;
  }

  /** Moves the time forward and fires what became due, earliest first. */
  advance(byMs: number): void {
    const end = this.timeMs + byMs;
    for (;;) {
      const due = [...this.timers].filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at);
      const next = due[0];
      if (!next) break;
      this.timers.delete(next);
      this.timeMs = Math.max(this.timeMs, next.at);
      next.run();
    }
    this.timeMs = end;
  }
}
