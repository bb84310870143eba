/** A look at a step right before it runs: for whoever wants to stop there. */
import type { PlannedJob, PlannedStep } from '../model/plan.js';

export interface StepAboutToRun {
  readonly job: PlannedJob;
  readonly step: PlannedStep;
  /** As the log shows it. */
  readonly name: string;
  /** What will be started, one after another. */
  readonly commands: readonly { readonly argv: readonly string[] }[];
  /** Absolute, as the job sees it. */
  readonly cwd: string;
  /** The whole environment, secrets included. */
  readonly env: Readonly<Record<string, string>>;
}

/** The step waits for it. What it rejects with is taken for a broken world. Called at the same time for steps of several jobs. */
export type BeforeStep = (step: StepAboutToRun) => Promise<void>;
