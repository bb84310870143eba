/** What an `action.yml` declares, as far as it can be run here. */
import type { PlannedStep, Template, Templates } from '../../model/plan.js';

export interface Action {
  /** As it is written, or null. */
  readonly name: string | null;
  readonly inputs: readonly ActionInput[];
  readonly runs: CompositeAction | JavaScriptAction | OtherAction;
}

export interface ActionInput {
  readonly name: string;
  /** Null when the file gives none. */
  readonly default: Template;
  /** Said when somebody gives the input; or null. */
  readonly deprecation: string | null;
}

export interface CompositeAction {
  readonly kind: 'composite';
  readonly steps: readonly PlannedStep[];
  readonly outputs: Templates;
}

/** Paths are relative to the folder of the action. */
export interface JavaScriptAction {
  readonly kind: 'javascript';
  /** `node20`, `node24` … */
  readonly using: string;
  readonly main: string;
  readonly pre: string | null;
  readonly post: string | null;
  /** Expression without `${{ }}`. */
  readonly postIf: string;
}

/** `docker`, or a word that nobody knows. */
export interface OtherAction {
  readonly kind: 'other';
  readonly using: string;
}
