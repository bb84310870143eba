/** Carries the output of one process to whoever takes it, and holds the process back while they are busy. */
import type { Readable } from 'node:stream';
import type { TakeOutput } from './running-process.js';

/** At most one chunk per stream is kept in memory; a taker that rejects gets nothing more. */
export class OutputPump {
  /** Resolves when both streams have ended and every chunk was taken. */
  readonly done: Promise<void>;
  private taking: Promise<void> = Promise.resolve();
  private waiting = 0;
  private arrived = 0;
  private abandoned = false;

  constructor(
    private readonly streams: { readonly stdout: Readable; readonly stderr: Readable },
    private readonly output: TakeOutput,
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

  private carry(name: 'stdout' | 'stderr'): Promise<void> {
    const stream = this.streams[name];
    return new Promise((resolve) => {
      stream.on('data', (chunk: Buffer) => this.pass(chunk, name));
      stream.once('close', resolve);
      stream.once('error', () => stream.destroy());
    });
  }

  private pass(chunk: Buffer, name: 'stdout' | 'stderr'): void {
    this.arrived += chunk.length;
    if (this.waiting > 0) return this.hold(this.taking.then(() => this.give(chunk, name)));
    const taken = this.give(chunk, name);
    if (taken) this.hold(taken);
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
        if (this.waiting === 0) this.resume();
      });
  }

  private pause(): void {
    this.streams.stdout.pause();
    this.streams.stderr.pause();
  }

  private resume(): void {
    this.streams.stdout.resume();
    this.streams.stderr.resume();
  }
}
