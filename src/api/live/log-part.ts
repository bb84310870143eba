/** Which bytes of a log a query asks for, found by the index of its lines. */
import type { Blobs, LogName, StepLines } from '../../blobs/blobs.js';
import type { ByteRange } from '../byte-range.js';
import type { LogQuery } from './log-query.js';

/** What a part of another kind than bytes is asked for by. */
export function asksForPart({ from_line, to_line, tail, from_byte }: LogQuery): boolean {
  return [from_line, to_line, tail, from_byte].some((value) => value !== undefined);
}

/** Of a log that is there or not; what is not there (yet) makes the part shorter. */
export async function logPart(blobs: Blobs, { jobId, attempt }: LogName, query: LogQuery): Promise<ByteRange> {
  const { from_line, to_line, tail, from_byte } = query;
  const first = tail === undefined ? Number(from_line ?? 1) - 1 : -Number(tail) || Infinity;
  const { from, to } = await blobs.findLines(jobId, attempt, first, Number(to_line ?? Infinity));
  return { from: Math.min(Number(from_byte ?? from), to), to };
}

/** Which lines of one step a query asks for, and how much of the step is there. */
export interface StepPart extends StepLines {
  readonly sizeBytes: number;
}

/** Null for a query that asks for no step. */
export async function stepPart(blobs: Blobs, log: LogName, query: LogQuery): Promise<StepPart | null> {
  if (query.step === undefined) return null;
  const step = Number(query.step);
  const { bytes, lines } = (await blobs.stepSize(log.jobId, log.attempt, step)) ?? { bytes: 0, lines: 0 };
  const { from_line, to_line, tail } = query;
  const to = Math.min(lines, Number(to_line ?? lines));
  const begin = tail === undefined ? Number(from_line ?? 1) - 1 : Math.max(0, lines - Number(tail));
  return { step, from: Math.min(begin, to), to, sizeBytes: bytes };
}
