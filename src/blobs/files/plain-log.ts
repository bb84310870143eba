/** A log that is not sealed, as readers see it: the file that is written, and its index. */
import type { LogSize } from '../blobs.js';
import {
  type IndexedPart,
  NOTHING_INDEXED,
  offsetAt,
  readIndexedPart,
  readRecords,
  RECORD_BYTES,
} from './line-index.js';
import { scanTail } from './line-scan.js';
import type { LogPaths } from './log-paths.js';
import { type OpenedLog, type OpenFile, readRange } from './opened-log.js';
import type { ReadableFile } from './read-file.js';
import { BLOCK_LINES, StepCounts } from './step-lines.js';

/** What the writer knows of its log: more than its files say while it writes. */
export interface LiveLog {
  readonly size: LogSize;
  readonly steps: StepCounts;
}

export class PlainLog implements OpenedLog {
  private indexed: Promise<IndexedPart> | null = null;
  private counted: Promise<number> | null = null;

  private constructor(
    private readonly log: ReadableFile,
    private readonly index: ReadableFile | null,
    readonly bytes: number,
    private readonly live: { readonly lines: number; readonly steps: StepCounts } | null,
  ) {}

  /**
   * Null when there is no such log. `live`: null when nobody writes it. The index is opened first, since it goes last: a log
   * without one has lost it, and its lines are looked for in itself.
   */
  static async open(paths: LogPaths, live: LiveLog | null, openFile: OpenFile): Promise<PlainLog | null> {
    const index = await openFile(paths.index);
    const log = await openFile(paths.log);
    if (log === null) {
      await index?.close();
      return null;
    }
    const bytes = live?.size.bytes ?? (await log.stat()).size;
    return new PlainLog(log, index, bytes, live && { lines: live.size.lines, steps: live.steps });
  }

  lines(): Promise<number> {
    return (this.counted ??= this.countLines());
  }

  read(from: number, to: number): Promise<Buffer> {
    return readRange(this.log, from, Math.min(to, this.bytes));
  }

  async records(from: number, to: number): Promise<Buffer> {
    const indexed = await this.indexedPart();
    const { index } = this;
    if (index !== null && to <= indexed.lines) return readRecords(index, indexed.version, from, to);
    const found = [
      index === null
        ? Buffer.alloc(0)
        : await readRecords(index, indexed.version, Math.min(from, indexed.lines), indexed.lines),
    ];
    let line = indexed.lines;
    await scanTail(this.log, this.bytes, indexed, async (records) => {
      const wanted = [from, to].map((one) => Math.max(0, one - line) * RECORD_BYTES);
      found.push(Buffer.from(records.subarray(...wanted)));
      line += records.length / RECORD_BYTES;
    });
    return Buffer.concat(found);
  }

  async steps(): Promise<StepCounts> {
    return this.live?.steps ?? (await this.countSteps());
  }

  async close(): Promise<void> {
    await this.log.close();
    await this.index?.close();
  }

  private async countLines(): Promise<number> {
    if (this.live !== null) return this.live.lines;
    const indexed = await this.indexedPart();
    let { lines } = indexed;
    await scanTail(this.log, this.bytes, indexed, async (records) => void (lines += records.length / RECORD_BYTES));
    return lines;
  }

  private async countSteps(): Promise<StepCounts> {
    const counts = StepCounts.empty();
    const lines = await this.lines();
    for (let from = 0; from < lines; from += BLOCK_LINES) {
      const to = Math.min(lines, from + BLOCK_LINES);
      const records = await this.records(from, Math.min(lines, to + 1));
      const end = to < lines ? offsetAt(records, to - from) : this.bytes;
      counts.addRecords(records.subarray(0, (to - from) * RECORD_BYTES), end);
    }
    return counts;
  }

  private indexedPart(): Promise<IndexedPart> {
    return (this.indexed ??= this.readIndexed());
  }

  private async readIndexed(): Promise<IndexedPart> {
    if (this.index === null) return NOTHING_INDEXED;
    if (this.live !== null) return { ...NOTHING_INDEXED, lines: this.live.lines };
    return readIndexedPart(this.index, this.bytes);
  }
}
