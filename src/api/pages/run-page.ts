/** The page of a run: what happened, the result, where it failed, the last lines; then all else. */
import { oneLine } from '../../kernel/one-line.js';
import type { Problem } from '../../kernel/errors.js';
import { nextSteps } from '../../runs/next-steps.js';
import { decisionItem } from './decision-list.js';
import { commitFact, factList, pullRequestFact, refFact } from './facts.js';
import { fitting, PAGE_BYTES } from './fit.js';
import { type Html, html } from './html.js';
import { jobList } from './job-list.js';
import { layout, pageFooter, section } from './layout.js';
import { linkUnder } from './links.js';
import { logSection } from './log-section.js';
import { runHeadline, runTitle } from './run-headline.js';
import type { RunView } from './run-view.js';
import { runStanding } from './standing.js';
import { countOf, outside } from './text.js';
import { shownTime, took } from './times.js';

/** How a reader wants a page that changes. */
export type Reload = 'on' | 'off';

/** Headings, lists and lines about what is left out. */
const FRAME_BYTES = 350;
const MOST_PROBLEMS = 20;
/** Of a run that will not end soon by itself. */
const SLOW_RELOAD_SECONDS = 60;
const RELOAD_SECONDS = 5;

/** Pure. At most `PAGE_BYTES` long, whatever it is to show. */
export function runPage(view: RunView, reload: Reload): Html {
  const page = (...sections: readonly (Html | null)[]) => wholePage(view, reload, html`${sections}`);
  const room = PAGE_BYTES - page().sizeBytes;
  const problems = problemSection(view, room * 0.2);
  const decisions = decisionSection(view, room * 0.25);
  const next = nextSection(view);
  const left = room - sizeOf(problems) - sizeOf(decisions) - sizeOf(next);
  const log = logSection(view, left - sizeOf(jobList(view, left * 0.45)));
  return page(problems, log, next, jobList(view, left - sizeOf(log)), decisions);
}

function sizeOf(part: Html | null): number {
  return part?.sizeBytes ?? 0;
}

function wholePage(view: RunView, reload: Reload, sections: Html): Html {
  const { run, project } = view;
  const reloadSeconds = reload === 'on' ? secondsOf(view) : null;
  return layout({
    title: runTitle(view),
    tone: runStanding(run).tone,
    crumbs: [
      linkUnder(project.instance, view.pages.project, outside(project.fullname, 100)),
      outside(run.pipelineName, 80),
      html`#${run.number}`,
    ],
    main: html`${runHeadline(view)}\n${event(view)}\n${said(view)}${notes(view)}${facts(view)}\n${sections}`,
    footer: footer(view, reloadSeconds),
    reloadSeconds,
  });
}

function secondsOf({ run }: RunView): number | null {
  if (run.state === 'done') return null;
  return run.trust === 'held' ? SLOW_RELOAD_SECONDS : RELOAD_SECONDS;
}

function event({ event, run }: RunView): Html {
  return html`<p class="what">${outside(event?.summary ?? run.title, 300)}</p>`;
}

/** As its flag says it. */
function said({ sentence }: RunView): Html | null {
  return sentence === null ? null : html`<p>${outside(sentence, 250)}</p>\n`;
}

/** Null for a run that needs nobody. */
function nextSection({ run }: RunView): Html | null {
  const steps = nextSteps(run);
  if (steps.length === 0) return null;
  const items = steps.map(
    ({ what, how, who }) =>
      html`<li><p>${what}${how === null ? null : html`: <code>${how}</code>`} <span class="d">${who}</span></p></li>\n`,
  );
  return section('next', 'What to do next', html`<ul class="box">\n${items}</ul>\n`);
}

function facts(view: RunView): Html {
  const { run, project, pages, event } = view;
  const { ref, commit, headMessage } = run.resolved;
  const pull = event?.pullRequest ?? null;
  const message = headMessage.split('\n', 1)[0] ?? '';
  return factList([
    pullRequestFact(project.instance, pull, pages.pullRequest, pull === null ? '' : run.title),
    commitFact(project.instance, commit, pages.commit, message || (pull === null ? run.title : '')),
    refFact(ref),
    ['Attempt', attemptOf(run)],
    ['Trust', html`${run.trust}: ${outside(run.trustReason.replace(/^held: /, ''), 200)}`],
    [run.startedAt === null ? 'Since' : 'Started', html`${shownTime(run.startedAt ?? run.createdAt)}${ofLength(view)}`],
  ]);
}

/** Null for the first: nothing is to be said of it. */
function attemptOf({ id, attempt }: RunView['run']): Html | null {
  const earlier = `/api/v1/runs/${id}/attempts`;
  return attempt === 1 ? null : html`${attempt}, earlier ones: <a href="${earlier}">${earlier}</a>`;
}

function ofLength({ run, nowMs }: RunView): Html | null {
  const span = { startedAt: run.startedAt ?? run.createdAt, finishedAt: run.finishedAt };
  if (run.state === 'done') return html`, took ${took(span, nowMs) ?? ''}`;
  return run.state === 'running' ? html`, for ${took(span, nowMs) ?? ''} now` : null;
}

function notes({ run }: RunView): Html | null {
  if (run.trust === 'held' && run.state !== 'done')
    return html`<p>Nothing of it has been run: its code comes from outside of the project.</p>`;
  const other = run.reasonRunId === null ? null : html`<p><a href="/runs/${run.reasonRunId}">Look at that run</a></p>`;
  return run.cancelRequested && run.state !== 'done' ? html`<p>It is being canceled.</p>${other}` : other;
}

/** What is wrong with the pipeline’s text, each with its place. */
function problemSection({ run }: RunView, room: number): Html | null {
  if (run.problems.length === 0) return null;
  const shown = fitting(run.problems.slice(0, MOST_PROBLEMS).map(problemItem), room - FRAME_BYTES);
  const api = `/api/v1/runs/${run.id}`;
  const more = countOf(run.problems.length - shown.length, 'more problem');
  const rest = html`<p class="d">${more}: all are in <a href="${api}">${api}</a>.</p>`;
  const list = html`<ul class="box">\n${shown}</ul>\n${shown.length < run.problems.length ? rest : null}`;
  return section('problems', 'What is wrong with the pipeline', list);
}

function problemItem({ file, line, column, message, code }: Problem): Html {
  const place = html`<code>${outside(file, 80)}:${line}:${column}</code>`;
  return html`<li><p>${place} ${outside(message, 200)} <span class="d">${oneLine(code, 40)}</span></p></li>\n`;
}

function decisionSection(view: RunView, room: number): Html {
  const { run, ownDecision, otherDecisions, decisionCount } = view;
  const own = ownDecision === null ? null : decisionItem(ownDecision, run.id);
  const others = fitting(
    otherDecisions.map((one) => decisionItem(one, run.id)),
    room - FRAME_BYTES - sizeOf(own),
  );
  const more = decisionCount - others.length - (own === null ? 0 : 1);
  const rest = more > 0 ? `: ${countOf(more, 'more pipeline')}` : null;
  const link = html`<p class="d"><a href="/events/${run.eventId}">The event, and what became of it</a>${rest}</p>`;
  const title = run.startedAt === null ? 'Why is it here?' : 'Why did it run?';
  return section('why', title, html`<ul class="box">\n${own}${others}</ul>\n${link}`);
}

function footer({ run }: RunView, reloadSeconds: number | null): Html {
  const api = `/api/v1/runs/${run.id}`;
  return pageFooter(
    api,
    reloadSeconds === null ? null : { seconds: reloadSeconds, still: `/runs/${run.id}?reload=off` },
  );
}
