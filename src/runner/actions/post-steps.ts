/** What actions want to be run at the end of the job, the last one first. */
import type { Env } from '../job/environment.js';
import type { ReadyStep } from '../job/decide-step.js';
import type { StepFrame } from '../job/step-frame.js';

export interface PostStep {
  readonly name: string;
  /** Expression without `${{ }}`. */
  readonly condition: string;
  readonly argv: readonly string[];
  /** The calling step, as it was when its `main` ran. */
  readonly main: ReadyStep;
  readonly stepId: string;
  readonly frame: StepFrame;
  /** Absolute folder of the action. */
  readonly folder: string;
  /** `INPUT_…`. */
  readonly inputs: Env;
}

/** A `post` and what its `main` saves for it. */
interface Registered {
  readonly post: PostStep;
  state: Env;
}

export class PostSteps {
  private readonly registered: Registered[] = [];

  /** Before `main` runs: its `post` runs whatever becomes of it. Returns what takes the state that `main` saves. */
  register(post: PostStep): (state: readonly (readonly [string, string])[]) => void {
    const entry: Registered = { post, state: {} };
    this.registered.push(entry);
    return (pairs) => {
      entry.state = { ...entry.state, ...Object.fromEntries(pairs.map(([name, value]) => [`STATE_${name}`, value])) };
    };
  }

  /** The last registered first. `STATE_…` is in `state`. */
  get all(): readonly { readonly post: PostStep; readonly state: Env }[] {
    return this.registered.toReversed();
  }
}
