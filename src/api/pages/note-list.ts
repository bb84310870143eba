/** What the step in focus points out about the project's files. */
import type { Annotation } from '../../model/annotation.js';
import { fitting } from './fit.js';
import { type Html, html } from './html.js';
import type { Focus, RunView } from './run-view.js';
import { outside } from './text.js';

/** So many are shown. */
export const MOST_NOTES = 5;
/** The list and the line about what is left out. */
const FRAME_BYTES = 200;

/** Null for a step that points out nothing. */
export function noteList({ run }: RunView, { job, notes }: Focus, room: number): Html | null {
  if (notes.length === 0) return null;
  const shown = fitting(notes.slice(0, MOST_NOTES).map(noteItem), room - FRAME_BYTES);
  const api = `/api/v1/runs/${run.id}/annotations?job=${job.id}`;
  const rest = html`<p class="d">More are in <a href="${api}">${api}</a>.</p>\n`;
  const list = shown.length === 0 ? null : html`<ul class="box">\n${shown}</ul>\n`;
  return html`${list}${shown.length < notes.length ? rest : null}`;
}

function noteItem({ level, message, title, file, line }: Annotation): Html {
  const place = file === null ? null : html`<code>${outside(file, 80)}${line === null ? null : `:${line}`}</code> `;
  const head = title === null ? null : html`<b>${outside(title, 80)}</b> `;
  const tone = level === 'error' ? html`<span class="bad">${level}</span>` : html`<span class="d">${level}</span>`;
  return html`<li><p>${tone} ${place}${head}${outside(message, 200)}</p></li>\n`;
}
