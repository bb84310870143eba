/** What is to be done for a step, and what its environment is. */
import type { Session } from '../../executor/executor.js';
import type { JobOrder } from '../../model/job-order.js';
import type { PlannedStep, Templates } from '../../model/plan.js';
import type { CompositeAction } from '../../pipeline/index.js';
import type { Nodes } from '../actions/nodes.js';
import type { PostStep, PostSteps } from '../actions/post-steps.js';
import type { ToolVerdict } from '../actions/tool-check.js';
import type { ReadyStep } from './decide-step.js';
import { ownNames, stepEnvironment, type Env } from './environment.js';
import type { JobState } from './job-state.js';
import type { StepFiles } from './step-files.js';
import type { StepPlace } from './step-frame.js';
import type { StepHeader } from './step-header.js';

/** What all kinds of work have. */
interface Prepared {
  readonly header: StepHeader;
  readonly cwd: string;
  readonly env: Env;
  /** Said in the log before it is done. */
  readonly warnings?: readonly string[];
}

export interface CommandWork extends Prepared {
  readonly kind: 'commands';
  /** Run one after another until one fails. */
  readonly commands: readonly { readonly argv: readonly string[] }[];
  /** What the step gives beyond what it writes to GITHUB_OUTPUT. */
  readonly outputs: Env;
  /** Null for what knows no command files. */
  readonly files: StepFiles | null;
  /** What is to be run at the end of the job, whatever becomes of this. */
  readonly post?: PostStep | null;
}

/** Asks a program before it is known what is to be done, or whether all is there already. */
export interface CheckWork extends Prepared {
  readonly kind: 'check';
  readonly check: {
    readonly argv: readonly string[];
    readonly judge: (printed: string) => ToolVerdict | CommandWork;
  };
}

export interface CompositeWork extends Prepared {
  readonly kind: 'composite';
  readonly action: CompositeAction;
  /** Absolute. */
  readonly folder: string;
  readonly inputs: Env;
  /** Lower case. */
  readonly outsideInputs: ReadonlySet<string>;
  /** `env` of the calling step as it is written. */
  readonly writtenEnv: Templates;
}

export interface RefusedWork {
  readonly kind: 'refused';
  readonly reason: string;
  readonly header: StepHeader;
}

export type StepWork = CommandWork | CheckWork | CompositeWork | RefusedWork;

export interface StepWorkParts {
  readonly order: JobOrder;
  readonly session: Session;
  readonly state: JobState;
  readonly nodes: Nodes;
  readonly posts: PostSteps;
}

/** A step with all that its work is made of. */
export interface StepAtHand {
  readonly step: PlannedStep;
  readonly ready: ReadyStep;
  readonly place: StepPlace;
  readonly files: StepFiles;
}

export function headerOf({ name, scope }: ReadyStep): StepHeader {
  return { title: name, env: scope.env };
}

/** The environment of a step; `actionPath` where it is not that of the action which the step is part of. */
export function environmentOf(
  { ready, files }: Pick<StepAtHand, 'ready' | 'files'>,
  { session, state }: StepWorkParts,
  actionPath?: string,
): Env {
  const { view, scope } = ready;
  const github = { ...scope.contexts.github, ...(actionPath === undefined ? {} : { action_path: actionPath }) };
  return stepEnvironment({
    base: session.baseEnv,
    declared: state.declaredEnv,
    exported: view.exported,
    step: { ...view.callersEnv, ...ready.env },
    paths: view.paths,
    own: ownNames(github, state.runner, files.names),
  });
}
