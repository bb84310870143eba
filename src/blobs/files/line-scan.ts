/** Finds where lines begin, in what is written and in the end of a log that its index does not know. */
import { type IndexedPart, type LineMark, RecordBuffer } from './line-index.js';
import type { ReadableFile } from './read-file.js';

const NEWLINE = 0x0a;
const CHUNK_BYTES = 256 * 1024;
const MOST_RECORDS = 4_096;
const UNKNOWN: LineMark = { timeMs: 0, step: 0, level: 'text', group: 0 };

/** Where a line may begin: at the first byte of the bytes, or only after the first end of a line in them. */
export type FirstByte = 'begins a line' | 'goes on';

/** Adds the lines that begin in `bytes`, the log's from `offset` on; `full` empties the records as often as they are full. */
export async function addLines(
  records: RecordBuffer,
  bytes: Buffer,
  at: { readonly offset: number; readonly first: FirstByte },
  full: () => Promise<void>,
): Promise<number> {
  let lines = 0;
  let next = at.first === 'begins a line' ? 0 : bytes.indexOf(NEWLINE) + 1;
  if (next === 0 && at.first === 'goes on') return 0;
  for (; next < bytes.length; lines += 1) {
    if (records.isFull) await full();
    records.add(at.offset + next);
    const end = bytes.indexOf(NEWLINE, next);
    next = end < 0 ? bytes.length : end + 1;
  }
  return lines;
}

/** Calls `found` with the records of the lines behind the indexed ones; they are marked as the last indexed line is, as text. */
export async function scanTail(
  log: ReadableFile,
  logBytes: number,
  { last }: IndexedPart,
  found: (records: Buffer) => Promise<void>,
): Promise<void> {
  const records = new RecordBuffer(MOST_RECORDS);
  records.mark({ ...(last ?? UNKNOWN), level: 'text' });
  const give = () => found(records.take());
  const chunk = Buffer.alloc(Math.min(CHUNK_BYTES, logBytes));
  let endsLine = last === null;
  for (let at = last?.offset ?? 0; at < logBytes;) {
    const { bytesRead } = await log.read(chunk, 0, Math.min(chunk.length, logBytes - at), at);
    if (bytesRead === 0) break;
    const first = endsLine ? 'begins a line' : 'goes on';
    await addLines(records, chunk.subarray(0, bytesRead), { offset: at, first }, give);
    endsLine = chunk[bytesRead - 1] === NEWLINE;
    at += bytesRead;
  }
  if (records.count > 0) await give();
}
