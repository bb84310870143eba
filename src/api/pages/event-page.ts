/** The page of an event: what happened, and why each pipeline did or did not start. */
import { oneLine } from '../../kernel/one-line.js';
import type { Verdict } from '../../model/delivery.js';
import type { Event, EventState } from '../../model/event.js';
import type { Project } from '../../model/project.js';
import type { PageDecision } from '../../store/page-rows.js';
import { decisionItem } from './decision-list.js';
import { commitFact, factList, pullRequestFact, refFact } from './facts.js';
import { fitting, PAGE_BYTES } from './fit.js';
import { type Html, html } from './html.js';
import { linkUnder } from './links.js';
import type { Reload } from './run-page.js';
import type { ForgePages } from './run-view.js';
import { runStanding, type Standing, type Tone } from './standing.js';
import { headline, layout, pageFooter, section } from './layout.js';
import { countOf, outside } from './text.js';
import { shownTime } from './times.js';

export interface EventView {
  readonly project: Project;
  readonly event: Event;
  /** What started comes first; not all, when there are many. */
  readonly decisions: readonly PageDecision[];
  readonly decisionCount: number;
  readonly pages: ForgePages;
}

const RELOAD_SECONDS = 5;

const VERDICTS: Readonly<Record<Exclude<Verdict, 'ok'>, string>> = {
  stale: 'its message is too old or from the future, so it starts nothing until somebody releases it',
  inconsistent: 'its message names another project, so it starts nothing',
  conflict: 'its message has the name of another one, so it starts nothing',
};

/** Pure. At most `PAGE_BYTES` long, whatever it is to show. */
export function eventPage(view: EventView, reload: Reload): Html {
  const room = PAGE_BYTES - wholePage(view, reload, null).sizeBytes;
  return wholePage(view, reload, decisionSection(view, room));
}

function wholePage(view: EventView, reload: Reload, decisions: Html | null): Html {
  const { project, event } = view;
  const reloadSeconds = reload === 'on' && event.state === 'due' ? RELOAD_SECONDS : null;
  const { tone, word, detail } = outcome(view);
  const what = html`<p class="what">${outside(event.summary, 300)}</p>`;
  return layout({
    title: `${word} · event ${event.id} · ${oneLine(project.fullname, 60)}`,
    tone,
    crumbs: [linkUnder(project.instance, view.pages.project, outside(project.fullname, 100)), html`event ${event.id}`],
    main: html`${headline(tone, word, detail)}\n${what}\n${facts(view)}\n${decisions}`,
    footer: footer(event, reloadSeconds),
    reloadSeconds,
  });
}

interface Outcome {
  readonly tone: Tone;
  readonly word: string;
  readonly detail: Html | null;
}

const STATES: Readonly<Record<Exclude<EventState, 'done'>, Outcome>> = {
  due: { tone: 'queued', word: 'Not decided yet', detail: null },
  parked: { tone: 'error', word: 'Given up', detail: null },
  idle: { tone: 'held', word: 'Starts nothing', detail: null },
};

/** What a reader is to see first. */
const GRAVITY: readonly Tone[] = [
  ...(['failure', 'error', 'held', 'running', 'queued', 'waiting', 'canceled', 'success', 'skipped'] as const),
];

function outcome({ event, decisions }: EventView): Outcome {
  const note = event.note === null ? null : html`: ${outside(event.note, 200)}`;
  if (event.state === 'idle' && event.verdict !== 'ok')
    return { ...STATES.idle, detail: html`: ${VERDICTS[event.verdict]}` };
  if (event.state !== 'done') return { ...STATES[event.state], detail: note };
  const runs = decisions.flatMap(({ outcome, run }) => (outcome === 'started' && run !== null ? [run] : []));
  if (runs.length === 0) return { tone: 'skipped', word: 'Started nothing', detail: note };
  const standings = runs.map(runStanding);
  const tone = GRAVITY.find((one) => standings.some((standing) => standing.tone === one)) ?? 'queued';
  return { tone, word: `Started ${countOf(runs.length, 'run')}`, detail: html`: ${counted(standings)}` };
}

/** `1 failed, 2 passed`. */
function counted(standings: readonly Standing[]): string {
  const words = standings.map(({ word }) => word);
  return [...new Set(words)].map((word) => `${words.filter((one) => one === word).length} ${word}`).join(', ');
}

function facts({ project, event, pages }: EventView): Html {
  const page = event.commit === null && event.pullRequest === null ? event.url : null;
  return factList([
    pullRequestFact(project.instance, event.pullRequest, pages.pullRequest, ''),
    commitFact(project.instance, event.commit, pages.commit, ''),
    refFact(event.ref),
    ['Topic', html`<code>${outside(event.topic, 100)}</code>`],
    ['Page', page === null ? null : linkUnder(project.instance, page, outside(page, 100))],
    ['By', event.actor === null ? null : outside(event.actor, 80)],
    ['Came', html`${shownTime(event.receivedAt)}${event.source === 'webhook' ? null : ` (${event.source})`}`],
  ]);
}

function decisionSection({ event, decisions, decisionCount }: EventView, room: number): Html {
  const items = fitting(
    decisions.map((one) => decisionItem(one, null)),
    room - 500,
  );
  const more = decisionCount - items.length;
  const address = `/api/v1/events/${event.id}`;
  const rest = html`<p class="d">${countOf(more, 'more pipeline')}: all are in <a href="${address}">${address}</a>.</p>`;
  const none = html`<p class="d">${event.state === 'due' ? 'This is found out in a moment.' : 'No pipeline was asked.'}</p>`;
  const list = items.length === 0 ? none : html`<ul class="box">\n${items}</ul>\n`;
  return section('why', 'Why each pipeline did or did not start', html`${list}${more > 0 ? rest : null}`);
}

function footer({ id }: Event, reloadSeconds: number | null): Html {
  const reload = reloadSeconds === null ? null : { seconds: reloadSeconds, still: `/events/${id}?reload=off` };
  return pageFooter(`/api/v1/events/${id}`, reload);
}
