/** Steps in the background, and the control steps that collect them: what they gave counts from then on. */
import type { PlannedStep, StepControl } from '../../model/plan.js';
import { Background, type BackgroundEnd, type BackgroundEntry, type BackgroundPlace } from './background.js';
import type { StepDecision } from './decide-step.js';
import { canceled, endOf, failed, SKIPPED, succeeded, type Ending } from './ending.js';
import { type OneStep, shownOf } from './one-step.js';
import type { StepPlace } from './step-frame.js';
import { headerLines } from './step-header.js';

export class BackgroundSteps {
  private readonly background = new Background();

  constructor(private readonly one: OneStep) {}

  /** Its `if`, `env` and time-out are evaluated now; it starts when a slot is free. */
  async start(step: PlannedStep): Promise<void> {
    const { exports } = this.one.parts.state;
    const decision = await this.one.decide(step, this.one.placeOf(step, exports));
    this.background.start(step, exports, (place) => this.run(step, decision, place));
  }

  /** Runs also after a failure. */
  async control(step: PlannedStep, control: StepControl): Promise<void> {
    const { parts, telling } = this.one;
    const decision = await this.one.decide({ ...step, if: 'always()' }, this.one.placeOf(step, parts.state.exports));
    const shown = shownOf(decision);
    await telling.start(step, shown.name);
    await parts.log.say(headerLines({ title: shown.name, env: {} }), step.number);
    const ending = await telling.orBroken(step, shown.name, () => this.collect(this.meant(control)));
    const reason = decision.kind === 'fail' ? decision.reason : ending.reason;
    const done = decision.kind === 'fail' ? failed(decision.reason) : ending;
    if (done.outcome === 'failure') await parts.log.say([`##[error]${reason}`], step.number);
    await telling.finish(step, shown, done);
  }

  /** At the latest before the `post` steps: waits for all that is left, and the job takes its failures. */
  async collectRest(): Promise<void> {
    const { outcome, reason } = await this.collect(this.background.take(null));
    if (outcome === 'failure') this.one.telling.failJob(reason);
  }

  /** Resolves when nothing runs in the background any more: the job has broken, and its processes are being ended. */
  async settle(): Promise<void> {
    await Promise.allSettled(this.background.take(null).map(({ ended }) => ended));
  }

  private async run(
    step: PlannedStep,
    decision: StepDecision,
    { exports, alone, slot }: BackgroundPlace,
  ): Promise<BackgroundEnd> {
    const shown = shownOf(decision);
    const place = this.one.placeOf(step, exports);
    const ending = await this.inSlot(step, decision, { place, alone, slot });
    await this.one.telling.report(step, shown, ending);
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
    const { cancellation } = this.one.parts;
    const isLate = decision.kind === 'run' && decision.scope.status === 'cancelled';
    if (cancellation.signal.aborted && !isLate) return canceled(cancellation.reason);
    if (alone.aborted) return canceled('it was canceled before it started');
    return this.one.perform(step, decision, place, alone);
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
    const { state } = this.one.parts;
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
}
