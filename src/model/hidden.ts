/** What of a job's outputs is masked wherever it is shown, and goes unchanged to the jobs that need it. */

/** What stands in the place of a masked value. */
export const STARS = '***';

export interface HiddenOutputs {
  /** As the job gave them. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Values in them that are to be masked. */
  readonly masks: readonly string[];
}

/** By job, of those that have some. */
export type HiddenOfJobs = ReadonlyMap<number, HiddenOutputs>;
