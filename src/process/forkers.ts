/** The one forker that lives, started again when it has died. */
import { Fault } from '../kernel/errors.js';
import { Forker } from './forker.js';

export class Forkers {
  private current: Promise<Forker | null> | null = null;

  /** Null where there is none to be had. */
  async get(): Promise<Forker | null> {
    const asked = (this.current ??= Forker.start());
    const forker = await asked;
    if (forker === null || forker.isAlive()) return forker;
    if (this.current === asked) this.current = null;
    return this.get();
  }

  /** Throws a Fault where there is none to be had. */
  async alive(): Promise<Forker> {
    const forker = await this.get();
    if (forker === null) throw new Fault('the process that starts processes cannot be started', { retryable: true });
    return forker;
  }

  /** Ends it, and every namespace that it keeps. */
  close(): void {
    void this.current?.then((forker) => forker?.close());
    this.current = null;
  }
}
