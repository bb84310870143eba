/** Runs that go on as a tree of a few lines: runs, jobs, the steps that tell something; and the line of progress below it. */
import type { PlannedJob } from '../../../model/plan.js';
import { isRed } from '../../../model/result.js';
import { type Paint, paintedSign } from '../../screen/paint.js';
import { plainText } from '../../screen/plain-text.js';
import { widthOf } from '../../screen/table.js';
import { duration } from '../../screen/times.js';
import type { DeclaredHead } from '../news.js';
import type { JobRecord, RunRecord, StepRecord } from '../run-record.js';

export interface TreeOptions {
  readonly paint: Paint;
  /** Columns of the terminal. */
  readonly width: number;
  readonly nowMs: number;
}

/** Pure. While runs go on: at most so many lines; what says least is left out. */
export function liveTree(runs: readonly RunRecord[], most: number, options: TreeOptions): readonly string[] {
  const rows = runs.flatMap((run) => rowsOf(run, runs, options));
  return fitRows(rows, most, options).map((line) => cut(line, options.width));
}

/** Pure. At the end: every job, and of one that failed the steps that did. */
export function finalTree(runs: readonly RunRecord[], options: TreeOptions): readonly string[] {
  const rows = runs.flatMap((run) => rowsOf(run, runs, options));
  return rows.map(({ line }) => cut(line, options.width));
}

/** Pure. `━━━━──── 3/5 jobs · 2 running · 12s`. */
export function progressLine(runs: readonly RunRecord[], options: TreeOptions): string {
  const { paint, nowMs, width } = options;
  const jobs = runs.flatMap((run) => run.jobs);
  const open = runs.flatMap(({ head, jobs: begun }) => head.declared.filter((job) => !hasBegun(job, begun)));
  const [done, all] = [jobs.filter(({ state }) => state === 'done').length, jobs.length + open.length];
  const running = jobs.filter(({ state }) => state === 'running').length;
  const bar = Math.min(30, Math.max(8, Math.floor(width / 4)));
  const full = all === 0 ? 0 : Math.floor((bar * done) / all);
  const failed = jobs.some(({ result }) => isRed(result));
  const facts = [
    `${done}/${all} jobs`,
    `${running} running`,
    duration(runs[0]?.startedAt ?? null, null, nowMs),
    'Ctrl-C cancels',
  ];
  const brush = failed ? paint.bad : paint.good;
  return cut(`${brush('━'.repeat(full))}${paint.faint(`${'─'.repeat(bar - full)} ${facts.join(' · ')}`)}`, width);
}

interface Row {
  readonly line: string;
  /** The higher, the sooner it is left out. */
  readonly dispensable: number;
}

function rowsOf(run: RunRecord, runs: readonly RunRecord[], options: TreeOptions): readonly Row[] {
  const { paint, nowMs } = options;
  const { head, jobs, result, startedAt, finishedAt } = run;
  const sign = paintedSign({ state: result === null ? 'running' : 'done', result }, paint);
  const where = `${head.eventName} on ${head.ref.replace(/^refs\/(heads|tags)\//, '')}`;
  const facts = [head.title ?? '', where, duration(startedAt, finishedAt, nowMs)].filter((fact) => fact !== '');
  const line = `${sign} ${paint.strong(plainText(head.pipeline))} ${paint.faint(plainText(facts.join(' · ')))}`;
  const waiting = head.declared.filter((job) => !hasBegun(job, jobs) && result === null);
  const branches = [...jobs.map((job) => jobRows(job, options)), ...waiting.map((job) => [waitingRow(job, options)])];
  return [
    { line, dispensable: runs.length > 1 ? 1 : 0 },
    ...branches.flatMap((rows, at) => branch(rows, at === branches.length - 1, paint)),
  ];
}

/** A branch of the tree with what hangs on it. */
function branch(rows: readonly Row[], isLast: boolean, paint: Paint): readonly Row[] {
  return rows.map(({ line, dispensable }, at) => {
    const stem = at === 0 ? (isLast ? '└─ ' : '├─ ') : isLast ? '   ' : '│  ';
    return { line: `${paint.faint(stem)}${line}`, dispensable };
  });
}

function jobRows(job: JobRecord, options: TreeOptions): readonly Row[] {
  const { paint, nowMs } = options;
  const { head, state, result, startedAt, finishedAt, steps } = job;
  const step = steps.find((one) => one.state === 'running');
  const failed = steps.filter(({ end }) => end?.conclusion === 'failure' || end?.conclusion === 'error');
  const reason = job.reason ?? (state === 'queued' ? 'waits for a free slot' : '');
  const facts = [
    duration(startedAt, finishedAt, nowMs),
    state === 'running' && step !== undefined ? stepText(step, head.planned) : '',
    failed.length > 0 && state === 'done' ? '' : plainText(reason),
  ];
  const rest = facts.filter((fact) => fact !== '').join(' · ');
  const line = `${paintedSign({ state, result }, paint)} ${plainText(head.planned.name)} ${paint.faint(rest)}`;
  return [
    { line: line.trimEnd(), dispensable: DISPENSABLE[result ?? state] ?? 2 },
    ...(state === 'done' ? failed.map((one) => ({ line: failedStep(one, paint), dispensable: 3 })) : []),
  ];
}

/** What runs and what failed stays longest. */
const DISPENSABLE: Readonly<Record<string, number>> = {
  running: 0,
  failure: 1,
  error: 1,
  queued: 3,
  success: 4,
  skipped: 5,
};

function stepText({ number, name }: StepRecord, { steps }: PlannedJob): string {
  return number === 0 ? plainText(name) : `step ${number}/${steps.length} ${plainText(name)}`;
}

function failedStep({ number, name, end, startedAt, finishedAt }: StepRecord, paint: Paint): string {
  const facts = [duration(startedAt, finishedAt, 0), plainText(end?.reason ?? '')].filter((fact) => fact !== '');
  return `${paint.bad(`✗ step ${number} ${plainText(name)}`)} ${paint.faint(facts.join(' · '))}`.trimEnd();
}

function waitingRow({ name, needs }: DeclaredHead, { paint }: TreeOptions): Row {
  const after = needs.length === 0 ? '' : ` after ${needs.join(', ')}`;
  return { line: paint.faint(`○ ${plainText(name)}${plainText(after)}`), dispensable: 4 };
}

/** Of a matrix and of a call the jobs have longer keys. */
function hasBegun({ id }: DeclaredHead, jobs: readonly JobRecord[]): boolean {
  return jobs.some(({ head: { planned } }) => /^[^[/]*/.exec(planned.key)?.[0] === id);
}

function fitRows(rows: readonly Row[], most: number, { paint }: TreeOptions): readonly string[] {
  if (rows.length <= most) return rows.map(({ line }) => line);
  const order = rows
    .map((row, at) => ({ row, at }))
    .sort((a, b) => a.row.dispensable - b.row.dispensable || a.at - b.at);
  const kept = order.slice(0, Math.max(0, most - 1)).sort((a, b) => a.at - b.at);
  return [...kept.map(({ row }) => row.line), paint.faint(`   … and ${rows.length - kept.length} more`)];
}

/** Colours are kept: only what is shown counts. */
function cut(line: string, width: number): string {
  if (widthOf(line) <= width) return line;
  let shown = '';
  for (const part of line.split(/(\u001b\[[\d;]*m)/)) {
    if (part.startsWith('\u001b')) shown += part;
    else for (const letter of part) shown += widthOf(shown + letter) < width ? letter : '';
  }
  return `${shown}…`;
}
