/** Carries the output of one process to whoever takes it, and holds the process back while they are busy. */
import type { Clock, StopTimer } from '../kernel/clock.js';
import type { PipeReader } from './pipe-reader.js';
import type { TakeOutput } from './running-process.js';

/**
 * What prints line by line, one system call each, would be read line by line too, which costs more than the printing. So after
 * a small chunk that came at once we rest until about half a pipe is full: nothing that prints so fast has to wait for that.
 */
const REST = { leastMs: 2, mostMs: 16, smallBytes: 32 * 1024 };

/** At most one chunk per stream is kept in memory; a taker that rejects gets nothing more. */
export class OutputPump {
  /** Resolves when both streams have ended and every chunk was taken. */
  readonly done: Promise<void>;
  private taking: Promise<void> = Promise.resolve();
  private waiting = 0;
  private arrived = 0;
  private abandoned = false;
  /** When we last began to wait for more. */
  private waitingSinceMs = -Infinity;
  private endRest: StopTimer | null = null;
  private restMs: number = REST.leastMs;
  /** Of `arrived`, when the last rest began. */
  private restedAt = 0;
  private mayRest = true;

  constructor(
    private readonly streams: { readonly stdout: PipeReader; readonly stderr: PipeReader },
    private readonly output: TakeOutput,
    private readonly clock: Pick<Clock, 'after' | 'elapsedMs'>,
    /** What each of the streams can hold. */
    private readonly pipeBytes: number,
  ) {
    this.done = Promise.all([this.carry('stdout'), this.carry('stderr')]).then(() => this.taking);
  }

  /** Bytes that have come so far. */
  get bytes(): number {
    return this.arrived;
  }

  /** Is the taker still busy with some of them? */
  get isBusy(): boolean {
    return this.waiting > 0;
  }

  /** From now on the output is read and dropped, so that what still writes is neither blocked nor broken. */
  abandon(): void {
    this.abandoned = true;
  }

  /** The process has ended: what is left is read at once. */
  hurry(): void {
    this.mayRest = false;
    this.wake();
  }

  private carry(name: 'stdout' | 'stderr'): Promise<void> {
    const stream = this.streams[name];
    stream.open((chunk) => this.pass(chunk, name));
    return stream.closed;
  }

  private pass(chunk: Buffer, name: 'stdout' | 'stderr'): void {
    this.arrived += chunk.length;
    if (this.waiting > 0) return this.hold(this.taking.then(() => this.give(chunk, name)));
    const taken = this.give(chunk, name);
    if (taken) return this.hold(taken);
    if (this.mayRest && chunk.length < REST.smallBytes && this.cameAtOnce()) this.rest();
  }

  private cameAtOnce(): boolean {
    const nowMs = this.clock.elapsedMs();
    const waitedMs = nowMs - this.waitingSinceMs;
    this.waitingSinceMs = nowMs;
    return waitedMs < REST.leastMs;
  }

  private rest(): void {
    if (this.endRest !== null) return;
    this.pause();
    const bytes = this.arrived - this.restedAt;
    this.restedAt = this.arrived;
    this.restMs = Math.max(REST.leastMs, Math.min(REST.mostMs, (this.restMs * this.pipeBytes) / 2 / bytes));
    this.endRest = this.clock.after(this.restMs, () => this.wake());
  }

  private wake(): void {
    this.endRest?.();
    this.endRest = null;
    this.resume();
  }

  private give(chunk: Buffer, name: 'stdout' | 'stderr'): void | Promise<void> {
    if (!this.abandoned) return this.output(chunk, name);
  }

  private hold(taken: Promise<void>): void {
    this.waiting++;
    this.pause();
    this.taking = taken
      .catch(() => this.abandon())
      .then(() => {
        this.waiting--;
        this.resume();
      });
  }

  private pause(): void {
    this.streams.stdout.pause();
    this.streams.stderr.pause();
  }

  private resume(): void {
    if (this.waiting > 0 || this.endRest !== null) return;
    this.waitingSinceMs = this.clock.elapsedMs();
    this.streams.stdout.resume();
    this.streams.stderr.resume();
  }
}
