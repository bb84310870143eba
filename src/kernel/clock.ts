/** Time as a port: the real clock here, a virtual one in tests and in the simulated world. */

/** Stops a pending timer; safe to call twice and after it fired. */
export type StopTimer = () => void;

/** The only source of time in the house (HOUSE.md, law 9). One per process. */
export abstract class Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. May jump: never use it to order rows. */
  abstract now(): number;

  /** Milliseconds that passed in this process since some moment: never jumps, whatever is done to the clock. */
  abstract elapsedMs(): number;

  /** Calls `run` once after `delayMs`. A pending timer does not keep the process alive. */
  abstract after(delayMs: number, run: () => void): StopTimer;

  /** Resolves after `delayMs`, or at once when `signal` aborts; it never rejects. */
  sleep(delayMs: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const done = () => {
        stop();
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const stop = this.after(delayMs, done);
      signal?.addEventListener('abort', done);
    });
  }

  /** Resolves when all input that has reached the process by now has been read. */
  nextTurn(): Promise<void> {
    return Promise.resolve();
  }
}

/** The machine's clock. */
export class SystemClock extends Clock {
  now(): number {
    return Date.now();
  }

  elapsedMs(): number {
    return performance.now();
  }

  after(delayMs: number, run: () => void): StopTimer {
    const timer = setTimeout(run, delayMs).unref();
    return () => clearTimeout(timer);
  }

  /** Somebody waits for it, so the process stays alive until it is over. */
  override sleep(delayMs: number, signal?: AbortSignal): Promise<void> {
    const alive = setInterval(() => undefined, delayMs + 1);
    return super.sleep(delayMs, signal).finally(() => clearInterval(alive));
  }

  override nextTurn(): Promise<void> {
    return new Promise((resolve) => setImmediate(resolve));
  }
}

/** A time in milliseconds as the API writes it: UTC, ISO 8601. */
export function isoTime(timeMs: number): string {
  return new Date(timeMs).toISOString();
}
