/** The link of a job that runs in this process: what it says goes to `runs/` and into its log file. */
import type { Blobs, LogWriter } from '../blobs/blobs.js';
import type { Clock } from '../kernel/clock.js';
import type { LogPart } from '../model/log.js';
import type { JobResult } from '../model/run.js';
import type { HeldAttempt, ReportJob } from '../runs/report-job.js';
import type { FinishedStep, JobLink, StartedStep } from '../runner/job-link.js';

export class StoreLink implements JobLink {
  private constructor(
    readonly signal: AbortSignal,
    private readonly held: HeldAttempt,
    private readonly reports: ReportJob,
    private readonly writer: LogWriter,
    private readonly clock: Clock,
  ) {}

  static async open(
    held: HeldAttempt,
    signal: AbortSignal,
    rooms: { readonly reports: ReportJob; readonly blobs: Blobs; readonly clock: Clock },
  ): Promise<StoreLink> {
    const writer = await rooms.blobs.openLog(held.id, held.attempt);
    return new StoreLink(signal, held, rooms.reports, writer, rooms.clock);
  }

  stepStarted(step: StartedStep): Promise<void> {
    return this.reports.stepStarted(this.held, step);
  }

  stepFinished(step: FinishedStep): Promise<void> {
    const { annotations, outputs, summary, ...ended } = step;
    return this.reports.stepFinished(this.held, ended, { annotations, outputs, summary });
  }

  log(parts: readonly LogPart[]): Promise<void> {
    return this.writer.append(parts, this.clock.now());
  }

  /** The log is whole before the job counts as done. */
  async finished(result: JobResult): Promise<void> {
    await this.writer.close();
    await this.reports.finished(this.held, result);
  }

  /** Whatever became of the job. Safe to call twice. */
  async close(): Promise<void> {
    await this.writer.close();
  }
}
