/** Runs one step of a job: decides, starts, stops, and says what became of it. */
import type { Clock } from '../../kernel/clock.js';
import { messageOf } from '../../kernel/errors.js';
import type { PlannedStep, StepControl } from '../../model/plan.js';
import { Background, type BackgroundEnd, type BackgroundEntry, type BackgroundPlace } from './background.js';
import { decideStep, holdsUnderCancel, plainName, type ReadyStep, type StepDecision } from './decide-step.js';
import { canceled, endOf, failed, SKIPPED, succeeded, type Ending } from './ending.js';
import type { Exports } from './exports.js';
import type { LinkLane } from './link-lane.js';
import { StepPerformer } from './perform-step.js';
import type { StepPerformerParts } from './performance.js';
import type { StepPlace } from './step-frame.js';
import { headerLines } from './step-header.js';
import { StepStops } from './step-stops.js';

/** Why a step is skipped that was not reached in time. */
export const TOO_LATE = 'the time for what runs after a cancel was over';

export interface StepRunnerParts extends StepPerformerParts {
  readonly lane: LinkLane;
  readonly clock: Clock;
}

interface Shown {
  readonly name: string;
  readonly mayFail: boolean;
}

type NamedStep = Pick<PlannedStep, 'number' | 'id'>;

export class StepRunner {
  private readonly performer: StepPerformer;
  private readonly background = new Background();
  private begun = false;
  private failure: string | null = null;

  constructor(private readonly parts: StepRunnerParts) {
    this.performer = new StepPerformer(parts);
  }

  /** Has any step been said to be started? Then the job must not be tried again. */
  get hasBegun(): boolean {
    return this.begun;
  }

  /** Why the first failing step failed, or null. */
  get firstFailure(): string | null {
    return this.failure;
  }

  /** Throws a Fault when the world broke, or the reason of a lost link. */
  async run(step: PlannedStep): Promise<void> {
    const { state, hasher } = this.parts;
    if (step.control !== null) return this.control(step, step.control);
    if (step.background) return this.toBackground(step);
    const place = this.placeOf(step, state.exports);
    const decision = await decideStep(step, state.view(place, step), hasher);
    if (decision.kind === 'skip') return this.skip(step, decision.name, null);
    await this.finish(step, shownOf(decision), await this.perform(step, decision, place));
  }

  /** A step that is skipped was never started. */
  async skip(step: PlannedStep, name: string | null, reason: string | null): Promise<void> {
    await this.finish(step, { name: name ?? plainName(step), mayFail: false }, { ...SKIPPED, reason });
  }

  /** At the latest before the `post` steps: waits for all that is left in the background, and the job takes its failures. */
  async collectRest(): Promise<void> {
    const { outcome, reason } = await this.collect(this.background.take(null));
    if (outcome !== 'failure') return;
    this.failure ??= reason;
    this.parts.state.frame.fail();
  }

  /** Resolves when nothing runs in the background any more: the job has broken, and its processes are being ended. */
  async settle(): Promise<void> {
    await Promise.allSettled(this.background.take(null).map(({ ended }) => ended));
  }

  /** Starts a step that is no step of the file, and says how it ended. */
  async runOwn(step: NamedStep, name: string, run: () => Promise<Ending>): Promise<void> {
    await this.start(step, name);
    await this.finish(step, { name, mayFail: false }, await this.orBroken(step, name, run));
  }

  private placeOf({ number }: PlannedStep, exports: Exports): StepPlace {
    return { frame: this.parts.state.frame, exports, number, label: String(number) };
  }

  private async perform(
    step: PlannedStep,
    decision: Exclude<StepDecision, { kind: 'skip' }>,
    place: StepPlace,
    alone?: AbortSignal,
  ): Promise<Ending> {
    if (decision.kind === 'run') return this.performReady(step, decision, place, alone);
    await this.start(step, decision.name);
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
    const starting = this.start(step, ready.name);
    try {
      return await this.orBroken(step, ready.name, () =>
        this.performer.perform({ step, ready, place, stops }, starting),
      );
    } finally {
      stops.end();
    }
  }

