/**
 * The index of a log: a head of 16 bytes, then one record of 16 bytes per line, in order, numbers little-endian:
 *
 * | bytes | what |
 * |---|---|
 * | 0–4 | offset of the line's first byte in the log |
 * | 5–7 | group: counts the groups of the job from 1, 0 for none |
 * | 8–13 | the lower 43 bits: when that byte came, milliseconds since 1970; the upper 5: the level, its place in `LOG_LEVELS` |
 * | 14–15 | step |
 *
 * So line n (from 0) is read at byte 16 × (n + 1), without reading any other. A group or step beyond its bytes stands as the
 * greatest number. What the index does not know yet can be found in the log; what it says beyond the log's end is passed over.
 *
 * Indexes of version 1, told by the last byte of their head, are read too: offset in bytes 0–5, time in 6–11, step in 12–13.
 */
import { LOG_LEVELS, type LogLevel } from '../../model/log.js';
import type { ReadableFile } from './read-file.js';

export const RECORD_BYTES = 16;
export const HEAD = Buffer.from('pagure log idx\0\x02', 'latin1');
const HEAD_1 = Buffer.from('pagure log idx\0\x01', 'latin1');

const TWO_32 = 0x1_0000_0000;
const MOST_GROUP = 0xff_ffff;
export const MOST_STEP = 0xffff;

/** What all lines that begin in one part of a log share. */
export interface LineMark {
  readonly timeMs: number;
  readonly step: number;
  readonly level: LogLevel;
  readonly group: number;
}

export interface LineRecord extends LineMark {
  readonly offset: number;
}

/** Room for the records of many lines, filled without making an object for any of them, and used again. */
export class RecordBuffer {
  private readonly bytes: Buffer;
  private readonly view: DataView;
  private at = 0;
  private group = 0;
  private timeLow = 0;
  private marks = 0;

  /** @param most records that it takes. */
  constructor(most: number) {
    this.bytes = Buffer.alloc(most * RECORD_BYTES);
    this.view = new DataView(this.bytes.buffer, this.bytes.byteOffset, this.bytes.length);
  }

  get isFull(): boolean {
    return this.at === this.bytes.length;
  }

  get count(): number {
    return this.at / RECORD_BYTES;
  }

  /** What the lines added from here on are. */
  mark({ timeMs, step, level, group }: LineMark): void {
    this.group = Math.min(group, MOST_GROUP) * 0x100;
    this.timeLow = timeMs % TWO_32;
    this.marks = Math.floor(timeMs / TWO_32) + LOG_LEVELS.indexOf(level) * 0x800 + Math.min(step, MOST_STEP) * 0x1_0000;
  }

  /** Only while it is not full. */
  add(offset: number): void {
    const { view, at } = this;
    view.setUint32(at, offset % TWO_32, true);
    view.setUint32(at + 4, Math.floor(offset / TWO_32) + this.group, true);
    view.setUint32(at + 8, this.timeLow, true);
    view.setUint32(at + 12, this.marks, true);
    this.at += RECORD_BYTES;
  }

  /** What was added since the last call: to be used up before anything is added. */
  take(): Buffer {
    const taken = this.bytes.subarray(0, this.at);
    this.at = 0;
    return taken;
  }
}

/** Of the n-th record in `records`. */
export function offsetAt(records: Buffer, n: number): number {
  return records.readUIntLE(n * RECORD_BYTES, 5);
}

export function stepAt(records: Buffer, n: number): number {
  return records.readUInt16LE(n * RECORD_BYTES + 14);
}

export function recordAt(records: Buffer, n: number): LineRecord {
  const at = n * RECORD_BYTES;
  const high = records.readUInt16LE(at + 12);
  return {
    offset: offsetAt(records, n),
    group: records.readUIntLE(at + 5, 3),
    timeMs: records.readUInt32LE(at + 8) + (high % 0x800) * TWO_32,
    level: LOG_LEVELS[high >> 11] ?? 'text',
    step: stepAt(records, n),
  };
}

/** What an index says of a log, leaving out what is torn or beyond the log. */
export interface IndexedPart {
  readonly version: 1 | 2;
  readonly lines: number;
  readonly last: LineRecord | null;
}

export const NOTHING_INDEXED: IndexedPart = { version: 2, lines: 0, last: null };

export async function readIndexedPart(index: ReadableFile, logBytes: number): Promise<IndexedPart> {
  const version = await versionOf(index);
  if (version === null) return NOTHING_INDEXED;
  const { size } = await index.stat();
  for (let lines = Math.floor(size / RECORD_BYTES) - 1; lines > 0; lines--) {
    const last = recordAt(await readRecords(index, version, lines - 1, lines), 0);
    if (last.offset < logBytes) return { version, lines, last };
  }
  return { ...NOTHING_INDEXED, version };
}

/** Of lines `[from, to)` that the index is known to have, in today's layout. */
export async function readRecords(index: ReadableFile, version: 1 | 2, from: number, to: number): Promise<Buffer> {
  const records = Buffer.alloc((to - from) * RECORD_BYTES);
  await index.read(records, 0, records.length, (from + 1) * RECORD_BYTES);
  return version === 2 ? records : fromVersion1(records);
}

async function versionOf(index: ReadableFile): Promise<1 | 2 | null> {
  const { buffer, bytesRead } = await index.read(Buffer.alloc(RECORD_BYTES), 0, RECORD_BYTES, 0);
  if (bytesRead < RECORD_BYTES) return null;
  if (buffer.equals(HEAD)) return 2;
  return buffer.equals(HEAD_1) ? 1 : null;
}

function fromVersion1(old: Buffer): Buffer {
  const records = new RecordBuffer(old.length / RECORD_BYTES);
  for (let at = 0; at < old.length; at += RECORD_BYTES) {
    records.mark({ timeMs: old.readUIntLE(at + 6, 6), step: old.readUInt16LE(at + 12), level: 'text', group: 0 });
    records.add(old.readUIntLE(at, 6));
  }
  return records.take();
}
