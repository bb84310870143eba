/** A tried pipeline for people. */
import { isJsonObject, type Json } from '../../kernel/json.js';
import type { ForeseenJob } from '../../pipeline/index.js';
import { plainText } from '../screen/plain-text.js';
import type { Paint } from '../screen/paint.js';
import type { Screen } from '../screen/screen.js';
import type { TriedPipeline, TriggerAnswer } from './try-pipeline.js';

/** Nobody reads a longer value in a table. */
const LONGEST = 60;

export async function printPlan(
  screen: Screen,
  { file, pipeline, event, starts, triggers, title, group, jobs, notes }: TriedPipeline,
) {
  const { paint } = screen;
  screen.facts([
    ['pipeline', `${paint.strong(plainText(pipeline))}${pipeline === file ? '' : ` ${paint.faint(plainText(file))}`}`],
    ['event', plainText(event.summary)],
    ['topic', plainText(event.action === null ? event.topic : `${event.topic} (${event.action})`)],
    ['ref', plainText(event.ref)],
    ['title', plainText(title ?? '')],
    ...(group === null ? [] : [['group', short(group)] as const]),
  ]);
  screen.line();
  for (const trigger of triggers) screen.line(triggerLine(trigger, paint));
  screen.line();
  if (starts) await printJobs(screen, jobs);
  else screen.line('Nothing would start.');
  for (const note of notes) screen.line(paint.warning(`note: ${plainText(note)}`));
}

function triggerLine({ name, matches, reason }: TriggerAnswer, paint: Paint): string {
  const sign = matches ? paint.good('✓') : paint.faint('-');
  return `${sign} on ${paint.name(plainText(name))}: ${plainText(reason)}`;
}

async function printJobs(screen: Screen, jobs: readonly ForeseenJob[]): Promise<void> {
  const hasGroups = jobs.some(({ groups }) => groups.length > 0);
  await screen.table({
    columns: [
      { title: 'JOB', least: 16 },
      { title: 'MATRIX', least: 12, leftOut: 1 },
      { title: 'RUNS ON', least: 8, leftOut: 2 },
      { title: 'WHEN', least: 20 },
      ...(hasGroups ? [{ title: 'GROUPS', least: 8, leftOut: 3 }] : []),
    ],
    rows: jobs.map((job) => [
      screen.paint.name(plainText(job.name)),
      matrixText(job.matrix),
      plainText(job.runsOn.join(', ')),
      whenText(job, screen.paint),
      ...(hasGroups ? [short(job.groups.join(', '))] : []),
    ]),
  });
}

function matrixText(matrix: Json): string {
  if (!isJsonObject(matrix)) return short(typeof matrix === 'string' ? matrix : JSON.stringify(matrix));
  const values = Object.entries(matrix).map(([key, value]) => {
    return `${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`;
  });
  return short(values.join(', '));
}

function whenText({ state, needs, reason }: ForeseenJob, paint: Paint): string {
  const why = reason === null ? '' : plainText(reason);
  if (state === 'ready') return paint.good('at once');
  if (state === 'waits') return plainText(needs.length > 0 ? `after ${needs.join(', ')}` : why || 'later');
  if (state === 'open') return paint.warning(`not known yet: ${why}`);
  return paint[state === 'skipped' ? 'faint' : 'bad'](`${state}: ${why}`);
}

function short(text: string): string {
  const plain = plainText(text);
  return plain.length > LONGEST ? `${plain.slice(0, LONGEST)}…` : plain;
}
