/** A clock whose long waits are over at once, so that signals follow each other without waiting. */
import { type StopTimer, SystemClock } from '../../src/kernel/clock.js';

export class HastyClock extends SystemClock {
  /** @param waits is told of every wait that was asked for. */
  constructor(private readonly waits: number[] = []) {
    super();
  }

  override after(delayMs: number, act: () => void): StopTimer {
    this.waits.push(delayMs);
    return super.after(delayMs > 60_000 ? delayMs : Math.min(delayMs, delayMs / 50), act);
  }
}
