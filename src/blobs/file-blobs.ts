/** Job logs as files: `<root>/<job>/<attempt>.log`, and beside each, as `.idx`, an index of its lines (files/line-index.ts). */
import { open, type FileHandle } from 'node:fs/promises';
import { Fault } from '../kernel/errors.js';
import { Blobs, type LogSize, type LogWriter } from './blobs.js';
import { FileLog, type LogPaths } from './files/file-log.js';
import { readIndexedPart } from './files/line-index.js';
import { scanTail } from './files/log-tail.js';

/** Folders have mode 0700, files 0600. One writer per log at a time; readers need no writer and never change a file. */
export class FileBlobs extends Blobs {
  private readonly writers = new Map<string, FileLog>();

  /** @param root absolute; made at the first log. */
  constructor(private readonly root: string) {
    super();
  }

  /** Throws a Fault also when the log has a writer already. */
  async openLog(jobId: number, attempt: number): Promise<LogWriter> {
    const paths = this.paths(jobId, attempt);
    if (this.writers.has(paths.log)) throw new Fault('the log has a writer already', { retryable: false });
    const writer = await FileLog.open(paths, () => this.writers.delete(paths.log));
    this.writers.set(paths.log, writer);
    return writer;
  }

  async logSize(jobId: number, attempt: number): Promise<LogSize | null> {
    const paths = this.paths(jobId, attempt);
    return this.writers.get(paths.log)?.size ?? (await reading(paths.log, (log) => sizeOf(log, paths)));
  }

  async readLog(jobId: number, attempt: number, from: number, to: number): Promise<Buffer> {
    const read = await reading(this.paths(jobId, attempt).log, (log) => readRange(log, Math.max(0, from), to));
    return read ?? Buffer.alloc(0);
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