  private async toBackground(step: PlannedStep): Promise<void> {
    const { state, hasher } = this.parts;
    const decision = await decideStep(step, state.view(this.placeOf(step, state.exports), step), hasher);
    this.background.start(step, state.exports, (place) => this.inBackground(step, decision, place));
  }

  private async inBackground(
    step: PlannedStep,
    decision: StepDecision,
    { exports, alone, slot }: BackgroundPlace,
  ): Promise<BackgroundEnd> {
    const shown = shownOf(decision);
    const ending = await this.inSlot(step, decision, { place: this.placeOf(step, exports), alone, slot });
    await this.report(step, shown, ending);
    return { step, ending, ...shown };
  }

  /** What is canceled while it waits for a slot never starts. */
  private async inSlot(
    step: PlannedStep,
    decision: StepDecision,
    { place, alone, slot }: Omit<BackgroundPlace, 'exports'> & { readonly place: StepPlace },
  ): Promise<Ending> {
    await slot;
    if (decision.kind === 'skip') return SKIPPED;
    const { cancellation } = this.parts;
    const isLate = decision.kind === 'run' && decision.scope.status === 'cancelled';
    if (cancellation.signal.aborted && !isLate) return canceled(cancellation.reason);
    if (alone.aborted) return canceled('it was canceled before it started');
    return this.perform(step, decision, place, alone);
  }

  private async control(step: PlannedStep, control: StepControl): Promise<void> {
    const { state, log, hasher } = this.parts;
    const decision = await decideStep(
      { ...step, if: 'always()' },
      state.view(this.placeOf(step, state.exports)),
      hasher,
    );
    const shown = shownOf(decision);
    await this.start(step, shown.name);
    await log.say(headerLines({ title: shown.name, env: {} }), step.number);
    const ending = await this.orBroken(step, shown.name, () => this.collect(this.meant(control)));
    const reason = decision.kind === 'fail' ? decision.reason : ending.reason;
    const done = decision.kind === 'fail' ? failed(decision.reason) : ending;
    if (done.outcome === 'failure') await log.say([`##[error]${reason}`], step.number);
    await this.finish(step, shown, done);
  }

  private meant(control: StepControl): readonly BackgroundEntry[] {
    if (control.kind === 'wait-all') return this.background.take(null);
    if (control.kind === 'wait') return this.background.take(control.ids);
    const entries = this.background.take([control.id]);
    for (const entry of entries) entry.cancel();
    return entries;
  }

  /** Waits for them; from then on the others see what they gave. Their failures become that of the one who collects. */
  private async collect(entries: readonly BackgroundEntry[]): Promise<Ending> {
    const { state } = this.parts;
    const failures: string[] = [];
    for (const { exports, ended } of entries) {
      const { step, name, ending, mayFail } = await ended;
      state.exports.collect(exports);
      const end = endOf(ending, mayFail);
      state.frame.show(step.id, end);
      if (end.conclusion === 'failure') failures.push(`${name}: ${ending.reason}`);
    }
    return failures.length === 0 ? succeeded() : failed(failures.join('; '));
  }

  private async start({ number, id }: NamedStep, name: string): Promise<void> {
    this.begun = true;
    await this.parts.lane.stepStarted({ number, id, name });
  }

  private async finish(step: NamedStep, shown: Shown, ending: Ending): Promise<void> {
    const end = endOf(ending, shown.mayFail);
    if (end.conclusion === 'failure') this.failure ??= `${shown.name}: ${ending.reason}`;
    this.parts.state.frame.stepEnded(step.id, end);
    await this.report(step, shown, ending);
  }

  private async report({ number, id }: NamedStep, { name, mayFail }: Shown, ending: Ending): Promise<void> {
    const { conclusion } = endOf(ending, mayFail);
    await this.parts.lane.stepFinished({ ...ending, number, id, name, conclusion });
  }

  /** Our own failure is said on the step, before the job ends with it. */
  private async orBroken(step: NamedStep, name: string, run: () => Promise<Ending>): Promise<Ending> {
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

function shownOf(decision: StepDecision): Shown {
  return { name: decision.name, mayFail: decision.kind !== 'skip' && decision.mayFail };
}
