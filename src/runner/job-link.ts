/** What a running job says to whoever gave it: the one way out of the runner. */
import type { Annotation } from '../model/annotation.js';
import type { LogPart } from '../model/log.js';
import type { JobResult, Step } from '../model/run.js';

export type StartedStep = Pick<Step, 'number' | 'id' | 'name'>;

export interface FinishedStep extends Pick<
  Step,
  'number' | 'id' | 'name' | 'outcome' | 'conclusion' | 'exitCode' | 'reason'
> {
  /** Masked. What the step gave, for those who look; other steps have them from the runner. */
  readonly outputs: Readonly<Record<string, string>>;
  /** In the order in which they were made; at most `MOST_ANNOTATIONS` in all steps of a job. */
  readonly annotations: readonly Annotation[];
  /** Markdown, masked, at most 1 MiB; null when the step wrote none. */
  readonly summary: string | null;
}

/**
 * Passed with each job. Calls come in order, one at a time; several steps may be started and not finished (background steps).
 * A call that rejects ends the job: whoever gave it does not want it any more (a lost lease), so nothing further is said.
 */
export interface JobLink {
  /** Aborted when the job is to be canceled. Its reason says why. */
  readonly signal: AbortSignal;
  /** Durable before it resolves: no process of the step is spawned earlier. */
  stepStarted(step: StartedStep): Promise<void>;
  /** Also for a step that was skipped, which never started. */
  stepFinished(step: FinishedStep): Promise<void>;
  /** Parts of the log as they come; a pending promise holds the job's output back. */
  log(parts: readonly LogPart[]): Promise<void>;
  /** The last call. */
  finished(result: JobResult): Promise<void>;
}
