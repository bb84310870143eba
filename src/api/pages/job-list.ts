/** The jobs of a run with their steps, as much of them as there is room for. */
import type { Step } from '../../model/run.js';
import type { PageJob } from '../../store/page-rows.js';
import { fitting } from './fit.js';
import { type Html, html } from './html.js';
import { section } from './layout.js';
import { webLink } from './links.js';
import type { RunView } from './run-view.js';
import { sign, standingOf, stepStanding } from './standing.js';
import { countOf, outside } from './text.js';
import { clockTime, took } from './times.js';

/** Heading, list and the line about what is left out. */
const FRAME_BYTES = 500;
/** With so many, and all of them here, they stand in the order of the file. */
const FEW_JOBS = 20;
/** At most so many steps of a job are read for a page. */
export const MOST_STEPS = 40;

/** Null for a run without jobs. */
export function jobList(view: RunView, room: number): Html | null {
  const total = view.counts.reduce((sum, { count }) => sum + count, 0);
  if (total === 0 && view.toCome.length === 0) return null;
  const after = toCome(view.toCome);
  const items = fittingJobs(view, room - FRAME_BYTES - (after?.sizeBytes ?? 0));
  const list = items.length === 0 ? null : html`<ul class="box">\n${items}</ul>\n`;
  const others = total > items.length ? rest(view, total - items.length) : null;
  return section('jobs', html`Jobs ${counted(view.counts)}`, html`${list}${others}${after}`);
}

/** First all of them in one line each, with room kept for the steps of the first; then steps, as far as there is room. */
function fittingJobs(view: RunView, room: number): readonly Html[] {
  const both = view.jobs.map((job) => bothWays(view, job));
  const kept = Math.min(both[0]?.more ?? 0, room * 0.6);
  const lines = fitting(
    both.map(({ line }) => line),
    room - kept,
  );
  let left = room - lines.reduce((sum, line) => sum + line.sizeBytes + 1, 0);
  const items = both.slice(0, lines.length).map(({ line, whole, more }) => {
    if (more > left) return line;
    left -= more;
    return whole;
  });
  return inOrder(view, items);
}

/** A job in one line, and with its steps where it has some. */
function bothWays(view: RunView, job: PageJob) {
  const line = jobItem(view, job, 'line');
  const whole = view.steps.get(job.id)?.length ? jobItem(view, job, 'steps') : line;
  return { line, whole, more: whole.sizeBytes - line.sizeBytes };
}

function inOrder({ jobs }: RunView, items: readonly Html[]): readonly Html[] {
  if (items.length < jobs.length || items.length > FEW_JOBS) return items;
  const byId = items.map((item, at) => ({ item, id: jobs[at]?.id ?? 0 }));
  return byId.sort((a, b) => a.id - b.id).map(({ item }) => item);
}

function jobItem(view: RunView, job: PageJob, how: 'line' | 'steps'): Html {
  const line = jobLine(job, view.nowMs);
  const isSaid = how === 'steps' && view.steps.get(job.id)?.some(({ reason }) => reason !== null);
  const more = html`${environment(view, job)}${isSaid ? null : why(job)}`;
  if (how === 'line') return html`<li class="row">${line}${more}</li>\n`;
  const isOpen = job.id === view.focus?.job.id || view.jobs.length === 1;
  return html`<li><details${isOpen ? ' open' : ''}><summary class="row">${line}${more}</summary>\n${stepList(view, job)}</details></li>\n`;
}

/** What it deploys to, and where that is seen once the job has said so. */
function environment({ environments }: RunView, { id, environmentUrl }: PageJob): Html | null {
  const name = environments.get(id);
  if (name === undefined) return null;
  const link = environmentUrl === null ? null : html`: ${webLink(environmentUrl)}`;
  return html`<span class="why">environment ${outside(name, 80)}${link}</span>`;
}

/** It leads to the run that it names. */
function why({ reason, reasonRunId }: PageJob): Html | null {
  if (reason === null) return null;
  const text = outside(reason, 200);
  const said = reasonRunId === null ? text : html`<a href="/runs/${reasonRunId}">${text}</a>`;
  return html`<span class="why">${said}</span>`;
}

function jobLine(job: PageJob, nowMs: number): Html {
  const standing = standingOf(job);
  const isPlain = job.state === 'done' && job.result === 'success';
  const words = [isPlain ? '' : standing.word, took(job, nowMs) ?? ''];
  return html`${sign(standing)}${outside(job.name, 80)}<span class="d">${words.filter((part) => part !== '').join(' · ')}</span>`;
}

function stepList(view: RunView, job: PageJob): Html {
  const steps = view.steps.get(job.id) ?? [];
  const shown = steps.slice(0, MOST_STEPS);
  const log = `/api/v1/runs/${view.run.id}/jobs/${job.id}/log`;
  const more = steps.length > MOST_STEPS ? html`<p class="d">More steps than these: see the API below.</p>` : null;
  return html`<ol>\n${shown.map((step) => stepItem(step, view.nowMs))}</ol>${more}<p class="d"><a href="${log}">Whole log</a>${attempt(job)}</p>`;
}

function attempt({ attempt }: PageJob): string {
  return attempt > 1 ? ` · attempt ${attempt}` : '';
}

function stepItem(step: Step, nowMs: number): Html {
  const standing = stepStanding(step);
  const begin = step.startedAt === null ? null : html`<span class="n">${clockTime(step.startedAt)} · </span>`;
  const time = took(step, nowMs) ?? standing.word;
  const why = step.reason === null ? null : html`<span class="why">${outside(step.reason, 160)}</span>`;
  return html`<li class="row">${sign(standing)}${outside(step.name, 80)}<span class="d">${begin}${time}</span>${why}</li>\n`;
}

/** `3 failed, 253 passed`. */
function counted(counts: RunView['counts']): Html {
  const parts = counts.map((one) => `${one.count} ${standingOf(one).word}`);
  return html`<small class="d">${parts.join(', ')}</small>`;
}

function rest(view: RunView, count: number): Html {
  const address = `/api/v1/runs/${view.run.id}`;
  return html`<p class="d">${countOf(count, 'more job')}: all are in <a href="${address}">${address}</a>.</p>`;
}

function toCome(names: readonly string[]): Html | null {
  if (names.length === 0) return null;
  const shown = names.slice(0, 8).map((name, at) => html`${at === 0 ? null : ', '}${outside(name, 40)}`);
  const more = names.length > shown.length ? ` and ${names.length - shown.length} more` : null;
  return html`<p class="d">Still to come: ${shown}${more}</p>`;
}
