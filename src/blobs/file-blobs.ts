/** Job logs as files: `<root>/<job>/<attempt>.log`, and beside each, as `.idx`, an index of its lines (files/line-index.ts). */
import { open, type FileHandle } from 'node:fs/promises';
import { Fault } from '../kernel/errors.js';
import { Blobs, type FollowUntil, type LogSize, type LogWriter } from './blobs.js';
import { ChunkCache } from './files/chunk-cache.js';
import { FileLog, type LogPaths } from './files/file-log.js';
import { FollowedLogs } from './files/followed-logs.js';
import { readIndexedPart, readRecord } from './files/line-index.js';
import { scanTail } from './files/log-tail.js';

/** Folders have mode 0700, files 0600. One writer per log at a time; readers need no writer and never change a file. */
export class FileBlobs extends Blobs {
  private readonly writers = new Map<string, FileLog>();
  private readonly followed = new FollowedLogs();
  private readonly chunks = new ChunkCache((path, from, to) => this.readFile(path, from, to));

  /** @param root absolute; made at the first log. */
  constructor(private readonly root: string) {
    super();
  }

  /** Throws a Fault also when the log has a writer already. */
  async openLog(jobId: number, attempt: number): Promise<LogWriter> {
    const paths = this.paths(jobId, attempt);
    if (this.writers.has(paths.log)) throw new Fault('the log has a writer already', { retryable: false });
    const writer = await FileLog.open(paths, {
      onGrowth: () => this.followed.grown(paths.log),
      onClose: () => this.writers.delete(paths.log),
    });
    this.writers.set(paths.log, writer);
    return writer;
  }

  async logSize(jobId: number, attempt: number): Promise<LogSize | null> {
    const paths = this.paths(jobId, attempt);
    return this.writers.get(paths.log)?.size ?? (await reading(paths.log, (log) => sizeOf(log, paths)));
  }

  async readLog(jobId: number, attempt: number, from: number, to: number): Promise<Buffer> {
    return this.readFile(this.paths(jobId, attempt).log, Math.max(0, from), to);
  }

  async lineOffset(jobId: number, attempt: number, line: number): Promise<number> {
    const paths = this.paths(jobId, attempt);
    const writer = this.writers.get(paths.log);
    if (writer !== undefined && line >= writer.size.lines) return writer.size.bytes;
    return (await reading(paths.log, (log) => offsetOf(line, log, paths))) ?? 0;
  }

  async *follow(jobId: number, attempt: number, from: number, { ended, gone }: FollowUntil): AsyncGenerator<Buffer> {
    const { log } = this.paths(jobId, attempt);
    const leave = this.followed.enter(log);
    try {
      for (let at = from; !gone.aborted;) {
        const isWhole = ended.aborted;
        for (const to = await this.readable(log); at < to && !gone.aborted;) {
          const bytes = await this.chunks.read(log, at, to);
          if (bytes.length === 0) throw new Fault('a log is shorter than it was', { retryable: false });
          at += bytes.length;
          yield bytes;
        }
        if (isWhole) return;
        if (at >= (this.writers.get(log)?.sizeBytes ?? 0)) await this.followed.growth(log, [ended, gone]);
      }
    } finally {
      if (leave() === 'last') this.chunks.forget(log);
    }
  }

  /** For reading alone: every byte of a log that leaves the file goes through it. */
  protected async readFile(path: string, from: number, to: number): Promise<Buffer> {
    return (await reading(path, (log) => readRange(log, from, to))) ?? Buffer.alloc(0);
  }

  /** Bytes that are there to stay: what a writer has not finished writing may be written again. */
  private async readable(log: string): Promise<number> {
    const written = this.writers.get(log)?.sizeBytes;
    return written ?? (await reading(log, async (file) => (await file.stat()).size)) ?? 0;
  }

  private paths(jobId: number, attempt: number): LogPaths {
    if (!Number.isSafeInteger(jobId) || !Number.isSafeInteger(attempt)) {
      throw new Fault('a log is named by two whole numbers', { retryable: false });
    }
    const stem = `${this.root}/${jobId}/${attempt}`;
    return { log: `${stem}.log`, index: `${stem}.idx` };
  }
}

/** What the index says, and what it does not know yet counted. */
async function sizeOf(log: FileHandle, paths: LogPaths): Promise<LogSize> {
  const bytes = (await log.stat()).size;
  const indexed = await reading(paths.index, (index) => readIndexedPart(index, bytes));
  const known = indexed ?? { lines: 0, last: null };
  let lines = known.lines;
  await scanTail(log, bytes, known, async (records) => void (lines += records.length));
  return { bytes, lines };
}

/** Where a line begins, as the index says, or found in what it does not know yet. */
async function offsetOf(line: number, log: FileHandle, paths: LogPaths): Promise<number> {
  const bytes = (await log.stat()).size;
  const indexed = await reading(paths.index, async (index) => {
    const part = await readIndexedPart(index, bytes);
    return { part, offset: line < part.lines ? (await readRecord(index, line)).offset : null };
  });
  if (typeof indexed?.offset === 'number') return indexed.offset;
  const known = indexed?.part ?? { lines: 0, last: null };
  const found: number[] = [];
  const missing = line - known.lines;
  await scanTail(log, bytes, known, async (records) => {
    if (found.length <= missing) found.push(...records.map(({ offset }) => offset));
  });
  return found[missing] ?? bytes;
}

async function readRange(log: FileHandle, from: number, to: number): Promise<Buffer> {
  const { size } = await log.stat();
  const bytes = Buffer.alloc(Math.max(0, Math.min(to, size) - from));
  let filled = 0;
  while (filled < bytes.length) {
    const { bytesRead } = await log.read(bytes, filled, bytes.length - filled, from + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}

/** Null when there is no such file. Throws a Fault. */
async function reading<T>(path: string, read: (file: FileHandle) => Promise<T>): Promise<T | null> {
  let file: FileHandle | null = null;
  try {
    file = await open(path, 'r');
    return await read(file);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new Fault('a log cannot be read', { cause, retryable: true });
  } finally {
    await file?.close();
  }
}
