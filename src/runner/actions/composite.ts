/** Runs the steps of a composite action within the step that calls it. */
import type { Annotation } from '../../model/annotation.js';
import type { PlannedStep } from '../../model/plan.js';
import { evaluateTexts, ExpressionError, type CompositeAction } from '../../pipeline/index.js';
import { messageOf } from '../../kernel/errors.js';
import { decideStep, holdsUnderCancel, plainName, type ReadyStep } from '../job/decide-step.js';
import { endOf, failed, SKIPPED, succeeded, type Ending } from '../job/ending.js';
import type { Performance, Performer } from '../job/performance.js';
import { SUMMARY_BYTES } from '../job/step-files.js';
import { StepFrame, type StepPlace } from '../job/step-frame.js';
import { headerLines } from '../job/step-header.js';
import { InnerStops } from '../job/step-stops.js';
import type { CompositeWork } from '../job/step-work.js';

const BEGUN = Promise.resolve();

export function runComposite(work: CompositeWork, on: Performance, performer: Performer): Promise<Ending> {
  return new CompositeRun(work, on, performer).run();
}

class CompositeRun {
  private readonly frame: StepFrame;
  private readonly action: CompositeAction;
  private readonly summaries: string[] = [];
  private readonly annotations: Annotation[] = [];
  /** Why the first failing step failed, or null. */
  private failure: string | null = null;

  constructor(
    { action, folder, inputs, outsideInputs, writtenEnv }: CompositeWork,
    private readonly on: Performance,
    private readonly performer: Performer,
  ) {
    const { place, ready, stops } = on;
    const outer = place.frame.action;
    this.action = action;
    this.frame = new StepFrame({
      path: folder,
      inputs,
      outsideInputs,
      env: { ...outer?.env, ...ready.env },
      writtenEnv: [...(outer?.writtenEnv ?? []), writtenEnv],
      depth: (outer?.depth ?? 0) + 1,
      stop: stops.stop,
    });
  }

  async run(): Promise<Ending> {
    const { stops } = this.on;
    for (const step of this.action.steps) {
      if (stops.cause === 'time' || stops.kill.aborted) break;
      await this.runStep(step);
    }
    return this.withOutputs(await this.ending());
  }

  private async runStep(step: PlannedStep): Promise<void> {
    const { exports, number, label } = this.on.place;
    const place = { frame: this.frame, exports, number, label: `${label}-${step.number}` };
    const { state, hasher } = this.performer.parts;
    const decision = await decideStep(step, state.view(place, step), hasher);
    switch (decision.kind) {
      case 'skip':
        return this.frame.stepEnded(step.id, endOf(SKIPPED, false));
      case 'fail': {
        await this.performer.parts.log.say(headerLines({ title: decision.name, env: {} }), number);
        return this.ended(step, decision, await this.performer.fail({ place }, decision.reason));
      }
      case 'run':
        return this.ended(step, decision, await this.perform(step, decision, place));
    }
  }

  private async perform(step: PlannedStep, ready: ReadyStep, place: StepPlace): Promise<Ending> {
    const stops = new InnerStops(this.on.stops, ready.scope.status, () => holdsUnderCancel(step, ready));
    try {
      return await this.performer.perform({ step, ready, place, stops }, BEGUN);
    } finally {
      stops.end();
    }
  }

  private ended(step: PlannedStep, shown: { readonly name: string; readonly mayFail: boolean }, ending: Ending): void {
    const end = endOf(ending, shown.mayFail);
    if (end.conclusion === 'failure') this.failure ??= `${shown.name}: ${ending.reason}`;
    this.annotations.push(...ending.annotations);
    if (ending.summary !== null) this.summaries.push(ending.summary);
    this.frame.stepEnded(step.id, end);
  }

  private async ending(): Promise<Ending> {
    const { stops } = this.on;
    if (stops.cause !== null) return this.performer.endingOf(null, this.on);
    if (this.failure === null) return succeeded();
    // Its own step has pointed it out already.
    await this.performer.parts.log.say([`##[error]${this.failure}`], this.on.place.number);
    return failed(this.failure);
  }

  /** They are evaluated also after a failure. */
  private async withOutputs(ending: Ending): Promise<Ending> {
    const found = { summary: await this.summary(), annotations: [...this.annotations, ...ending.annotations] };
    try {
      const { scope } = this.performer.parts.state.view({ ...this.on.place, frame: this.frame });
      return { ...ending, ...found, outputs: evaluateTexts(this.action.outputs, scope) };
    } catch (thrown) {
      if (!(thrown instanceof ExpressionError)) throw thrown;
      const wrong = await this.performer.fail(this.on, `outputs of ${plainName(this.on.step)}: ${messageOf(thrown)}`);
      const all = { ...found, annotations: [...found.annotations, ...wrong.annotations] };
      return ending.outcome === 'success' ? { ...wrong, ...all } : { ...ending, ...all };
    }
  }

  private async summary(): Promise<string | null> {
    const text = this.summaries.join('\n');
    if (Buffer.byteLength(text) <= SUMMARY_BYTES) return this.summaries.length === 0 ? null : text;
    const { log } = this.performer.parts;
    await log.say(
      [`##[error]The summaries of the action's steps are longer than ${SUMMARY_BYTES} bytes: they are dropped.`],
      this.on.place.number,
    );
    return null;
  }
}
