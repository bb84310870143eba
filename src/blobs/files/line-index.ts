/**
 * The index of a log: a head of 16 bytes, then one record of 16 bytes per line, in order, numbers little-endian:
 *
 * | bytes | what |
 * |---|---|
 * | 0–5 | offset of the line's first byte in the log |
 * | 6–11 | when that byte came, milliseconds since 1970 |
 * | 12–13 | step |
 * | 14–15 | 0, kept for what a line may be marked with |
 *
 * So line n (from 0) is read at byte 16 × (n + 1), without reading any other. The log is written first: an index may end
 * too early, and what follows can be found in the log; it never ends too late, but for a machine that lost its power.
 */
import type { FileHandle } from 'node:fs/promises';

export const RECORD_BYTES = 16;
export const HEAD = Buffer.from('pagure log idx\0\x01', 'latin1');

export interface LineRecord {
  readonly offset: number;
  readonly timeMs: number;
  readonly step: number;
}

export function recordBytes(records: readonly LineRecord[]): Buffer {
  const bytes = Buffer.alloc(records.length * RECORD_BYTES);
  records.forEach((record, i) => {
    bytes.writeUIntLE(record.offset, i * RECORD_BYTES, 6);
    bytes.writeUIntLE(record.timeMs, i * RECORD_BYTES + 6, 6);
    bytes.writeUInt16LE(Math.min(record.step, 0xffff), i * RECORD_BYTES + 12);
  });
  return bytes;
}

/** Where each line begins in `bytes`, which are the log's from `offset` on. */
export function lineStarts(bytes: Buffer, offset: number, first: 'begins a line' | 'goes on'): readonly number[] {
  const starts = first === 'begins a line' && bytes.length > 0 ? [offset] : [];
  for (let end = bytes.indexOf(0x0a); end >= 0 && end + 1 < bytes.length; end = bytes.indexOf(0x0a, end + 1)) {
    starts.push(offset + end + 1);
  }
  return starts;
}

/** What an index says of a log of `logBytes`, leaving out what is torn or beyond the log. */
export interface IndexedPart {
  readonly lines: number;
  readonly last: LineRecord | null;
}

export async function readIndexedPart(index: FileHandle, logBytes: number): Promise<IndexedPart> {
  if (!(await startsWithHead(index))) return { lines: 0, last: null };
  const { size } = await index.stat();
  for (let lines = Math.floor(size / RECORD_BYTES) - 1; lines > 0; lines--) {
    const last = await readRecord(index, lines - 1);
    if (last.offset < logBytes) return { lines, last };
  }
  return { lines: 0, last: null };
}

async function startsWithHead(index: FileHandle): Promise<boolean> {
  const { buffer, bytesRead } = await index.read(Buffer.alloc(RECORD_BYTES), 0, RECORD_BYTES, 0);
  return bytesRead === RECORD_BYTES && buffer.equals(HEAD);
}

/** Of a line that the index is known to have. */
export async function readRecord(index: FileHandle, line: number): Promise<LineRecord> {
  const { buffer } = await index.read(Buffer.alloc(RECORD_BYTES), 0, RECORD_BYTES, (line + 1) * RECORD_BYTES);
  return { offset: buffer.readUIntLE(0, 6), timeMs: buffer.readUIntLE(6, 6), step: buffer.readUInt16LE(12) };
}
