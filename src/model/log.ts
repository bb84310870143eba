/** The log of a job as its runner tells it: bytes of one step, and what their lines are. */

/** What a line is: `text` is what a program printed; the others are made of the log commands, and of what the runner says. */
export const LOG_LEVELS = ['text', 'group', 'endgroup', 'command', 'debug', 'notice', 'warning', 'error'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

/** Every line that begins in `bytes` is of this step, group and level. */
export interface LogPart {
  /** Masked. Whole lines, or the begin or the rest of a line that is too long to be kept back. */
  readonly bytes: Buffer;
  readonly step: number;
  readonly level: LogLevel;
  /** Counts the groups of the job from 1; 0 for a line in none. The heading and the end of a group belong to it. */
  readonly group: number;
}

/** What a program printed, in no group. */
export function textPart(bytes: Buffer | string, step: number): LogPart {
  return { bytes: typeof bytes === 'string' ? Buffer.from(bytes) : bytes, step, level: 'text', group: 0 };
}
