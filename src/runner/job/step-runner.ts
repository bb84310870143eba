/** Runs the steps of a job, each when its turn comes, and says what became of them. */
import type { PlannedStep } from '../../model/plan.js';
import { BackgroundSteps } from './background-steps.js';
import { plainName } from './decide-step.js';
import { SKIPPED, type Ending } from './ending.js';
import { OneStep, shownOf, type StepRunnerParts } from './one-step.js';
import type { NamedStep } from './step-telling.js';

/** Why a step is skipped that was not reached in time. */
export const TOO_LATE = 'the time for what runs after a cancel was over';

export class StepRunner {
  private readonly one: OneStep;
  private readonly background: BackgroundSteps;

  constructor(private readonly parts: StepRunnerParts) {
    this.one = new OneStep(parts);
    this.background = new BackgroundSteps(this.one);
  }

  /** Has any step been said to be started? Then the job must not be tried again. */
  get hasBegun(): boolean {
    return this.one.telling.hasBegun;
  }

  /** Why the first failing step failed, or null. */
  get firstFailure(): string | null {
    return this.one.telling.firstFailure;
  }

  /** Throws a Fault when the world broke, or the reason of a lost link. */
  async run(step: PlannedStep): Promise<void> {
    if (step.control !== null) return this.background.control(step, step.control);
    if (step.background) return this.background.start(step);
    const place = this.one.placeOf(step, this.parts.state.exports);
    const decision = await this.one.decide(step, place);
    if (decision.kind === 'skip') return this.skip(step, decision.name, null);
    await this.one.telling.finish(step, shownOf(decision), await this.one.perform(step, decision, place));
  }

  /** A step that is skipped was never started. */
  async skip(step: PlannedStep, name: string | null, reason: string | null): Promise<void> {
    const shown = { name: name ?? plainName(step), mayFail: false };
    await this.one.telling.finish(step, shown, { ...SKIPPED, reason });
  }

  /** At the latest before the `post` steps: waits for all that is left in the background, and the job takes its failures. */
  async collectRest(): Promise<void> {
    await this.background.collectRest();
  }

  /** Resolves when nothing runs in the background any more: the job has broken, and its processes are being ended. */
  async settle(): Promise<void> {
    await this.background.settle();
  }

  /** Starts a step that is no step of the file, and says how it ended. */
  async runOwn(step: NamedStep, name: string, run: () => Promise<Ending>): Promise<void> {
    const { telling } = this.one;
    await telling.start(step, name);
    await telling.finish(step, { name, mayFail: false }, await telling.orBroken(step, name, run));
  }
}
