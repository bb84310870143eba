/** A look that is repeated: the next one begins so long after the last has ended, until it is stopped. */
import type { Clock, StopTimer } from './clock.js';

export class Rounds {
  private stopTimer: StopTimer = () => undefined;
  private hasStopped = false;
  private look: Promise<void> = Promise.resolve();

  constructor(
    private readonly clock: Clock,
    private readonly everyMs: number,
    private readonly once: () => Promise<void>,
    /** Told of an error of one look; the next one comes all the same. */
    private readonly onError: (error: unknown) => void,
  ) {}

  get isStopped(): boolean {
    return this.hasStopped;
  }

  /** The first look is now. */
  start(): void {
    this.look = this.once()
      .catch(this.onError)
      .finally(() => {
        if (!this.hasStopped) this.startLater();
      });
  }

  /** The first look comes after one pause: a start has better things to do. */
  startLater(): void {
    this.stopTimer = this.clock.after(this.everyMs, () => this.start());
  }

  /** Resolves when a look that runs has ended. */
  async stop(): Promise<void> {
    this.hasStopped = true;
    this.stopTimer();
    await this.look;
  }
}
