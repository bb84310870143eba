/** The end of a log that its index does not know, because the writer died in between. */
import type { FileHandle } from 'node:fs/promises';
import { lineStarts, type IndexedPart, type LineRecord } from './line-index.js';

const CHUNK_BYTES = 256 * 1024;

/** Calls `found` with the lines behind the indexed ones; they get the step and the time of the last indexed line. */
export async function scanTail(
  log: FileHandle,
  logBytes: number,
  indexed: IndexedPart,
  found: (records: readonly LineRecord[]) => Promise<void>,
): Promise<void> {
  const { timeMs, step } = indexed.last ?? { timeMs: 0, step: 0 };
  const chunk = Buffer.alloc(CHUNK_BYTES);
  let endsLine = indexed.last === null;
  for (let at = indexed.last?.offset ?? 0; at < logBytes;) {
    const { bytesRead } = await log.read(chunk, 0, Math.min(CHUNK_BYTES, logBytes - at), at);
    if (bytesRead === 0) return;
    const part = chunk.subarray(0, bytesRead);
    const starts = lineStarts(part, at, endsLine ? 'begins a line' : 'goes on');
    await found(starts.map((offset) => ({ offset, timeMs, step })));
    endsLine = part[bytesRead - 1] === 0x0a;
    at += bytesRead;
  }
}
