/** A clock that stands still, and whose turns of the event loop come when the test says so. */
import { StillClock } from './still-clock.js';

export class TurnedClock extends StillClock {
  private readonly waiting: (() => void)[] = [];

  override nextTurn(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  /** Everything that needs no time has happened when it resolves. */
  async turn(): Promise<void> {
    for (const resolve of this.waiting.splice(0)) resolve();
    await settle();
  }
}

/** Lets everything that needs no time happen. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
