/** Everything that a job says goes through one lane: in order, one call at a time, and nothing after the link was lost. */
import type { LogPart } from '../../model/log.js';
import type { JobResult } from '../../model/run.js';
import type { FinishedStep, JobLink, StartedStep } from '../job-link.js';

/** Each call rejects with the reason of the first call that the link rejected, once there is one. */
export class LinkLane {
  private readonly loss = new AbortController();
  private lane: Promise<void> = Promise.resolve();

  constructor(private readonly link: JobLink) {}

  /** Aborted when nobody wants the job any more; its reason is what the link rejected with. */
  get lost(): AbortSignal {
    return this.loss.signal;
  }

  stepStarted(step: StartedStep): Promise<void> {
    return this.say(() => this.link.stepStarted(step));
  }

  stepFinished(step: FinishedStep): Promise<void> {
    return this.say(() => this.link.stepFinished(step));
  }

  log(parts: readonly LogPart[]): Promise<void> {
    return this.say(() => this.link.log(parts));
  }

  finished(result: JobResult): Promise<void> {
    return this.say(() => this.link.finished(result));
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
