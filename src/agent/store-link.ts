/** The link of a job that runs in this process: what it says goes to `runs/` and into its log file. */
import type { Blobs, LogWriter } from '../blobs/blobs.js';
import type { Clock, StopTimer } from '../kernel/clock.js';
import type { LogPart } from '../model/log.js';
import type { JobResult } from '../model/run.js';
import type { HeldAttempt, ReportJob, StepEnd } from '../runs/report-job.js';
import type { FinishedStep, JobLink, StartedStep } from '../runner/job-link.js';

/** So long the end of a step, and the start of the set-up, may wait for what comes next, with which they share a commit. */
const MOST_WAIT_MS = 20;

/** The set-up is no step of the author's: a job that is lost in it is tried again, so its start may be lost too. */
const SET_UP = 0;

export class StoreLink implements JobLink {
  private readonly ended: StepEnd[] = [];
  /** The set-up, while nothing is written of it. */
  private settingUp: { readonly step: StartedStep; readonly startedAt: number } | null = null;
  private stopWaiting: StopTimer = () => undefined;

  private constructor(
    readonly signal: AbortSignal,
    private readonly held: HeldAttempt,
    private readonly reports: ReportJob,
    /** Its files are made while the job's place to run in is. */
    private readonly writer: Promise<LogWriter>,
    private readonly clock: Clock,
  ) {
    writer.catch(() => undefined);
  }

  /** A log that cannot be opened rejects what is said into it, and the start of the first step: the job may be tried again. */
  static open(
    held: HeldAttempt,
    signal: AbortSignal,
    rooms: { readonly reports: ReportJob; readonly blobs: Blobs; readonly clock: Clock },
  ): StoreLink {
    return new StoreLink(signal, held, rooms.reports, rooms.blobs.openLog(held.id, held.attempt), rooms.clock);
  }

  async stepStarted(step: StartedStep): Promise<void> {
    if (step.number === SET_UP) {
      this.settingUp = { step, startedAt: this.clock.now() };
      return this.writeSoon();
    }
    await this.writer;
    await this.reports.stepStarted(this.held, step, this.takeEnded());
  }

  /** Nothing is spawned on the strength of it, so it is not waited for. Was the attempt taken away, the next call says so. */
  async stepFinished(step: FinishedStep): Promise<void> {
    const { annotations, outputs, summary, ...ended } = step;
    const report = { annotations, outputs, summary };
    const startedAt = step.number === SET_UP ? this.settingUp?.startedAt : undefined;
    this.settingUp = null;
    this.ended.push({ step: ended, report, finishedAt: this.clock.now(), startedAt });
    this.writeSoon();
  }

  async log(parts: readonly LogPart[]): Promise<void> {
    const writer = await this.writer;
    await writer.append(parts, this.clock.now());
  }

  /** The log is whole before the job counts as done. */
  async finished(result: JobResult): Promise<void> {
    await (await this.writer).close();
    await this.reports.finished(this.held, result, this.takeEnded());
  }

  /** Whatever became of the job. Safe to call twice. */
  async close(): Promise<void> {
    await this.writeWaiting();
    const writer = await this.writer.catch(() => null);
    await writer?.close();
  }

  private takeEnded(): readonly StepEnd[] {
    this.stopWaiting();
    return this.ended.splice(0);
  }

  private writeSoon(): void {
    this.stopWaiting();
    this.stopWaiting = this.clock.after(MOST_WAIT_MS, () => void this.writeWaiting());
  }

  /** An end that cannot be written is tried again with what comes next. */
  private async writeWaiting(): Promise<void> {
    const { settingUp } = this;
    this.settingUp = null;
    if (settingUp !== null) return this.reports.stepStarted(this.held, settingUp.step).catch(() => undefined);
    const ended = this.takeEnded();
    if (ended.length === 0) return;
    await this.reports.stepsFinished(this.held, ended).catch(() => void this.ended.unshift(...ended));
  }
}
