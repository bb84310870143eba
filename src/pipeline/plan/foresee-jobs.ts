/** What the jobs of a plan would come to if each that runs succeeds: pure. */
import { isJsonObject, type Json, type JsonObject } from '../../kernel/json.js';
import type { DeclaredJob, JobChange, Plan, PlannedJob } from '../../model/plan.js';
import type { Result } from '../../model/result.js';
import type { RunContexts } from '../../model/run.js';
import { advance, advanceBoard } from './advance.js';
import { Board } from './board.js';

export interface ForeseenJob {
  readonly key: string;
  readonly name: string;
  readonly needs: readonly string[];
  readonly runsOn: readonly string[];
  /** The values of its combination; of a job that cannot be foreseen the matrix as the file writes it. */
  readonly matrix: Json;
  /** `ready`: at once; `waits`: behind others; `open`: only known when the run is there; else how it ends without running. */
  readonly state: 'ready' | 'waits' | 'open' | Result;
  readonly reason: string | null;
  /** The concurrency groups that it takes turns in, those of the calls that it belongs to first. */
  readonly groups: readonly string[];
}

/** In the order of the file; combinations in their own. */
export function foreseeJobs(plan: Plan, contexts: RunContexts): readonly ForeseenJob[] {
  const open = new Map<string, DeclaredJob>();
  const closed: Plan = { ...plan, jobs: plan.jobs.map((job) => closeJob(job, '', open)) };
  const first = new Set(advance(closed, [], contexts, 'run').changes.map(keyOf));
  const board = new PlayBoard([]);
  advanceBoard(closed, board, contexts, 'run');
  const rows = board.changes.flatMap((change) =>
    change.kind === 'cancel' ? [] : [rowOf(change, first.has(keyOf(change)), open)],
  );
  return inOrderOf(plan, rows);
}

/** Every job that starts has succeeded at once, with no outputs. */
class PlayBoard extends Board {
  override queue(job: PlannedJob): void {
    super.queue(job);
    this.put(job, 'success');
  }
}

function keyOf(change: JobChange): string {
  return change.kind === 'cancel' ? change.key : change.job.key;
}

/** What hangs on outputs, or on a file that is not here, is taken for one plain job, and noted in `open` by its path. */
function closeJob(job: DeclaredJob, prefix: string, open: Map<string, DeclaredJob>): DeclaredJob {
  const path = `${prefix}${job.id}`;
  if (whyOpen(job) === null) return job.call ? { ...job, call: closedCall(job.call, `${path}/`, open) } : job;
  open.set(path, job);
  const plain = { name: null, if: null, strategy: null, concurrency: null, environment: null, call: null };
  return { ...job, ...plain, runsOn: '?', timeoutMinutes: 1, cancelTimeoutMinutes: 1, continueOnError: false };
}

function closedCall(call: NonNullable<DeclaredJob['call']>, prefix: string, open: Map<string, DeclaredJob>) {
  const { callee } = call;
  if (callee === null) return call;
  return { ...call, callee: { ...callee, jobs: callee.jobs.map((job) => closeJob(job, prefix, open)) } };
}

function whyOpen(job: DeclaredJob): string | null {
  if (job.call !== null && job.call.callee === null) return `it calls ${job.call.uses}, which is not read here`;
  const { name, strategy, concurrency, runsOn, timeoutMinutes, continueOnError, environment, call } = job;
  const evaluated = [name, strategy, concurrency, runsOn, timeoutMinutes, continueOnError, environment, call?.with];
  if (evaluated.some((value) => expressionsIn(value ?? null).some(readsOutputs)) || readsOutputs(job.if ?? ''))
    return `it reads what ${job.needs.join(', ')} will put out`;
  return null;
}

/** Results are known here, outputs are not. */
function readsOutputs(expression: string): boolean {
  return /\bneeds\b/i.test(expression.replace(/\bneeds\s*\.\s*[\w-]+\s*\.\s*result\b/gi, ''));
}

function expressionsIn(value: Json): readonly string[] {
  return [...JSON.stringify(value).matchAll(/\$\{\{(.*?)\}\}/g)].map((match) => match[1] ?? '');
}

function rowOf(
  { job, ...change }: Exclude<JobChange, { kind: 'cancel' }>,
  isFirst: boolean,
  open: ReadonlyMap<string, DeclaredJob>,
): ForeseenJob {
  const { key, name, needs, runsOn, matrix } = job;
  const about = { key, name, needs, runsOn, matrix, groups: groupsOf(job) };
  const declared = open.get(key.replace(/\[\d+\](?=\/|$)/g, ''));
  if (change.kind === 'end') return { ...about, state: change.result, reason: change.reason };
  if (declared) return { ...about, runsOn: [], matrix: matrixOf(declared), state: 'open', reason: whyOpen(declared) };
  const isLimited = !isFirst && needs.length === 0 && !key.includes('/');
  const reason = isLimited ? 'max-parallel: others of its matrix come first' : null;
  return { ...about, state: isFirst ? 'ready' : 'waits', reason };
}

function groupsOf({ call, concurrency }: PlannedJob): readonly string[] {
  const all = [...(call?.turns ?? []).map((turn) => turn.concurrency), ...(concurrency === null ? [] : [concurrency])];
  return all.map(({ group }) => group);
}

function matrixOf({ strategy }: DeclaredJob): Json {
  return isJsonObject(strategy) ? (strategy['matrix'] ?? {}) : ({} satisfies JsonObject);
}

/** Jobs start in the order of their needs: they are shown as they are written. */
function inOrderOf({ jobs }: Plan, rows: readonly ForeseenJob[]): readonly ForeseenJob[] {
  const places = new Map(jobs.map(({ id }, index) => [id, index]));
  const placeOf = ({ key }: ForeseenJob) => places.get(/^[^[/]*/.exec(key)?.[0] ?? '') ?? -1;
  return [...rows].sort((one, other) => placeOf(one) - placeOf(other));
}
