/** A clock at the machine's pace that a test may let hours pass of: timers whose time has come by then fire at once. */
import type { StopTimer } from '../../src/kernel/clock.js';
import { ShiftedClock } from './house.js';

interface Timer {
  readonly atMs: number;
  readonly fire: () => void;
}

export class SkippingClock extends ShiftedClock {
  private readonly timers = new Set<Timer>();
  private skippedMs = 0;

  override now(): number {
    return super.now() + this.skippedMs;
  }

  override elapsedMs(): number {
    return super.elapsedMs() + this.skippedMs;
  }

  override after(delayMs: number, run: () => void): StopTimer {
    const fire = () => {
      stop();
      run();
    };
    const timer = { atMs: this.elapsedMs() + delayMs, fire };
    this.timers.add(timer);
    const stopReal = super.after(delayMs, fire);
    const stop = () => {
      stopReal();
      this.timers.delete(timer);
    };
    return stop;
  }

  /** Time passes; what it makes due begins, and is not waited for. */
  skip(ms: number): void {
    this.skippedMs += ms;
    const due = [...this.timers].filter(({ atMs }) => atMs <= this.elapsedMs()).sort((a, b) => a.atMs - b.atMs);
    for (const { fire } of due) fire();
  }
}
