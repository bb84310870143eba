/** One life of the server, from its start to its crash or stop: every port call and commit passes through it. */
import { Clock, type StopTimer } from '../../src/kernel/clock.js';
import type { SeededRandom } from './seeded-random.js';
import type { Timeline } from './timeline.js';

/** Asked before and after each port call and commit: does the server crash here? */
export type CrashHere = () => boolean;

export class Life {
  private alive = true;
  private timers = 0;
  private tellDeath!: () => void;

  /** Resolves when nobody will answer any more. */
  readonly death = new Promise<void>((resolve) => {
    this.tellDeath = resolve;
  });

  constructor(
    readonly timeline: Timeline,
    readonly chance: SeededRandom,
    private readonly crashHere: CrashHere,
    private readonly onCrash: () => void,
  ) {}

  get isAlive(): boolean {
    return this.alive;
  }

  /** Timers that neither fired nor were stopped. */
  get pendingTimers(): number {
    return this.timers;
  }

  end(): void {
    this.alive = false;
    this.tellDeath();
  }

  /** A place where the server may crash. What is under way in a dead server never goes on. */
  async place(): Promise<void> {
    if (this.alive && this.crashHere()) {
      this.end();
      this.onCrash();
    }
    if (!this.alive) await never();
  }

  /** A call of a port that takes `delayMs` of virtual time: the work is done at its end. */
  async call<T>(delayMs: number, work: () => T | Promise<T>): Promise<T> {
    await this.place();
    await this.wait(delayMs);
    const result = await work();
    await this.place();
    return result;
  }

  /** Resolves never in a server that died meanwhile. */
  wait(delayMs: number): Promise<void> {
    return new Promise((resolve) => this.timeline.after(delayMs, () => this.alive && resolve()));
  }

  later(delayMs: number, run: () => void): StopTimer {
    let isPending = true;
    this.timers += 1;
    const stop = () => {
      if (isPending) this.timers -= 1;
      isPending = false;
    };
    this.timeline.after(delayMs, () => {
      if (!isPending || !this.alive) return;
      stop();
      run();
    });
    return stop;
  }
}

function never(): Promise<never> {
  return new Promise(() => undefined);
}

/** The machine's clock in virtual time, which may be wrong. */
export class LifeClock extends Clock {
  constructor(
    private readonly life: Life,
    private readonly skewMs: () => number,
  ) {
    super();
  }

  override now(): number {
    return this.life.timeline.nowMs + this.skewMs();
  }

  override elapsedMs(): number {
    return this.life.timeline.nowMs;
  }

  override after(delayMs: number, run: () => void): StopTimer {
    return this.life.later(delayMs, run);
  }
}
