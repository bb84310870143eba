/** Why pipelines did or did not start for an event. */
import type { DecisionOutcome } from '../../model/decision.js';
import type { PageDecision } from '../../store/page-rows.js';
import { type Html, html } from './html.js';
import { sign, type Standing, standingOf } from './standing.js';
import { outside } from './text.js';

const OUTCOMES: Readonly<Record<DecisionOutcome, Standing>> = {
  started: { tone: 'running', word: 'started' },
  merged: { tone: 'success', word: 'has a run already' },
  filtered: { tone: 'skipped', word: 'did not start' },
  broken: { tone: 'error', word: 'cannot be read' },
  superseded: { tone: 'canceled', word: 'superseded' },
};

/** One pipeline: what became of it, and the reason in a sentence. */
export function decisionItem(decision: PageDecision, ownRunId: number | null): Html {
  const { outcome, pipelineName, pipelineKey, reason, runId } = decision;
  const name = outside(pipelineName, 80);
  const { word } = OUTCOMES[outcome];
  const linked = runId === null || runId === ownRunId ? name : html`<a href="/runs/${runId}">${name}</a>`;
  return html`<li class="row">${sign(signOf(decision))}${linked}<span class="d">${runWord(decision) ?? word}</span><span class="why">${keyNote(pipelineKey, pipelineName)}${outcome === 'filtered' ? null : `${word}: `}${outside(reason, 300)}</span></li>`;
}

function signOf({ outcome, runState, runResult }: PageDecision): Standing {
  return runState === null ? OUTCOMES[outcome] : standingOf({ state: runState, result: runResult });
}

function runWord({ runState, runResult }: PageDecision): string | null {
  return runState === null ? null : standingOf({ state: runState, result: runResult }).word;
}

/** Where its text stands, unless that is its name already. */
function keyNote(key: string, name: string): Html | null {
  const [, kind, place = ''] = /^(repo|server):(.*)$/s.exec(key) ?? [];
  if (place === name || kind === undefined) return null;
  return html`<code>${outside(place, 100)}</code>${kind === 'server' ? ' (kept on the server)' : null} `;
}
