/** Reads the end of a log: as much as a page shows, however long the log is. */
import type { Blobs } from '../../blobs/blobs.js';
import type { Job } from '../../model/run.js';
import type { LogTail } from './run-view.js';

/** So many lines of a log are shown. */
export const SHOWN_LINES = 50;
/** Of longer lines than these allow, fewer are shown. */
const TAIL_BYTES = 48 * 1024;

export async function lastLines(
  blobs: Blobs,
  { id, attempt, result }: Pick<Job, 'id' | 'attempt' | 'result'>,
): Promise<LogTail> {
  const size = await blobs.logSize(id, attempt);
  if (size === null || size.bytes === 0) return { lines: [], lineCount: 0, laterCount: 0 };
  const from = Math.max(0, size.bytes - TAIL_BYTES);
  const text = (await blobs.readLog(id, attempt, from, size.bytes)).toString('utf8');
  const lines = text.replace(/\n$/, '').split('\n');
  const whole = from > 0 && lines.length > 1 ? lines.slice(1) : lines;
  return { ...tellingLines(whole, result), lineCount: size.lines };
}

/** Pure. The last ones; of a job that failed those before its last error, where steps after it have printed more than is shown. */
export function tellingLines(lines: readonly string[], result: Job['result']): Pick<LogTail, 'lines' | 'laterCount'> {
  const error = result === 'failure' ? lines.findLastIndex((line) => line.startsWith('##[error]')) : -1;
  const isHidden = error >= 0 && error < lines.length - SHOWN_LINES;
  const end = isHidden ? error + 1 : lines.length;
  return { lines: lines.slice(Math.max(0, end - SHOWN_LINES), end), laterCount: lines.length - end };
}
