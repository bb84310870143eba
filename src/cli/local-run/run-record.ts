/** Runs as they were told so far: what pictures are drawn of, and what is said at the end. */
import type { Clock } from '../../kernel/clock.js';
import { isoTime } from '../../kernel/clock.js';
import type { Result, State } from '../../model/result.js';
import type { FinishedStep } from '../../runner/job-link.js';
import type { JobEnd, JobHead, News, RunHead } from './news.js';

export interface RunRecord {
  readonly head: RunHead;
  readonly jobs: readonly JobRecord[];
  readonly result: Result | null;
  readonly startedAt: string;
  readonly finishedAt: string | null;
}

export interface JobRecord extends OpenEnd {
  readonly head: JobHead;
  readonly state: State;
  readonly steps: readonly StepRecord[];
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
}

/** As `JobEnd`, with no result until it is there. */
type OpenEnd = Omit<JobEnd, 'result'> & { readonly result: Result | null };

export interface StepRecord extends Pick<FinishedStep, 'number' | 'id' | 'name'> {
  readonly state: State;
  /** Null until it is over. */
  readonly end: FinishedStep | null;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
}

export class RunRecords {
  private readonly byId = new Map<number, RunRecord>();

  constructor(private readonly clock: Clock) {}

  get runs(): readonly RunRecord[] {
    return [...this.byId.values()];
  }

  get now(): string {
    return isoTime(this.clock.now());
  }

  job({ id, run }: JobHead): JobRecord | undefined {
    return this.byId.get(run.id)?.jobs.find(({ head }) => head.id === id);
  }

  take(news: News): void {
    const at = this.now;
    switch (news.kind) {
      case 'run-started':
        this.byId.set(news.run.id, { head: news.run, jobs: [], result: null, startedAt: at, finishedAt: null });
        return;
      case 'run-finished':
        return this.changeRun(news.run, (run) => ({ ...run, result: news.result, finishedAt: at }));
      case 'job-queued':
        return this.changeJob(news.job, (job) => ({ ...job, state: 'queued', reason: news.reason }));
      case 'job-started':
        return this.changeJob(news.job, (job) => ({ ...job, state: 'running', reason: null, startedAt: at }));
      case 'job-finished': {
        const { result, reason, outputs, environmentUrl } = news;
        const end = { result, reason, outputs, environmentUrl, state: 'done', finishedAt: at } as const;
        return this.changeJob(news.job, (job) => ({ ...job, ...end }));
      }
      case 'step-started': {
        const begun = { ...news.step, state: 'running', end: null, startedAt: at, finishedAt: null } as const;
        return this.changeJob(news.job, (job) => ({ ...job, steps: [...job.steps, begun] }));
      }
      case 'step-finished':
        return this.changeJob(news.job, (job) => ({ ...job, steps: withEnd(job.steps, news.step, at) }));
    }
  }

  private changeRun({ id }: RunHead, change: (run: RunRecord) => RunRecord): void {
    const run = this.byId.get(id);
    if (run !== undefined) this.byId.set(id, change(run));
  }

  private changeJob(head: JobHead, change: (job: JobRecord) => JobRecord): void {
    const known = this.job(head);
    const changed = change(known ?? { head, ...NEW });
    this.changeRun(head.run, (run) => ({
      ...run,
      jobs: known ? run.jobs.map((job) => (job === known ? changed : job)) : [...run.jobs, changed],
    }));
  }
}

const NEW = {
  ...({ state: 'queued', result: null, reason: null, outputs: {}, environmentUrl: null } as const),
  ...{ steps: [], startedAt: null, finishedAt: null },
};

/** A step that was skipped never started. */
function withEnd(steps: readonly StepRecord[], end: FinishedStep, at: string): readonly StepRecord[] {
  const { number, id, name } = end;
  const begun = steps.find((step) => step.number === number);
  const ended = { number, id, name, state: 'done', end, startedAt: begun?.startedAt ?? null, finishedAt: at } as const;
  return begun ? steps.map((step) => (step === begun ? ended : step)) : [...steps, ended];
}
