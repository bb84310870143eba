/**
 * A sealed log in one file: gzip members one behind another, each packed for itself, so that any part is unpacked alone.
 *
 * | what | packed in it |
 * |---|---|
 * | members of the log | 64 KiB of it each, the last one what is left: `zcat` gives the log first |
 * | members of the index | the records of 1,024 lines each (files/line-index.ts, without its head) |
 * | one member | how many lines of each step stand in which 1,024 lines (files/step-lines.ts), as JSON |
 * | 0 | one byte, where programs that unpack gzip stop |
 * | table | 6 bytes for each member: where it ends in the file |
 * | foot | 40 bytes: `pagure log seal` and a version, then 6 bytes each: bytes and lines of the log, where the table begins; 0 |
 *
 * Numbers are little-endian.
 */
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { Fault } from '../../kernel/errors.js';
import type { LogSize } from '../blobs.js';
import { BLOCK_LINES } from './step-lines.js';

export const MEMBER_BYTES = 64 * 1024;
export const END_BYTES = 6;
export const FOOT_BYTES = 40;
const MAGIC = Buffer.from('pagure log seal\x01', 'latin1');
/** A tenth larger than by the default, for half of its time: the next job wants the core. */
const LEVEL = 3;

const packed = promisify<Buffer, { level: number }, Buffer>(gzip);
const unpacked = promisify<Buffer, Buffer>(gunzip);

export interface Foot extends LogSize {
  readonly tableAt: number;
}

export function pack(bytes: Buffer): Promise<Buffer> {
  return packed(bytes, { level: LEVEL });
}

/** Throws a Fault when it is not what was packed. */
export async function unpack(member: Buffer): Promise<Buffer> {
  return unpacked(member).catch((cause: unknown) => {
    throw damaged(cause);
  });
}

export function footBytes({ bytes, lines, tableAt }: Foot): Buffer {
  const foot = Buffer.alloc(FOOT_BYTES);
  MAGIC.copy(foot);
  [bytes, lines, tableAt].forEach((number, n) => foot.writeUIntLE(number, MAGIC.length + 6 * n, 6));
  return foot;
}

/** Throws a Fault when it is none. */
export function readFoot(foot: Buffer): Foot {
  if (foot.length < FOOT_BYTES || !foot.subarray(0, MAGIC.length).equals(MAGIC)) throw damaged();
  const [bytes = 0, lines = 0, tableAt = 0] = [0, 1, 2].map((n) => foot.readUIntLE(MAGIC.length + 6 * n, 6));
  return { bytes, lines, tableAt };
}

export function membersOfLog({ bytes }: LogSize): number {
  return Math.ceil(bytes / MEMBER_BYTES);
}

export function membersOfIndex({ lines }: LogSize): number {
  return Math.ceil(lines / BLOCK_LINES);
}

export function damaged(cause?: unknown): Fault {
  return new Fault('a sealed log is damaged', { cause, retryable: false });
}
