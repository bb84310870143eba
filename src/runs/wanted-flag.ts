/** What the forge is to show of a run and its jobs: a pure function of their state (TRUST.md §5). */
import { oneLine } from '../kernel/one-line.js';
import { readRowId } from '../kernel/row-id.js';
import type { FlagStatus } from '../model/flag.js';
import { isRed, type Result } from '../model/result.js';
import type { Job, Run } from '../model/run.js';
import type { Wish } from '../store/flags.js';
import { jobSentence, percentOf, runSentence, type SaidJob, type SaidRun } from './run-sentence.js';

type FlaggedRun = SaidRun & Pick<Run, 'id' | 'projectId' | 'pipelineKey' | 'pipelineName' | 'subject'>;
type FlaggedJob = SaidJob & Pick<Job, 'key'>;

export interface FlagScene {
  readonly publicUrl: string;
  /** Errors that jobs pointed out, by key of the job. */
  readonly errors?: ReadonlyMap<string, number>;
  /** How much of running jobs is done, by key of the job, 0 to 1. */
  readonly parts?: ReadonlyMap<string, number>;
}

/** Jobs of one run that have flags of their own: who has more looks at the run. */
const MOST_JOB_FLAGS = 50;

const STATUS: Readonly<Record<Result, FlagStatus>> = {
  success: 'success',
  failure: 'failure',
  error: 'error',
  canceled: 'canceled',
  skipped: 'success',
};

/** Null for a run that shows no flag: its event names no source commit (ADR 0008). */
export function wantedFlag(run: FlaggedRun, jobs: readonly FlaggedJob[], scene: FlagScene): Wish | null {
  if (run.subject === null) return null;
  return {
    ...shared(run, run.subject, scene),
    jobKey: '',
    username: cut(nameOf(run), 100),
    status: statusOf(run),
    comment: cut(runSentence(run, jobs, scene.errors ?? new Map()), 250),
    percent: percentOf(run, jobs, scene.parts),
  };
}

/** Those of single jobs, for a project that wants them. */
export function wantedJobFlags(run: FlaggedRun, jobs: readonly FlaggedJob[], scene: FlagScene): readonly Wish[] {
  const { subject } = run;
  if (subject === null) return [];
  return jobs.slice(0, MOST_JOB_FLAGS).map((job) => ({
    ...shared(run, subject, scene),
    jobKey: job.key,
    username: cut(`${nameOf(run)} / ${oneLine(job.name, 60)}`, 160),
    status: isAllowed(job) ? 'success' : statusOf(job),
    comment: cut(jobSentence(job, scene.errors?.get(job.key) ?? 0), 250),
    percent: null,
  }));
}

/** Where a flag leads. */
export function runUrl(publicUrl: string, runId: number): string {
  return `${publicUrl}/runs/${runId}`;
}

/** The run that a url of ours names, or null when it is not ours. */
export function runOfUrl(publicUrl: string, url: string): number | null {
  return url.startsWith(`${publicUrl}/runs/`) ? readRowId(url.slice(`${publicUrl}/runs/`.length)) : null;
}

function shared(run: FlaggedRun, subject: string, { publicUrl }: FlagScene) {
  return {
    projectId: run.projectId,
    pipelineKey: run.pipelineKey,
    subject,
    runId: run.id,
    commit: subject.slice(subject.lastIndexOf('@') + 1),
    url: runUrl(publicUrl, run.id),
  };
}

/** That of `pull_request_target` stands beside that of the pull-request's own run. */
function nameOf({ subject, pipelineName }: FlaggedRun): string {
  const isTarget = subject?.startsWith('pull-target/') ?? false;
  return `pagure-actions: ${oneLine(pipelineName, 60)}${isTarget ? ' (pull_request_target)' : ''}`;
}

function statusOf({ result }: { readonly result: Result | null }): FlagStatus {
  return result === null ? 'pending' : STATUS[result];
}

function isAllowed({ result, planned }: FlaggedJob): boolean {
  return isRed(result) && planned.continueOnError;
}

/** Whole characters only: half of one would be shown as another. Pagure strips blanks at the ends, and what is read back is compared. */
function cut(text: string, most: number): string {
  const letters = [...text];
  const kept = letters.length > most ? [...letters.slice(0, most - 1), '…'] : letters;
  return kept
    .join('')
    .replace(/\p{Cs}/gu, '\uFFFD')
    .trim();
}
