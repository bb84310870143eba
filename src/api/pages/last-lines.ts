/** Reads the end of a log: as much as a page shows, however long the log is. */
import type { Blobs } from '../../blobs/blobs.js';
import type { Job } from '../../model/run.js';
import { SHOWN_LINES } from './log-section.js';
import type { LogTail } from './run-view.js';

/** Of longer lines than these allow, fewer are shown. */
const TAIL_BYTES = 48 * 1024;

export async function lastLines(blobs: Blobs, { id, attempt }: Pick<Job, 'id' | 'attempt'>): Promise<LogTail> {
  const size = await blobs.logSize(id, attempt);
  if (size === null || size.bytes === 0) return { lines: [], lineCount: 0 };
  const from = Math.max(0, size.bytes - TAIL_BYTES);
  const text = (await blobs.readLog(id, attempt, from, size.bytes)).toString('utf8');
  const lines = text.replace(/\n$/, '').split('\n');
  const whole = from > 0 && lines.length > 1 ? lines.slice(1) : lines;
  return { lines: whole.slice(-SHOWN_LINES), lineCount: size.lines };
}
