/** Turns for work on events: side by side as a rule, alone for what may have stopped the program. */
import type { Clock } from '../kernel/clock.js';

/** In the order in which it is asked for. Nothing waits longer than `mostWaitMs` for what came before: that may hang. */
export class Turns {
  private aloneUntil: Promise<unknown> = Promise.resolve();
  private readonly underWay = new Set<Promise<unknown>>();

  constructor(
    private readonly clock: Clock,
    private readonly mostWaitMs: number,
  ) {}

  sideBySide<T>(work: () => Promise<T>): Promise<T> {
    return this.track(this.aloneUntil.then(work));
  }

  alone<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.track(this.waitFor([...this.underWay]).then(work));
    this.aloneUntil = this.waitFor([turn]);
    return turn;
  }

  private track<T>(turn: Promise<T>): Promise<T> {
    this.underWay.add(turn);
    const forget = () => void this.underWay.delete(turn);
    turn.then(forget, forget);
    return turn;
  }

  private async waitFor(turns: readonly Promise<unknown>[]): Promise<void> {
    const ended = new AbortController();
    await Promise.race([Promise.allSettled(turns), this.clock.sleep(this.mostWaitMs, ended.signal)]);
    ended.abort();
  }
}
