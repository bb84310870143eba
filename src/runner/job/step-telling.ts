/** Says of the steps of a job when they start and what they came to; what that means for the job is kept here. */
import { messageOf } from '../../kernel/errors.js';
import type { PlannedStep } from '../../model/plan.js';
import { endOf, failed, type Ending } from './ending.js';
import type { JobLog } from './job-log.js';
import type { JobState } from './job-state.js';
import type { LinkLane } from './link-lane.js';

export interface StepTellingParts {
  readonly lane: LinkLane;
  readonly log: JobLog;
  readonly state: JobState;
}

/** How a step is called, and whether its failure is forgiven. */
export interface Shown {
  readonly name: string;
  readonly mayFail: boolean;
}

export type NamedStep = Pick<PlannedStep, 'number' | 'id'>;

export class StepTelling {
  private begun = false;
  private failure: string | null = null;

  constructor(private readonly parts: StepTellingParts) {}

  /** Has any step been said to be started? Then the job must not be tried again. */
  get hasBegun(): boolean {
    return this.begun;
  }

  /** Why the first failing step failed, or null. */
  get firstFailure(): string | null {
    return this.failure;
  }

  async start({ number, id }: NamedStep, name: string): Promise<void> {
    this.begun = true;
    await this.parts.lane.stepStarted({ number, id, name });
  }

  /** From now on the others see what it gave, and its failure is that of the job. */
  async finish(step: NamedStep, shown: Shown, ending: Ending): Promise<void> {
    const end = endOf(ending, shown.mayFail);
    if (end.conclusion === 'failure') this.failure ??= `${shown.name}: ${ending.reason}`;
    this.parts.state.frame.stepEnded(step.id, end);
    await this.report(step, shown, ending);
  }

  /** Told, and nothing more: whoever collects the step sees to the rest. */
  async report({ number, id }: NamedStep, { name, mayFail }: Shown, ending: Ending): Promise<void> {
    const { conclusion } = endOf(ending, mayFail);
    await this.parts.lane.stepFinished({ ...ending, number, id, name, conclusion });
  }

  /** The job fails although none of its steps in order did. */
  failJob(reason: string | null): void {
    this.failure ??= reason;
    this.parts.state.frame.fail();
  }

  /** Our own failure is said on the step, before the job ends with it. */
  async orBroken(step: NamedStep, name: string, run: () => Promise<Ending>): Promise<Ending> {
    try {
      return await run();
    } catch (thrown) {
      if (!this.parts.lane.lost.aborted) await this.broke(step, name, messageOf(thrown));
      throw thrown;
    }
  }

  private async broke(step: NamedStep, name: string, reason: string): Promise<void> {
    await this.parts.log.say([`##[error]${reason}`], step.number);
    await this.report(step, { name, mayFail: false }, { ...failed(reason), outcome: 'error' });
  }
}
