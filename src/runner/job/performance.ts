/** What it takes to do the work of a step, and who does it. */
import type { Clock } from '../../kernel/clock.js';
import type { PlannedStep } from '../../model/plan.js';
import type { Exit } from '../../process/running-process.js';
import type { BeforeStep } from '../before-step.js';
import type { FileHasher } from '../hash-files/file-hasher.js';
import type { Cancellation } from './cancellation.js';
import type { ReadyStep } from './decide-step.js';
import type { Ending } from './ending.js';
import type { JobLog } from './job-log.js';
import type { StepPlace } from './step-frame.js';
import type { Stops } from './step-stops.js';
import type { StepWorkParts } from './step-work.js';

export interface StepPerformerParts extends StepWorkParts {
  readonly log: JobLog;
  readonly cancellation: Cancellation;
  readonly clock: Clock;
  readonly hasher: FileHasher;
  /** Do other steps run beside? Then nothing of theirs may be ended with one. */
  readonly isShared: boolean;
  readonly beforeStep?: BeforeStep;
}

/** One performance of a step. */
export interface Performance {
  readonly step: PlannedStep;
  readonly ready: ReadyStep;
  readonly place: StepPlace;
  readonly stops: Stops;
}

/** Does a step, and is asked again by an action for each of its own. */
export interface Performer {
  readonly parts: StepPerformerParts;
  /** @param begun nothing is spawned before it resolves; the files are written meanwhile. */
  perform(on: Performance, begun: Promise<void>): Promise<Ending>;
  /** How it ended, by its exit or by what stopped it. */
  endingOf(exit: Exit | null, on: Performance): Promise<Ending>;
  fail(on: Pick<Performance, 'place'>, reason: string): Promise<Ending>;
}
