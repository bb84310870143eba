/** Decides about one step, starts it and does it, until it ends or is ended. */
import type { Clock } from '../../kernel/clock.js';
import type { PlannedStep } from '../../model/plan.js';
import { decideStep, holdsUnderCancel, type ReadyStep, type StepDecision } from './decide-step.js';
import type { Ending } from './ending.js';
import type { Exports } from './exports.js';
import type { LinkLane } from './link-lane.js';
import { StepPerformer } from './perform-step.js';
import type { StepPerformerParts } from './performance.js';
import type { StepPlace } from './step-frame.js';
import { headerLines } from './step-header.js';
import { StepStops } from './step-stops.js';
import { type Shown, StepTelling } from './step-telling.js';

export interface StepRunnerParts extends StepPerformerParts {
  readonly lane: LinkLane;
  readonly clock: Clock;
}

export class OneStep {
  readonly telling: StepTelling;
  private readonly performer: StepPerformer;

  constructor(readonly parts: StepRunnerParts) {
    this.performer = new StepPerformer(parts);
    this.telling = new StepTelling(parts);
  }

  placeOf({ number }: PlannedStep, exports: Exports): StepPlace {
    return { frame: this.parts.state.frame, exports, number, label: String(number) };
  }

  decide(step: PlannedStep, place: StepPlace): Promise<StepDecision> {
    return decideStep(step, this.parts.state.view(place, step), this.parts.hasher);
  }

  /** Starts it and does it. `alone`: of a step in the background, which that signal cancels. */
  async perform(
    step: PlannedStep,
    decision: Exclude<StepDecision, { kind: 'skip' }>,
    place: StepPlace,
    alone?: AbortSignal,
  ): Promise<Ending> {
    if (decision.kind === 'run') return this.performReady(step, decision, place, alone);
    await this.telling.start(step, decision.name);
    await this.parts.log.say(headerLines({ title: decision.name, env: {} }), step.number);
    return this.performer.fail({ place }, decision.reason);
  }

  private async performReady(
    step: PlannedStep,
    ready: ReadyStep,
    place: StepPlace,
    alone?: AbortSignal,
  ): Promise<Ending> {
    const { clock, cancellation, lane } = this.parts;
    const stops = new StepStops({
      clock,
      cancellation,
      lost: lane.lost,
      timeoutMs: ready.timeoutMs,
      status: ready.scope.status,
      // What runs in the background is canceled with the job, whatever its condition.
      holdsUnderCancel: () => alone === undefined && holdsUnderCancel(step, ready),
      alone,
    });
    const starting = this.telling.start(step, ready.name);
    try {
      return await this.telling.orBroken(step, ready.name, () =>
        this.performer.perform({ step, ready, place, stops }, starting),
      );
    } finally {
      stops.end();
    }
  }
}

export function shownOf(decision: StepDecision): Shown {
  return { name: decision.name, mayFail: decision.kind !== 'skip' && decision.mayFail };
}
