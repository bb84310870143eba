/** A log that was opened for reading, and what is made of it whichever way it is kept. */
import { Fault } from '../../kernel/errors.js';
import type { LogRange } from '../blobs.js';
import { offsetAt } from './line-index.js';
import type { ReadableFile } from './read-file.js';
import type { StepCounts } from './step-lines.js';

/** Everything as it stood when it was opened: what comes later is not seen. */
export interface OpenedLog {
  readonly bytes: number;
  lines(): Promise<number>;
  /** Bytes `[from, to)`, cut at the end. */
  read(from: number, to: number): Promise<Buffer>;
  /** Of lines `[from, to)`, all of them there. */
  records(from: number, to: number): Promise<Buffer>;
  steps(): Promise<StepCounts>;
  close(): Promise<void>;
}

/** Null when there is no such file. */
export type OpenFile = (path: string) => Promise<ReadableFile | null>;

/** Where lines `[from, to)` stand; a negative `from` counts from the end, and what is not there stands at the end. */
export async function rangeOf(log: OpenedLog, from: number, to: number): Promise<LogRange> {
  const first = from < 0 ? Math.max(0, (await log.lines()) + from) : from;
  const [begin, end] = await Promise.all([offsetOf(log, first), offsetOf(log, to)]);
  return { from: Math.min(begin, end), to: end };
}

/** Nothing is read for where the log begins and ends. */
async function offsetOf(log: OpenedLog, line: number): Promise<number> {
  if (line <= 0) return 0;
  if (line === Infinity || line >= (await log.lines())) return log.bytes;
  return offsetAt(await log.records(line, line + 1), 0);
}

/** Fewer bytes than asked for where the file ends. */
export async function readRange(file: ReadableFile, from: number, to: number): Promise<Buffer> {
  const bytes = Buffer.alloc(Math.max(0, to - from));
  let filled = 0;
  while (filled < bytes.length) {
    const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, from + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}

export function unreadable(cause: unknown): Fault {
  return cause instanceof Fault ? cause : new Fault('a log cannot be read', { cause, retryable: true });
}
