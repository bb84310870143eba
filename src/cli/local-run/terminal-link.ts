/** The link of a job that runs here: what it says goes to whoever shows it. */
import type { LogPart } from '../../model/log.js';
import type { JobResult } from '../../model/run.js';
import type { FinishedStep, JobLink, StartedStep } from '../../runner/job-link.js';
import type { JobHead, Show } from './news.js';

export class TerminalLink implements JobLink {
  private said: JobResult | null = null;

  constructor(
    readonly signal: AbortSignal,
    private readonly job: JobHead,
    private readonly show: Show,
    /** Aborted when nobody wants to hear of it any more. */
    private readonly killed: AbortSignal,
  ) {}

  /** What it came to; null until it is over. */
  get result(): JobResult | null {
    return this.said;
  }

  async stepStarted(step: StartedStep): Promise<void> {
    this.killed.throwIfAborted();
    this.show.tell({ kind: 'step-started', job: this.job, step });
  }

  async stepFinished(step: FinishedStep): Promise<void> {
    this.killed.throwIfAborted();
    this.show.tell({ kind: 'step-finished', job: this.job, step });
  }

  log(parts: readonly LogPart[]): Promise<void> {
    this.killed.throwIfAborted();
    return this.show.log(this.job, parts);
  }

  async finished(result: JobResult): Promise<void> {
    this.said = result;
  }
}
