/** One run with its jobs and steps as a picture of a few lines. */
import { formatProblem } from '../../kernel/errors.js';
import type { JobAnswer, RunAnswer, StepAnswer } from '../api/answers.js';
import { type Paint, paintedSign, standing } from './paint.js';
import { plainText } from './plain-text.js';
import { widthOf } from './table.js';
import { duration, relativeTime } from './times.js';
import { isRed } from '../../model/result.js';

export interface PictureOptions {
  readonly paint: Paint;
  /** Columns of the terminal; null where nothing limits a line. */
  readonly width: number | null;
  /** `telling`: of a job under way or failed alone. */
  readonly steps: 'all' | 'telling';
  readonly nowMs: number;
}

/** Pure. Without a line end at the end. */
export function drawRun(run: RunAnswer, options: PictureOptions): string {
  const lines = [headline(run, options), ...about(run, options), ...run.problems.map(formatProblem).map(plainText)];
  const jobs = run.jobs.flatMap((job) => [jobLine(job, run, options), ...stepLines(job, options)]);
  const all = jobs.length === 0 ? lines : [...lines, '', ...jobs];
  return all.map((line) => cut(line, options.width)).join('\n');
}

function headline(run: RunAnswer, { paint, nowMs }: PictureOptions): string {
  const name = paint.strong(`${plainText(run.pipeline.name)} #${run.number}`);
  const took = duration(run.startedAt, run.finishedAt, nowMs);
  const facts = [standing(run), took].filter((word) => word !== '').join(', ');
  return `${paintedSign(run, paint)} ${name} of ${plainText(run.project.fullname)}: ${facts} ${paint.faint(`(run ${run.id})`)}`;
}

function about(run: RunAnswer, { paint, nowMs }: PictureOptions): readonly string[] {
  const { ref, commit, eventName, actor } = run;
  const where = [plainText(ref), commit === null ? '' : plainText(commit.slice(0, 12))].filter((word) => word !== '');
  const cause = `${plainText(eventName)}${actor === null ? '' : ` by ${plainText(actor)}`}, ${relativeTime(run.createdAt, nowMs)}`;
  const trust = run.trust === 'trusted' ? [] : [paint.warning(`trust: ${plainText(run.trust)}`)];
  const reason = run.reason === null ? [] : [paint.warning(plainText(run.reason))];
  return [
    `  ${plainText(run.title)}`,
    `  ${paint.faint([...where, cause].join(' · '))}`,
    ...[...trust, ...reason].map(indented),
  ];
}

function indented(line: string): string {
  return `  ${line}`;
}

function jobLine(job: JobAnswer, run: RunAnswer, { paint, nowMs }: PictureOptions): string {
  const took = duration(job.startedAt, job.finishedAt, nowMs);
  const facts = [took, job.attempt > 1 ? `attempt ${job.attempt}` : '', whyNot(job, run)].filter((word) => word !== '');
  return `${paintedSign(job, paint)} ${plainText(job.name)}${facts.length === 0 ? '' : ` ${paint.faint(facts.join(', '))}`}`;
}

/** Why a job does not run, or how it ended. */
function whyNot(job: JobAnswer, run: RunAnswer): string {
  if (job.reason !== null) return plainText(job.reason);
  if (job.state === 'queued') return 'waits for a free slot';
  if (job.state !== 'waiting') return '';
  const open = run.jobs.filter(({ key, name, state }) => state !== 'done' && isNeeded(job, key, name));
  return open.length === 0 ? '' : `waits for ${open.map(({ name }) => plainText(name)).join(', ')}`;
}

/** A need names a job of the file; the jobs that its matrix makes begin with that name. */
function isNeeded({ needs }: JobAnswer, key: string, name: string): boolean {
  return needs.some((need) => need === key || need === name || key.startsWith(`${need} (`));
}

function stepLines(job: JobAnswer, options: PictureOptions): readonly string[] {
  const isTelling = job.state === 'running' || isRed(job.result);
  if (options.steps === 'telling' && !isTelling) return [];
  return job.steps.map((step) => stepLine(step, options));
}

function stepLine(step: StepAnswer, { paint, nowMs }: PictureOptions): string {
  const { number, state, conclusion: result, exitCode, reason } = step;
  const took = duration(step.startedAt, step.finishedAt, nowMs);
  const ended = exitCode === null || exitCode === 0 ? '' : `exit code ${exitCode}`;
  const facts = [took, reason === null ? ended : plainText(reason)].filter((word) => word !== '');
  const rest = facts.length === 0 ? '' : ` ${paint.faint(facts.join(', '))}`;
  return `    ${paintedSign({ state, result }, paint)} ${paint.faint(String(number))} ${plainText(step.name)}${rest}`;
}

/** Colours are kept: only what is shown counts. */
function cut(line: string, width: number | null): string {
  if (width === null || widthOf(line) <= width) return line;
  let shown = '';
  for (const part of line.split(/(\u001b\[[\d;]*m)/)) {
    if (part.startsWith('\u001b')) shown += part;
    else for (const letter of part) shown += widthOf(shown + letter) < width ? letter : '';
  }
  return `${shown}…`;
}
