/** Where it failed, and the last lines of that job's log. */
import { fittingFromEnd } from './fit.js';
import { type Html, html, joined } from './html.js';
import { logLines } from './log-lines.js';
import type { Focus, RunView } from './run-view.js';
import { stepStanding } from './standing.js';
import { countOf, outside } from './text.js';

/** So many lines of a log are shown. */
export const SHOWN_LINES = 50;

/** Null for a run of which no job was started. */
export function logSection(view: RunView, room: number): Html | null {
  const { focus } = view;
  if (focus === null) return null;
  const lines = fittingFromEnd(logLines(focus.log.lines), room - 900);
  return html`<section aria-labelledby="log"><h2 id="log">${heading(view)}</h2><p>${place(focus)}</p>${lines.length === 0 ? html`<p class="d">It has printed nothing.</p>` : logText(view, focus, lines)}</section>`;
}

function heading({ run }: RunView): string {
  if (run.state !== 'done') return 'Where it is';
  return run.result === 'failure' || run.result === 'error' ? 'Where it failed' : 'Its last lines';
}

/** Job, step, and what that step came to. */
function place({ job, step }: Focus): Html {
  if (step === null)
    return html`Job ${outside(job.name, 80)}${job.reason === null ? null : html`: ${outside(job.reason, 200)}`}`;
  const { tone, word } = stepStanding(step);
  const why = step.reason === null ? null : html`: ${outside(step.reason, 200)}`;
  const end =
    tone === 'failure' || tone === 'error' ? html` <span class="bad">${word}${why}</span>` : html` ${word}${why}`;
  return html`Job ${outside(job.name, 80)}, step ${step.number} <b>${outside(step.name, 120)}</b>${end}`;
}

function logText(view: RunView, { job, log }: Focus, lines: readonly Html[]): Html {
  const address = `/api/v1/runs/${view.run.id}/jobs/${job.id}/log`;
  const isAll = lines.length >= log.lineCount;
  const what = isAll ? 'The whole log' : `The last ${countOf(lines.length, 'line')} of ${log.lineCount}`;
  return html`<pre tabindex="0" aria-label="${what}">${joined(lines, '\n')}</pre><p class="d">${what}. <a href="${address}">Whole log</a> (with an API token), or <code>pagure-actions logs ${view.run.id}</code>.</p>`;
}
