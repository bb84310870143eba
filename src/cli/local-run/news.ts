/** What is told of runs while they go on, to whoever shows them. */
import type { LogPart } from '../../model/log.js';
import type { PlannedJob } from '../../model/plan.js';
import type { Result } from '../../model/result.js';
import type { FinishedStep, StartedStep } from '../../runner/job-link.js';

export interface RunHead {
  /** From 1, in the order of the files. */
  readonly id: number;
  readonly pipeline: string;
  readonly file: string;
  /** Its `run-name`, or null. */
  readonly title: string | null;
  readonly eventName: string;
  readonly ref: string;
  /** The jobs of the file, in their order. */
  readonly declared: readonly DeclaredHead[];
}

export interface DeclaredHead {
  readonly id: string;
  /** As the file writes it; its id where the file gives none. */
  readonly name: string;
  readonly needs: readonly string[];
}

export interface JobHead {
  /** Unique among all runs that go on side by side. */
  readonly id: number;
  readonly run: RunHead;
  readonly planned: PlannedJob;
}

export type News =
  | { readonly kind: 'run-started'; readonly run: RunHead }
  /** `reason`: what it waits for beside a free slot. */
  | { readonly kind: 'job-queued'; readonly job: JobHead; readonly reason: string | null }
  | { readonly kind: 'job-started'; readonly job: JobHead }
  | { readonly kind: 'step-started'; readonly job: JobHead; readonly step: StartedStep }
  | { readonly kind: 'step-finished'; readonly job: JobHead; readonly step: FinishedStep }
  | ({ readonly kind: 'job-finished'; readonly job: JobHead } & JobEnd)
  | { readonly kind: 'run-finished'; readonly run: RunHead; readonly result: Result };

export interface JobEnd {
  readonly result: Result;
  readonly reason: string | null;
  /** Masked. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly environmentUrl: string | null;
}

/** Shows runs in one of several ways. */
export interface Show {
  tell(news: News): void;
  /** Resolves when there is room for more: the job is held back until then. */
  log(job: JobHead, parts: readonly LogPart[]): Promise<void>;
  /** Leaves the screen to somebody else until what it returns is called. */
  standAside(): Promise<() => void>;
  /** Everything is told. */
  end(): Promise<void>;
}
