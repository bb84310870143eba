/** Everything between what the steps of a job print and its link: masks, log commands, problem matchers, the limit of the log. */
import type { Session } from '../../executor/executor.js';
import type { Clock } from '../../kernel/clock.js';
import { type Annotation, MOST_ANNOTATIONS } from '../../model/annotation.js';
import type { JobOrder } from '../../model/job-order.js';
import { annotationOf } from '../output/annotation-texts.js';
import { LogQueue } from '../output/log-queue.js';
import { Matchers } from '../output/matchers.js';
import type { SharedOutput } from '../output/shared-output.js';
import { StepLines } from '../output/step-lines.js';
import { StepOutput, type StepOutputOptions } from '../output/step-output.js';
import type { LinkLane } from './link-lane.js';

export interface JobLogParts {
  readonly order: JobOrder;
  readonly lane: LinkLane;
  readonly session: Pick<Session, 'workspace' | 'read'>;
  readonly clock: Clock;
}

/** Its promises reject only when the link is lost. */
export class JobLog {
  private readonly shared: SharedOutput;
  /** What the runner itself says, by step. */
  private readonly said = new Map<number, StepLines>();

  constructor({ order, lane, session, clock }: JobLogParts) {
    const debug = isDebugging(order);
    const queue = new LogQueue((waiting) => lane.log(waiting), order.limits.logBytes);
    const counters = { echo: debug, groups: 0, annotationsLeft: MOST_ANNOTATIONS };
    this.shared = { masker: lane.masker, matchers: new Matchers(), queue, session, clock, debug, ...counters };
  }

  /** Takes the output of one command of a step. Several may be open at once: their lines never mix. */
  step(options: StepOutputOptions): StepOutput {
    return new StepOutput(this.shared, options);
  }

  /** Lines of the runner's own. What a command has printed before is in the log when its output was ended. */
  async say(lines: readonly string[], step: number): Promise<void> {
    const said = this.said.get(step) ?? new StepLines(this.shared, step);
    this.said.set(step, said);
    for (const line of lines) said.say(line);
    await this.shared.queue.pressure();
  }

  /** What a step itself failed of, to be kept with it as what its commands point out; none when the job has too many. */
  failureOf(message: string): readonly Annotation[] {
    const { shared } = this;
    if (shared.annotationsLeft === 0) return [];
    shared.annotationsLeft -= 1;
    return [
      annotationOf({ level: 'error', message }, shared.session.workspace, (text) => shared.masker.maskText(text)),
    ];
  }
}

/** A secret or a variable of the project turns it on. */
function isDebugging({ secrets, contexts }: JobOrder): boolean {
  return [secrets['ACTIONS_STEP_DEBUG'], contexts.vars['ACTIONS_STEP_DEBUG']].includes('true');
}
