/**
 * Everything that a job says goes through one lane: in order, one call at a time, masked, and nothing after the link was lost.
 * The log comes masked; the outputs of the job go as they are, together with what is to be masked in them.
 */
import { setMaxListeners } from 'node:events';
import type { Masker } from '../../kernel/masker.js';
import type { LogPart } from '../../model/log.js';
import type { JobResult } from '../../model/run.js';
import type { FinishedStep, JobLink, StartedStep } from '../job-link.js';

/** Each call rejects with the reason of the first call that the link rejected, once there is one. */
export class LinkLane {
  private readonly loss = new AbortController();
  private lane: Promise<void> = Promise.resolve();

  constructor(
    private readonly link: JobLink,
    /** Of the job. */
    readonly masker: Masker,
  ) {
    // Each step that runs listens, and there may be many at once.
    setMaxListeners(0, this.lost);
  }

  /** Aborted when nobody wants the job any more; its reason is what the link rejected with. */
  get lost(): AbortSignal {
    return this.loss.signal;
  }

  stepStarted(step: StartedStep): Promise<void> {
    return this.say(() => this.link.stepStarted({ ...step, name: this.mask(step.name) }));
  }

  stepFinished(step: FinishedStep): Promise<void> {
    const outputs = Object.entries(step.outputs).map(([name, value]) => [this.mask(name), this.mask(value)] as const);
    return this.say(() =>
      this.link.stepFinished({
        ...step,
        name: this.mask(step.name),
        reason: this.maskOrNull(step.reason),
        summary: this.maskOrNull(step.summary),
        outputs: Object.fromEntries(outputs),
      }),
    );
  }

  /** @param waiting is called when its turn comes. */
  log(waiting: () => readonly LogPart[]): Promise<void> {
    return this.say(() => this.link.log(waiting()));
  }

  finished(result: JobResult): Promise<void> {
    const { environmentUrl } = result;
    return this.say(() =>
      this.link.finished({
        ...result,
        masks: this.masker.valuesIn(Object.values(result.outputs).join('\n')),
        reason: this.maskOrNull(result.reason),
        ...(environmentUrl ? { environmentUrl: this.mask(environmentUrl) } : {}),
      }),
    );
  }

  private mask(text: string): string {
    return this.masker.maskText(text);
  }

  private maskOrNull(text: string | null): string | null {
    return text === null ? null : this.mask(text);
  }

  private say(call: () => Promise<void>): Promise<void> {
    const said = this.lane.then(() => {
      this.loss.signal.throwIfAborted();
      return call();
    });
    this.lane = said.catch((reason: unknown) => this.loss.abort(reason));
    return said;
  }
}
