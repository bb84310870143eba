/** A sealed log as readers see it: of what was packed only the members are unpacked that hold what is asked for. */
import { RECORD_BYTES } from './line-index.js';
import type { LogPaths } from './log-paths.js';
import { type OpenedLog, type OpenFile, readRange } from './opened-log.js';
import type { ReadableFile } from './read-file.js';
import {
  damaged,
  END_BYTES,
  type Foot,
  FOOT_BYTES,
  MEMBER_BYTES,
  membersOfIndex,
  membersOfLog,
  readFoot,
  unpack,
} from './sealed-format.js';
import type { SealedCache } from './sealed-cache.js';
import { BLOCK_LINES, type KeptStepCounts, StepCounts } from './step-lines.js';

/** Opened when something must be read that was not read lately. */
export class SealedLog implements OpenedLog {
  private constructor(
    private readonly path: string,
    private readonly foot: Foot,
    private readonly cache: SealedCache,
    private readonly openFile: OpenFile,
    private file: Promise<ReadableFile | null> | null,
  ) {}

  /** Null when there is no such log, as far as is known without a look at the disk. */
  static known({ sealed }: LogPaths, cache: SealedCache, openFile: OpenFile): SealedLog | null {
    const foot = cache.foot(sealed);
    return foot && new SealedLog(sealed, foot, cache, openFile, null);
  }

  /** Null when there is no such log. Throws a Fault when it is damaged. */
  static async open({ sealed }: LogPaths, cache: SealedCache, openFile: OpenFile): Promise<SealedLog | null> {
    const file = await openFile(sealed);
    if (file === null) return null;
    try {
      const { size } = await file.stat();
      const foot = readFoot(await readRange(file, Math.max(0, size - FOOT_BYTES), size));
      cache.keepFoot(sealed, foot);
      return new SealedLog(sealed, foot, cache, openFile, Promise.resolve(file));
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  get bytes(): number {
    return this.foot.bytes;
  }

  lines(): Promise<number> {
    return Promise.resolve(this.foot.lines);
  }

  async read(from: number, to: number): Promise<Buffer> {
    const end = Math.min(to, this.foot.bytes);
    if (from >= end) return Buffer.alloc(0);
    const first = Math.floor(from / MEMBER_BYTES);
    const bytes = await this.members(first, Math.ceil(end / MEMBER_BYTES));
    return bytes.subarray(from - first * MEMBER_BYTES, end - first * MEMBER_BYTES);
  }

  async records(from: number, to: number): Promise<Buffer> {
    if (from >= to) return Buffer.alloc(0);
    const first = Math.floor(from / BLOCK_LINES);
    const before = membersOfLog(this.foot);
    const records = await this.members(before + first, before + Math.ceil(to / BLOCK_LINES));
    const begin = first * BLOCK_LINES;
    return records.subarray((from - begin) * RECORD_BYTES, (to - begin) * RECORD_BYTES);
  }

  async steps(): Promise<StepCounts> {
    const place = membersOfLog(this.foot) + membersOfIndex(this.foot);
    const kept = JSON.parse((await this.unpackedMembers(place, place + 1)).toString('utf8')) as KeptStepCounts;
    return StepCounts.kept(kept);
  }

  async close(): Promise<void> {
    await (await this.file?.catch(() => null))?.close();
  }

  /** Unpacked, one behind another. A single one is remembered; many are read by somebody who reads on. */
  private members(from: number, to: number): Promise<Buffer> {
    const unpackThem = () => this.unpackedMembers(from, to);
    return to - from === 1 ? this.cache.member(this.path, from, unpackThem) : unpackThem();
  }

  private async unpackedMembers(from: number, to: number): Promise<Buffer> {
    const file = await this.opened();
    const ends = await this.ends(file, from, to);
    const begin = ends[0] ?? 0;
    const bytes = await readRange(file, begin, ends.at(-1) ?? 0);
    const parts = ends.slice(1).map((end, n) => unpack(bytes.subarray((ends[n] ?? 0) - begin, end - begin)));
    const [first, ...others] = await Promise.all(parts);
    return others.length === 0 && first !== undefined ? first : Buffer.concat([first ?? Buffer.alloc(0), ...others]);
  }

  /** Where the first one begins, then where each ends. Throws a Fault when the table does not tell. */
  private async ends(file: ReadableFile, from: number, to: number): Promise<readonly number[]> {
    const { tableAt } = this.foot;
    const begin = Math.max(0, from - 1);
    const table = await readRange(file, tableAt + begin * END_BYTES, tableAt + to * END_BYTES);
    if (table.length < (to - begin) * END_BYTES) throw damaged();
    const ends = Array.from({ length: to - begin }, (_, n) => table.readUIntLE(n * END_BYTES, END_BYTES));
    return from === 0 ? [0, ...ends] : ends;
  }

  private async opened(): Promise<ReadableFile> {
    const file = await (this.file ??= this.openFile(this.path));
    if (file === null) throw damaged();
    return file;
  }
}
