/** The writer of one log file and its index. */
import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Fault } from '../../kernel/errors.js';
import type { LogPart } from '../../model/log.js';
import type { LogSize, LogWriter } from '../blobs.js';
import { HEAD, lineStarts, readIndexedPart, RECORD_BYTES, recordBytes, type LineRecord } from './line-index.js';
import { scanTail } from './log-tail.js';

export interface LogPaths {
  readonly log: string;
  readonly index: string;
}

/** Who is told of what becomes of a log. */
export interface LogNews {
  /** There is more to read than before. */
  readonly onGrowth: () => void;
  readonly onClose: () => void;
}

/** Calls may overlap: they are carried out one after another, as they came. */
export class FileLog implements LogWriter {
  private lane: Promise<void> = Promise.resolve();
  private closed: Promise<void> | null = null;
  private bytes = 0;
  private lines = 0;
  /** Step of the last line while it has no end yet; null at the begin of a line. */
  private openStep: number | null = null;

  private constructor(
    private readonly log: FileHandle,
    private readonly index: FileHandle,
    private readonly news: LogNews,
  ) {}

  /** Makes the files, or mends what a writer that died left. Throws a Fault. */
  static async open(paths: LogPaths, news: LogNews): Promise<FileLog> {
    try {
      await mkdir(dirname(paths.log), { recursive: true, mode: 0o700 });
      const writer = new FileLog(await openFile(paths.log), await openFile(paths.index), news);
      await writer.takeOver();
      return writer;
    } catch (cause) {
      throw new Fault('the log file cannot be opened', { cause, retryable: true });
    }
  }

  get sizeBytes(): number {
    return this.bytes;
  }

  get size(): LogSize {
    return { bytes: this.bytes, lines: this.lines };
  }

  /** A line that another step left unfinished is ended first: lines of two steps never mix. Throws a Fault (a full disk). */
  append(parts: readonly LogPart[], timeMs: number): Promise<void> {
    const appended = this.lane.then(async () => {
      for (const part of parts) await this.write(part, timeMs);
    });
    this.lane = appended.catch(() => undefined);
    return appended;
  }

  close(): Promise<void> {
    return (this.closed ??= this.lane.then(async () => {
      this.news.onClose();
      await this.log.close();
      await this.index.close();
    }));
  }

  private async write({ bytes, step }: LogPart, timeMs: number): Promise<void> {
    if (bytes.length === 0) return;
    if (this.openStep !== null && this.openStep !== step) {
      await this.put(Buffer.from('\n'), []);
      this.openStep = null;
    }
    const starts = lineStarts(bytes, this.bytes, this.openStep === null ? 'begins a line' : 'goes on');
    await this.put(
      bytes,
      starts.map((offset) => ({ offset, timeMs, step })),
    );
    this.openStep = bytes.at(-1) === 0x0a ? null : step;
  }

  /** At explicit places: what a failed write left is written over by the next one. */
  private async put(bytes: Buffer, records: readonly LineRecord[]): Promise<void> {
    try {
      await writeAll(this.log, bytes, this.bytes);
      await writeAll(this.index, recordBytes(records), (this.lines + 1) * RECORD_BYTES);
    } catch (cause) {
      throw new Fault('the log cannot be written', { cause, retryable: true });
    }
    this.bytes += bytes.length;
    this.lines += records.length;
    this.news.onGrowth();
  }

  private async takeOver(): Promise<void> {
    this.bytes = (await this.log.stat()).size;
    const indexed = await readIndexedPart(this.index, this.bytes);
    this.lines = indexed.lines;
    await this.index.truncate((this.lines + 1) * RECORD_BYTES);
    await writeAll(this.index, HEAD, 0);
    await scanTail(this.log, this.bytes, indexed, async (records) => {
      await writeAll(this.index, recordBytes(records), (this.lines + 1) * RECORD_BYTES);
      this.lines += records.length;
    });
    if (this.bytes > 0 && !(await endsLine(this.log, this.bytes))) this.openStep = indexed.last?.step ?? 0;
  }
}

async function openFile(path: string): Promise<FileHandle> {
  return open(path, 'r+').catch(() => open(path, 'wx+', 0o600));
}

async function endsLine(log: FileHandle, size: number): Promise<boolean> {
  const { buffer } = await log.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] === 0x0a;
}

async function writeAll(file: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}
