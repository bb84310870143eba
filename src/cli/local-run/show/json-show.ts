/** Runs as JSON, one event per line, and at the end one result with everything that jobs and steps came to. */
import type { LogPart } from '../../../model/log.js';
import type { Result } from '../../../model/result.js';
import { jsonLine } from '../../screen/plain-text.js';
import type { Screen } from '../../screen/screen.js';
import type { JobHead, News, Show } from '../news.js';
import type { JobRecord, RunRecord, RunRecords, StepRecord } from '../run-record.js';
import { worstOf } from '../worst-result.js';

export class JsonShow implements Show {
  constructor(
    private readonly screen: Screen,
    private readonly records: RunRecords,
  ) {}

  tell(news: News): void {
    this.records.take(news);
    this.screen.line(this.event(news.kind, factsOf(news)));
  }

  /** Each line of the log is an event, and so is each piece of a line that is longer than the runner keeps back. */
  async log(job: JobHead, parts: readonly LogPart[]): Promise<void> {
    const lines = parts.flatMap(({ bytes, step, level, group }) =>
      bytes
        .toString('utf8')
        .split(/(?<=\n)/)
        .map((text) => this.event('log', { ...placeOf(job), step, level, group, text })),
    );
    await this.screen.pour(lines.map((line) => `${line}\n`).join(''));
  }

  standAside(): Promise<() => void> {
    return Promise.resolve(() => undefined);
  }

  async end(): Promise<void> {
    const { runs } = this.records;
    await this.screen.pour(`${this.event('result', { result: worstOf(runs), runs: runs.map(shownRun) })}\n`);
  }

  private event(event: string, facts: object): string {
    return jsonLine({ event, at: this.records.now, ...facts });
  }
}

function factsOf(news: News): object {
  switch (news.kind) {
    case 'run-started': {
      const { id, pipeline, file, title, eventName, ref } = news.run;
      return { run: id, pipeline, file, title, eventName, ref };
    }
    case 'run-finished':
      return { run: news.run.id, result: news.result };
    case 'job-queued': {
      const { name, runsOn, matrix } = news.job.planned;
      return { ...placeOf(news.job), name, runsOn, matrix, reason: news.reason };
    }
    case 'job-started':
      return { ...placeOf(news.job), name: news.job.planned.name };
    case 'job-finished': {
      const { result, reason, outputs, environmentUrl } = news;
      return { ...placeOf(news.job), name: news.job.planned.name, result, reason, outputs, environmentUrl };
    }
    case 'step-started':
    case 'step-finished': {
      const { number, ...step } = news.step;
      return { ...placeOf(news.job), step: number, ...step };
    }
  }
}

function placeOf({ run, planned }: JobHead) {
  return { run: run.id, job: planned.key };
}

function shownRun({ head, jobs, result, startedAt, finishedAt }: RunRecord) {
  const { id, pipeline, file, title, eventName, ref } = head;
  return { run: id, pipeline, file, title, eventName, ref, result, startedAt, finishedAt, jobs: jobs.map(shownJob) };
}

function shownJob({ head, result, reason, outputs, environmentUrl, steps, startedAt, finishedAt }: JobRecord) {
  const { key, name, matrix } = head.planned;
  const ended = { result: result satisfies Result | null, reason, outputs, environmentUrl, startedAt, finishedAt };
  return { job: key, name, matrix, ...ended, steps: steps.map(shownStep) };
}

function shownStep({ number, id, name, end, startedAt, finishedAt }: StepRecord) {
  const { outcome, conclusion, exitCode, reason, outputs, annotations, summary } = end ?? NO_END;
  const ended = { outcome, conclusion, exitCode, reason, outputs, annotations, summary };
  return { step: number, id, name, ...ended, startedAt, finishedAt };
}

const NO_END = {
  ...{ outcome: null, conclusion: null, exitCode: null, reason: null },
  ...{ outputs: {}, annotations: [], summary: null },
};
