/** Where it failed, and the last lines of the step that did, or of the job. */
import { fittingFromEnd } from './fit.js';
import { type Html, html, joined } from './html.js';
import { section } from './layout.js';
import { logLines } from './log-lines.js';
import { noteList } from './note-list.js';
import type { PageJob } from '../../store/page-rows.js';
import type { Focus, LogTail, RunView } from './run-view.js';
import { standingOf, stepStanding } from './standing.js';
import { countOf, outside } from './text.js';
import { isRed } from '../../model/result.js';

/** What stands around the lines, but for the names of job and step. */
const FRAME_BYTES = 800;

/** Null for a run of which no job was started. */
export function logSection(view: RunView, room: number): Html | null {
  const { focus } = view;
  if (focus === null) return null;
  const where = place(focus);
  const notes = noteList(view, focus, room * 0.25);
  const all = logLines(focus.log.lines, errorAmong(focus));
  const first = firstError(focus, room * 0.35);
  const taken = where.sizeBytes + (notes?.sizeBytes ?? 0) + (first?.sizeBytes ?? 0);
  const lines = fittingFromEnd(all, room - FRAME_BYTES - taken);
  const said = extent(focus.log, lines.length, all.length);
  const log =
    lines.length === 0 ? html`<p class="d">It has printed nothing.</p>` : logText(view, focus.job, { lines, said });
  return section('log', heading(view), html`<p>${where}</p>\n${notes}${first}${log}`);
}

function heading({ run }: RunView): string {
  if (run.state !== 'done') return 'Where it is';
  return isRed(run.result) ? 'Where it failed' : 'Its last lines';
}

/** Job, step, and what that step came to. */
function place({ job, step }: Focus): Html {
  const name = html`Job <b>${outside(job.name, 80)}</b>`;
  if (step === null) return html`${name} ${standingOf(job).word}${reason(job.reason)}`;
  const { tone, word } = stepStanding(step);
  const isBad = tone === 'failure' || tone === 'error';
  const end = html`${word}${reason(step.reason)}`;
  return html`${name}, step ${step.number} <b>${outside(step.name, 120)}</b> ${isBad ? html`<span class="bad">${end}</span>` : end}`;
}

function reason(text: string | null): Html | null {
  return text === null ? null : html`: ${outside(text, 200)}`;
}

/** Where in the shown lines the first error stands; -1 when it is not among them. */
function errorAmong({ excerpt, log }: Focus): number {
  if (excerpt === null || log.of !== 'step') return -1;
  return excerpt.errorLine - 1 - (log.lineCount - log.lines.length);
}

/** The first error with the lines around it, unless all of them are among the last ones; null likewise without one. */
function firstError({ excerpt, log }: Focus, room: number): Html | null {
  if (excerpt === null) return null;
  const firstShown = log.of === 'step' ? log.lineCount - log.lines.length + 1 : Infinity;
  if (excerpt.firstLine >= firstShown) return null;
  const at = excerpt.errorLine - excerpt.firstLine;
  const lines = logLines(excerpt.lines, at);
  const shown =
    lines.reduce((sum, one) => sum + one.sizeBytes + 1, FRAME_BYTES) <= room ? lines : lines.slice(at, at + 1);
  const said = `The first error, line ${excerpt.errorLine} of ${excerpt.lineCount} of this step`;
  const box = html`<pre tabindex="0" role="region" aria-labelledby="first"><span>${joined(shown, '\n')}</span></pre>\n`;
  return html`<p class="d" id="first">${said}:</p>\n${box}`;
}

interface ShownLog {
  readonly lines: readonly Html[];
  /** Which lines these are. */
  readonly said: string;
}

/** The box shows its end first: what is above is scrolled to. */
function logText({ run }: RunView, job: PageJob, { lines, said }: ShownLog): Html {
  const address = `/api/v1/runs/${run.id}/jobs/${job.id}/log`;
  const verb = html`<code>pagure-actions logs ${run.id} ${job.id}</code>`;
  const box = html`<pre class="end" tabindex="0" role="region" aria-labelledby="log"><span>${joined(lines, '\n')}</span></pre>\n`;
  return html`${box}<p class="d">${said}. <a href="${address}">Whole log</a> with an API token, or ${verb}</p>`;
}

/** `all`: how many of the lines can be shown; marks of the runner are counted as lines, and not shown. */
function extent({ of, lineCount, lines }: LogTail, shown: number, all: number): string {
  const isWhole = shown === all && lineCount === lines.length;
  if (isWhole) return `${of === 'step' ? 'All of this step' : 'The whole log'}: ${countOf(lineCount, 'line')}`;
  return `The last ${countOf(shown, 'line')} of ${lineCount}${of === 'step' ? ' of this step' : ''}`;
}
