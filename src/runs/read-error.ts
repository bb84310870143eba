/** Reads the part of a job's log in which its failing step says what went wrong: bounded, however long the log is. */
import type { Blobs } from '../blobs/blobs.js';
import type { Job, Step } from '../model/run.js';
import { type ErrorExcerpt, excerptOf } from './find-error.js';

/** So much of a step is looked at: its end, where it is longer. A page is made of it while somebody waits. */
const MOST_BYTES = 256 * 1024;
const MOST_LINES = 5_000;

/** Null for a step that printed nothing that tells of an error. */
export async function readError(
  blobs: Blobs,
  { id, attempt }: Pick<Job, 'id' | 'attempt'>,
  { number: step }: Pick<Step, 'number'>,
): Promise<ErrorExcerpt | null> {
  const size = await blobs.stepSize(id, attempt, step);
  if (size === null || size.lines === 0) return null;
  const share = Math.min(1, MOST_BYTES / size.bytes);
  const looked = Math.max(1, Math.min(MOST_LINES, Math.floor(size.lines * share)));
  const skipped = size.lines - looked;
  const lines = await readLines(blobs, { id, attempt }, { step, from: skipped, to: size.lines });
  return excerptOf(lines, { step, skipped, lineCount: size.lines });
}

/** Of a part with a few lines that are far longer than the others, as many as come before the limit. */
async function readLines(
  blobs: Blobs,
  { id, attempt }: Pick<Job, 'id' | 'attempt'>,
  part: { readonly step: number; readonly from: number; readonly to: number },
): Promise<readonly string[]> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of blobs.readStep(id, attempt, part)) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > 2 * MOST_BYTES) break;
  }
  return Buffer.concat(chunks).toString('utf8').replace(/\n$/, '').split('\n');
}
