/** Everything that a run page shows, as it was read. */
import type { Annotation } from '../../model/annotation.js';
import type { Event } from '../../model/event.js';
import type { Project } from '../../model/project.js';
import type { Step } from '../../model/run.js';
import type { ErrorExcerpt } from '../../runs/find-error.js';
import type { JobCount, PageDecision, PageJob, PageRun } from '../../store/page-rows.js';

export interface RunView {
  readonly project: Project;
  readonly run: PageRun;
  readonly event: Event | null;
  /** As its flag says what it came to; null for a run without one. */
  readonly sentence: string | null;
  readonly counts: readonly JobCount[];
  /** The one in focus, then what a reader looks for first; not all, when there are many. */
  readonly jobs: readonly PageJob[];
  /** Of the first jobs, by job. */
  readonly steps: ReadonlyMap<number, readonly Step[]>;
  /** Names, by job; of those that have one. */
  readonly environments: ReadonlyMap<number, string>;
  readonly focus: Focus | null;
  /** Jobs of the plan that have not been started, as the file names them. */
  readonly toCome: readonly string[];
  readonly ownDecision: PageDecision | null;
  /** Of the other pipelines; not all, when there are many. */
  readonly otherDecisions: readonly PageDecision[];
  readonly decisionCount: number;
  readonly pages: ForgePages;
  readonly nowMs: number;
}

/** Addresses on the forge, as the forge's adapter makes them. */
export interface ForgePages {
  readonly project: string;
  readonly commit: string | null;
  readonly pullRequest: string | null;
}

/** The job that a reader comes for. */
export interface Focus {
  readonly job: PageJob;
  readonly step: Step | null;
  /** What the step points out; not all, when it is much. */
  readonly notes: readonly Annotation[];
  /** Where the step first says what went wrong; null where it says nothing, and of a run that is not red. */
  readonly excerpt: ErrorExcerpt | null;
  readonly log: LogTail;
}

export interface LogTail {
  /** What they are the last lines of: all that the job printed, or the step in focus. */
  readonly of: 'job' | 'step';
  /** The last ones, without their ends. */
  readonly lines: readonly string[];
  /** Of the whole job, or the whole step. */
  readonly lineCount: number;
}

/** The failing job; else the running one; else the one that ended last. Null when none was ever started. */
export function focusJob(run: PageRun, jobs: readonly PageJob[], failedJobId: number | null): PageJob | null {
  const failed = jobs.find(({ id }) => id === failedJobId);
  if (run.state === 'done' && failed) return failed;
  const running = jobs.find(({ state }) => state === 'running');
  if (running) return running;
  const broken = jobs.find(({ result }) => result === run.result && result === 'error');
  return (
    broken ??
    lastEnded(jobs.filter(({ result }) => run.result !== 'canceled' || result === 'canceled')) ??
    lastEnded(jobs)
  );
}

function lastEnded(jobs: readonly PageJob[]): PageJob | null {
  const started = jobs.filter(({ startedAt }) => startedAt !== null);
  return started.reduce<PageJob | null>(
    (last, job) => (last !== null && (last.finishedAt ?? 0) >= (job.finishedAt ?? 0) ? last : job),
    null,
  );
}
