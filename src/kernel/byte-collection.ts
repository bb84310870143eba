/** The bytes of a stream as they come, up to a limit: how every body that reaches the server is read. */
import { Buffer } from 'node:buffer';

/** A stream of bytes, as Node's `Readable` is one. */
export interface ByteStream {
  on(event: 'data', listener: (chunk: Buffer) => void): unknown;
  on(event: 'end' | 'close' | 'error', listener: () => void): unknown;
  off(event: 'data', listener: (chunk: Buffer) => void): unknown;
  off(event: 'end' | 'close', listener: () => void): unknown;
  pause(): unknown;
  resume(): unknown;
}

export interface CollectionRules {
  readonly limitBytes: number;
  /** What `whole` rejects with over the limit. */
  tooLarge(): Error;
  /** What `whole` rejects with when the stream ends early. */
  incomplete(): Error;
  /** After each chunk that is within the limit. */
  grown?(sizeBytes: number): void;
  /** Once, however it ends. */
  ended(): void;
}

/** One reading of one stream. What is left of the stream when it ends early is not read. */
export class ByteCollection {
  readonly whole: Promise<Buffer>;
  private readonly chunks: Buffer[] = [];
  private size = 0;
  private isOver = false;
  private resolve!: (bytes: Buffer) => void;
  private reject!: (error: Error) => void;

  constructor(
    private readonly stream: ByteStream,
    private readonly rules: CollectionRules,
  ) {
    this.whole = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    stream.on('data', this.take);
    stream.on('end', this.finish);
    stream.on('close', this.leave);
    stream.on('error', this.leave);
  }

  /** How much has come. */
  get sizeBytes(): number {
    return this.size;
  }

  /** Has it ended, well or not? */
  get hasEnded(): boolean {
    return this.isOver;
  }

  /** Reads no more until `resume`. */
  pause(): void {
    if (!this.isOver) this.stream.pause();
  }

  resume(): void {
    if (!this.isOver) this.stream.resume();
  }

  /** Ends it early and forgets what came; nothing when it has ended. */
  fail(error: Error): void {
    if (!this.end()) return;
    this.chunks.length = 0;
    this.reject(error);
  }

  private readonly take = (chunk: Buffer): void => {
    this.size += chunk.length;
    if (this.size > this.rules.limitBytes) return this.fail(this.rules.tooLarge());
    this.chunks.push(chunk);
    this.rules.grown?.(this.size);
  };

  private readonly finish = (): void => {
    if (!this.end()) return;
    this.resolve(this.chunks.length === 1 ? this.chunks[0]! : Buffer.concat(this.chunks, this.size));
  };

  private readonly leave = (): void => this.fail(this.rules.incomplete());

  /** False when it had ended before. */
  private end(): boolean {
    if (this.isOver) return false;
    this.isOver = true;
    this.stream.off('data', this.take);
    this.stream.off('end', this.finish);
    this.stream.off('close', this.leave);
    this.stream.pause();
    this.rules.ended();
    return true;
  }
}
