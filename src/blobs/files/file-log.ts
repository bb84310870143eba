/** The writer of one log file and its index. */
import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Fault } from '../../kernel/errors.js';
import type { LogPart } from '../../model/log.js';
import type { LogSize, LogWriter } from '../blobs.js';
import { HEAD, offsetAt, readIndexedPart, readRecords, RECORD_BYTES, RecordBuffer } from './line-index.js';
import { addLines, scanTail } from './line-scan.js';
import type { LogPaths } from './log-paths.js';
import type { LiveLog } from './plain-log.js';
import { BLOCK_LINES, StepCounts } from './step-lines.js';

const NEWLINE = Buffer.from('\n');
/** Lines of one write to the index: more than a full pipe of ordinary lines. */
const MOST_RECORDS = 4_096;

/** Who is told of what becomes of a log. */
export interface LogNews {
  /** There is more to read than before. */
  readonly onGrowth: () => void;
  readonly onClose: () => void;
}

/** What a part added, once it is written. */
interface Added extends LogSize {
  readonly step: number;
}

/** Calls may overlap: they are carried out one after another, as they came. */
export class FileLog implements LogWriter, LiveLog {
  readonly steps = StepCounts.empty();
  private readonly records = new RecordBuffer(MOST_RECORDS);
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
      for (const path of [paths.mark, paths.log]) await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await (await open(paths.mark, 'a', 0o600)).close();
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
    const appended = this.lane.then(() => this.write(this.endedLines(parts), timeMs));
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

  /** The parts, and between them the ends of the lines that another step goes on behind. */
  private endedLines(parts: readonly LogPart[]): readonly LogPart[] {
    const whole: LogPart[] = [];
    let open = this.openStep;
    for (const part of parts) {
      if (part.bytes.length === 0) continue;
      if (open !== null && open !== part.step) whole.push({ ...part, bytes: NEWLINE, step: open });
      whole.push(part);
      open = endsLine(part.bytes) ? null : part.step;
    }
    return whole;
  }

  /**
   * Two system calls for one pipe's fill, however many lines it has. At explicit places: what a failed write left is written
   * over by the next one, and until then nobody is told of it.
   */
  private async write(parts: readonly LogPart[], timeMs: number): Promise<void> {
    const last = parts.at(-1);
    if (last === undefined) return;
    const bytes = parts.length === 1 ? last.bytes : Buffer.concat(parts.map((part) => part.bytes));
    const [logged, indexed] = await Promise.allSettled([
      writeAll(this.log, bytes, this.bytes),
      this.writeIndex(parts, timeMs),
    ]);
    if (logged.status === 'rejected') throw unwritten(logged.reason);
    if (indexed.status === 'rejected') throw unwritten(indexed.reason);
    this.grow(indexed.value);
    this.openStep = endsLine(last.bytes) ? null : last.step;
    this.news.onGrowth();
  }

  private async writeIndex(parts: readonly LogPart[], timeMs: number): Promise<readonly Added[]> {
    const added: Added[] = [];
    let [offset, line, open] = [this.bytes, this.lines, this.openStep !== null];
    const flush = async () => {
      const taken = this.records.take();
      await writeAll(this.index, taken, (line + 1) * RECORD_BYTES);
      line += taken.length / RECORD_BYTES;
    };
    this.records.take();
    for (const { bytes, step, level, group } of parts) {
      this.records.mark({ timeMs, step, level, group });
      const lines = await addLines(this.records, bytes, { offset, first: open ? 'goes on' : 'begins a line' }, flush);
      added.push({ step, bytes: bytes.length, lines });
      offset += bytes.length;
      open = !endsLine(bytes);
    }
    if (this.records.count > 0) await flush();
    return added;
  }

  private grow(added: readonly Added[]): void {
    for (const one of added) {
      this.steps.add(one.step, one);
      this.bytes += one.bytes;
      this.lines += one.lines;
    }
  }

  /** An index of another version is made anew: its attempt was lost with the program that wrote it. */
  private async takeOver(): Promise<void> {
    const { size } = await this.log.stat();
    const found = await readIndexedPart(this.index, size);
    const known = found.version === 2 ? found : { ...found, lines: 0, last: null };
    await this.index.truncate((known.lines + 1) * RECORD_BYTES);
    await writeAll(this.index, HEAD, 0);
    this.lines = known.lines;
    await scanTail(this.log, size, known, async (records) => {
      await writeAll(this.index, records, (this.lines + 1) * RECORD_BYTES);
      this.lines += records.length / RECORD_BYTES;
    });
    const step = await this.countSteps(size);
    this.bytes = size;
    if (size > 0 && !(await endsFile(this.log, size))) this.openStep = step;
  }

  /** The step of the last line. */
  private async countSteps(size: number): Promise<number> {
    let last = 0;
    for (let from = 0; from < this.lines; from += BLOCK_LINES) {
      const to = Math.min(this.lines, from + BLOCK_LINES);
      const records = await readRecords(this.index, 2, from, Math.min(this.lines, to + 1));
      const own = records.subarray(0, (to - from) * RECORD_BYTES);
      this.steps.addRecords(own, to < this.lines ? offsetAt(records, to - from) : size);
      last = own.readUInt16LE(own.length - 2);
    }
    return last;
  }
}

async function openFile(path: string): Promise<FileHandle> {
  return open(path, 'r+').catch(() => open(path, 'wx+', 0o600));
}

function endsLine(bytes: Buffer): boolean {
  return bytes.at(-1) === 0x0a;
}

async function endsFile(log: FileHandle, size: number): Promise<boolean> {
  const { buffer } = await log.read(Buffer.alloc(1), 0, 1, size - 1);
  return endsLine(buffer);
}

async function writeAll(file: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}

function unwritten(cause: unknown): Fault {
  return new Fault('the log cannot be written', { cause, retryable: true });
}
