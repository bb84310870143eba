/** Reads the end of a log, or of what one step printed: as much as a page shows, however long the log is. */
import type { Blobs } from '../../blobs/blobs.js';
import type { Job, Step } from '../../model/run.js';
import type { LogTail } from './run-view.js';

/** So many lines of a log are shown. */
export const SHOWN_LINES = 50;
/** Of longer lines than these allow, fewer are shown. */
const TAIL_BYTES = 48 * 1024;
/** Lines of a step that are longer together than this are not read for a page. */
const MOST_READ_BYTES = 1024 * 1024;

/** `step`: the one that made the job fail, whose lines alone are shown; null for those of the whole job. */
export async function lastLines(
  blobs: Blobs,
  job: Pick<Job, 'id' | 'attempt'>,
  step: Pick<Step, 'number'> | null,
): Promise<LogTail> {
  return (step && (await ofStep(blobs, job, step.number))) ?? ofJob(blobs, job);
}

/** Null when it has printed nothing, or lines that are too long. */
async function ofStep(
  blobs: Blobs,
  { id, attempt }: Pick<Job, 'id' | 'attempt'>,
  step: number,
): Promise<LogTail | null> {
  const { lines: lineCount } = (await blobs.stepSize(id, attempt, step)) ?? { lines: 0 };
  if (lineCount === 0) return null;
  const wanted = { step, from: Math.max(0, lineCount - SHOWN_LINES), to: lineCount };
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of blobs.readStep(id, attempt, wanted)) {
    bytes += piece.length;
    if (bytes > MOST_READ_BYTES) return null;
    pieces.push(piece);
  }
  const all = Buffer.concat(pieces);
  const from = Math.max(0, all.length - TAIL_BYTES);
  return { of: 'step', lines: linesOf(all.subarray(from), from > 0), lineCount };
}

async function ofJob(blobs: Blobs, { id, attempt }: Pick<Job, 'id' | 'attempt'>): Promise<LogTail> {
  const size = await blobs.logSize(id, attempt);
  if (size === null || size.bytes === 0) return { of: 'job', lines: [], lineCount: 0 };
  const from = Math.max(0, size.bytes - TAIL_BYTES);
  const bytes = await blobs.readLog(id, attempt, from, size.bytes);
  return { of: 'job', lines: linesOf(bytes, from > 0).slice(-SHOWN_LINES), lineCount: size.lines };
}

/** `isCut`: the first line may have lost its begin, and is left out where it is not the only one. */
function linesOf(bytes: Buffer, isCut: boolean): readonly string[] {
  const lines = bytes.toString('utf8').replace(/\n$/, '').split('\n');
  return isCut && lines.length > 1 ? lines.slice(1) : lines;
}
