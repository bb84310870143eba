/** Which bytes of a log a query asks for, found by the index of its lines. */
import type { Blobs } from '../../blobs/blobs.js';
import type { ByteRange } from '../byte-range.js';
import type { LogQuery } from './log-query.js';

/** One log: of one attempt of one job. */
export interface LogName {
  readonly jobId: number;
  readonly attempt: number;
}

/** What a part of another kind than bytes is asked for by. */
export function asksForPart({ from_line, to_line, tail, from_byte }: LogQuery): boolean {
  return [from_line, to_line, tail, from_byte].some((value) => value !== undefined);
}

/** Of a log that is there or not; what is not there (yet) makes the part shorter. */
export async function logPart(blobs: Blobs, { jobId, attempt }: LogName, query: LogQuery): Promise<ByteRange> {
  const { bytes, lines } = (await blobs.logSize(jobId, attempt)) ?? { bytes: 0, lines: 0 };
  const offsetOf = (line: number) => blobs.lineOffset(jobId, attempt, line);
  const { from_line, to_line, tail, from_byte } = query;
  const to = to_line === undefined ? bytes : await offsetOf(Number(to_line));
  return { from: Math.min(await begin(), to), to };

  async function begin(): Promise<number> {
    if (from_byte !== undefined) return Number(from_byte);
    if (from_line !== undefined) return offsetOf(Number(from_line) - 1);
    return tail === undefined ? 0 : offsetOf(Math.max(0, lines - Number(tail)));
  }
}
