/** What the output of a step said beyond text. */
import type { Annotation } from '../../model/annotation.js';

type Pairs = readonly (readonly [string, string])[];

export interface StepFindings {
  /** Masked; those that are kept. */
  readonly annotations: readonly Annotation[];
  /** By `set-output`; not masked. */
  readonly outputs: Pairs;
  /** By `save-state`; not masked. */
  readonly state: Pairs;
  /** By `set-env` and `add-path`, which few steps may use. */
  readonly env: Pairs;
  readonly paths: readonly string[];
  /** Each makes the step fail; it is in the log already. */
  readonly faults: readonly string[];
}

/** While the step runs. */
export class Findings implements StepFindings {
  readonly annotations: Annotation[] = [];
  readonly outputs: [string, string][] = [];
  readonly state: [string, string][] = [];
  readonly env: [string, string][] = [];
  readonly paths: string[] = [];
  readonly faults: string[] = [];
  /** Annotations that were one too many. */
  leftOut = 0;
}
