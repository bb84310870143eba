/** Runs as plain lines, for files, pipes and other programs: what a job prints carries its name. */
import type { LogPart } from '../../../model/log.js';
import { plainText } from '../../screen/plain-text.js';
import { NO_COLOURS } from '../../screen/paint.js';
import type { Screen } from '../../screen/screen.js';
import { duration } from '../../screen/times.js';
import type { JobHead, News, Show } from '../news.js';
import type { RunRecords } from '../run-record.js';
import { LogText } from './log-text.js';

export class PlainShow implements Show {
  private readonly texts = new Map<number, LogText>();

  constructor(
    private readonly screen: Screen,
    private readonly records: RunRecords,
  ) {}

  tell(news: News): void {
    if (news.kind === 'step-finished') this.write(news.job, this.text(news.job).endStep(news.step.number));
    this.records.take(news);
    for (const line of this.linesOf(news)) this.screen.line(line);
  }

  log(job: JobHead, parts: readonly LogPart[]): Promise<void> {
    const lines = parts.flatMap((part) =>
      this.text(job)
        .take([part])
        .map((line) => `${this.stepPrefix(job, part.step)}${line}\n`),
    );
    return this.screen.pour(lines.join(''));
  }

  standAside(): Promise<() => void> {
    return Promise.resolve(() => undefined);
  }

  end(): Promise<void> {
    return Promise.resolve();
  }

  private linesOf(news: News): readonly string[] {
    switch (news.kind) {
      case 'run-started':
        return [`${nameOf(news.run)}: ${plainText(`${news.run.eventName} on ${news.run.ref}`)}`];
      case 'run-finished': {
        const run = this.records.runs.find(({ head }) => head.id === news.run.id);
        return [`${nameOf(news.run)}: ${news.result}${took(run)}`];
      }
      case 'job-queued':
        return news.reason === null ? [] : [`${prefixOf(news.job)}${plainText(news.reason)}`];
      case 'job-started':
        return [];
      case 'job-finished':
        return [`${prefixOf(news.job)}${ended(news.result, news.reason, this.records.job(news.job))}`];
      case 'step-started':
        if (news.step.number === 0) return [];
        return [`${prefixOf(news.job)}step ${news.step.number}: ${plainText(news.step.name)}`];
      case 'step-finished': {
        const { number, conclusion, reason } = news.step;
        if (number === 0 && conclusion === 'success') return [];
        const step = this.records.job(news.job)?.steps.find((one) => one.number === number);
        const name = conclusion === 'skipped' ? `${plainText(news.step.name)}: ` : '';
        return [`${prefixOf(news.job)}step ${number}: ${name}${ended(conclusion ?? 'success', reason, step)}`];
      }
    }
  }

  /** Steps that run side by side say which of them they are. */
  private stepPrefix(job: JobHead, step: number): string {
    const running = this.records.job(job)?.steps.filter(({ state }) => state === 'running') ?? [];
    return running.length > 1 ? `${prefixOf(job)}${step}: ` : prefixOf(job);
  }

  private text({ id }: JobHead): LogText {
    const known = this.texts.get(id) ?? new LogText(NO_COLOURS, 'drop');
    this.texts.set(id, known);
    return known;
  }

  private write(job: JobHead, lines: readonly string[]): void {
    for (const line of lines) this.screen.line(`${prefixOf(job)}${line}`);
  }
}

interface Timed {
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
}

function ended(word: string, reason: string | null, timed: Timed | undefined): string {
  const facts = [duration(timed?.startedAt ?? null, timed?.finishedAt ?? null, 0), plainText(reason ?? '')];
  const shown = facts.filter((fact) => fact !== '');
  return shown.length === 0 ? word : `${word} (${shown.join(', ')})`;
}

function took(timed: Timed | undefined): string {
  return ended('', null, timed);
}

function prefixOf({ planned, run }: JobHead): string {
  return `[${run.id > 1 ? `${plainText(run.pipeline)} / ` : ''}${plainText(planned.name)}] `;
}

function nameOf({ pipeline }: { readonly pipeline: string }): string {
  return plainText(pipeline);
}
