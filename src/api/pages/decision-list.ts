/** Why pipelines did or did not start for an event. */
import type { DecisionOutcome } from '../../model/decision.js';
import type { PageDecision } from '../../store/page-rows.js';
import { type Html, html } from './html.js';
import { runStanding, sign, type Standing } from './standing.js';
import { outside } from './text.js';

const OUTCOMES: Readonly<Record<DecisionOutcome, Standing>> = {
  started: { tone: 'queued', word: 'started' },
  merged: { tone: 'queued', word: 'has a run already' },
  filtered: { tone: 'skipped', word: 'did not start' },
  broken: { tone: 'error', word: 'cannot be read' },
  superseded: { tone: 'canceled', word: 'superseded' },
};

/** One pipeline: what became of it, and the reason in a sentence. `ownRunId`: that of the page, which needs no link. */
export function decisionItem(decision: PageDecision, ownRunId: number | null): Html {
  const { pipelineName, pipelineKey, reason, runId } = decision;
  const name = outside(pipelineName, 60);
  const linked = runId === null || runId === ownRunId ? name : html`<a href="/runs/${runId}">${name}</a>`;
  const end = html`<span class="d">${words(decision)}</span><span class="why">${outside(reason, 240)}</span>`;
  return html`<li class="row">${sign(signOf(decision))}<span>${linked}${place(pipelineKey, pipelineName)}</span>${end}</li>\n`;
}

function signOf({ outcome, run }: PageDecision): Standing {
  return run === null ? OUTCOMES[outcome] : runStanding(run);
}

/** What was decided, and what the run has come to. */
function words({ outcome, run }: PageDecision): string {
  const { word } = OUTCOMES[outcome];
  return run === null ? word : `${word} · ${runStanding(run).word}`;
}

/** Where its text stands, unless that is its name already. */
function place(key: string, name: string): Html | null {
  const [, kind, text = ''] = /^(repo|server):(.*)$/s.exec(key) ?? [];
  if (text === name || kind === undefined) return null;
  return html` <code class="d">${outside(text, 80)}</code>${kind === 'server' ? ' (kept on the server)' : null}`;
}
