/** What the forge is to show of a run: a pure function of its state (TRUST.md §5). */
import { readRowId } from '../kernel/row-id.js';
import type { FlagStatus } from '../model/flag.js';
import type { Job, Run } from '../model/run.js';
import type { Result } from '../model/result.js';
import type { Wish } from '../store/flags.js';

type FlaggedRun = Pick<
  Run,
  | 'id'
  | 'projectId'
  | 'pipelineKey'
  | 'pipelineName'
  | 'subject'
  | 'state'
  | 'result'
  | 'reason'
  | 'trust'
  | 'trustReason'
>;
type FlaggedJob = Pick<Job, 'name' | 'state' | 'result' | 'planned'>;

const STATUS: Readonly<Record<Result, FlagStatus>> = {
  success: 'success',
  failure: 'failure',
  error: 'error',
  canceled: 'canceled',
  skipped: 'success',
};

/** Null for a run that shows no flag: its event names no source commit (ADR 0008). */
export function wantedFlag(run: FlaggedRun, jobs: readonly FlaggedJob[], publicUrl: string): Wish | null {
  if (run.subject === null) return null;
  return {
    projectId: run.projectId,
    pipelineKey: run.pipelineKey,
    subject: run.subject,
    runId: run.id,
    commit: run.subject.slice(run.subject.lastIndexOf('@') + 1),
    username: cut(`pagure-actions: ${run.pipelineName}${isTarget(run) ? ' (pull_request_target)' : ''}`, 100),
    status: run.result === null ? 'pending' : STATUS[run.result],
    comment: cut(sentence(run, jobs), 250),
    url: runUrl(publicUrl, run.id),
  };
}

/** Its flag stands beside that of the pull-request's own run. */
function isTarget({ subject }: FlaggedRun): boolean {
  return subject?.startsWith('pull-target/') ?? false;
}

/** Where a flag leads. */
export function runUrl(publicUrl: string, runId: number): string {
  return `${publicUrl}/runs/${runId}`;
}

/** The run that a url of ours names, or null when it is not ours. */
export function runOfUrl(publicUrl: string, url: string): number | null {
  return url.startsWith(`${publicUrl}/runs/`) ? readRowId(url.slice(`${publicUrl}/runs/`.length)) : null;
}

/** One line for people: `passed: 2 jobs`, `failed: test (1 of 3 jobs)`. */
export function sentence(run: FlaggedRun, jobs: readonly FlaggedJob[]): string {
  if (run.result === null) return run.trust === 'held' ? run.trustReason : open(run);
  if (run.result === 'skipped') return `skipped: ${run.reason ?? 'no job had anything to do'}`;
  if (run.result === 'success') return passed(jobs);
  if (run.result === 'failure') return failed(jobs);
  return `${run.result === 'error' ? 'could not run' : 'canceled'}: ${run.reason ?? firstReason(jobs) ?? 'no reason is known'}`;
}

function open({ state, reason }: FlaggedRun): string {
  return state === 'waiting' && reason !== null ? reason : 'queued or running';
}

function passed(jobs: readonly FlaggedJob[]): string {
  const allowed = jobs.filter((job) => job.result === 'failure' || job.result === 'error').map((job) => job.name);
  const ran = jobs.filter((job) => job.result !== 'skipped').length;
  return `passed: ${countOf(ran)}${allowed.length > 0 ? `, allowed to fail: ${allowed.join(', ')}` : ''}`;
}

function failed(jobs: readonly FlaggedJob[]): string {
  const names = jobs.filter((job) => job.result === 'failure' && !job.planned.continueOnError).map((job) => job.name);
  return `failed: ${names.join(', ')} (${names.length} of ${countOf(jobs.length)})`;
}

function firstReason(jobs: readonly (FlaggedJob & { readonly reason?: string | null })[]): string | null {
  return jobs.find((job) => job.result === 'error' && job.reason)?.reason ?? null;
}

/** Whole characters only: half of one would be shown as another. */
function cut(text: string, most: number): string {
  return [...text]
    .slice(0, most)
    .join('')
    .replace(/\p{Cs}/gu, '\uFFFD');
}

function countOf(jobs: number): string {
  return jobs === 1 ? '1 job' : `${jobs} jobs`;
}
