/** What a running job says to whoever gave it: the one way out of the runner. */
import type { JobResult, Step } from '../model/run.js';

export type StartedStep = Pick<Step, 'number' | 'id' | 'name'>;
export type FinishedStep = Pick<Step, 'number' | 'id' | 'name' | 'outcome' | 'conclusion' | 'exitCode' | 'reason'>;

/**
 * Passed with each job. Calls come in order, one at a time. A call that rejects ends the job: whoever gave it does not want
 * it any more (a lost lease), so nothing further is said.
 */
export interface JobLink {
  /** Aborted when the job is to be canceled. Its reason says why. */
  readonly signal: AbortSignal;
  /** Durable before it resolves: no process of the step is spawned earlier. */
  stepStarted(step: StartedStep): Promise<void>;
  /** Also for a step that was skipped, which never started. */
  stepFinished(step: FinishedStep): Promise<void>;
  /** Bytes of the log as they come; a pending promise holds the job's output back. */
  log(bytes: Buffer, step: number): Promise<void>;
  /** The last call. */
  finished(result: JobResult): Promise<void>;
}
