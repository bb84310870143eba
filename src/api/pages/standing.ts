/** How a run, a job or a step stands, in one word and one shape: never by colour alone. */
import type { Result, State } from '../../model/result.js';
import type { Step } from '../../model/run.js';
import type { Trust } from '../../model/trust.js';
import { type Html, html } from './html.js';

/** Class of the style sheet that gives shape and colour. */
export type Tone = Result | Exclude<State, 'done'> | 'held' | 'allowed';

export interface Standing {
  readonly tone: Tone;
  readonly word: string;
}

const WORDS: Readonly<Record<Tone, string>> = {
  success: 'passed',
  failure: 'failed',
  error: 'could not run',
  canceled: 'canceled',
  skipped: 'skipped',
  waiting: 'waiting',
  queued: 'queued',
  running: 'running',
  held: 'held',
  allowed: 'failed, as it may',
};

export function standingOf({ state, result }: { readonly state: State; readonly result: Result | null }): Standing {
  return standing(state === 'done' ? (result ?? 'error') : state);
}

export function runStanding(run: { readonly state: State; readonly result: Result | null; readonly trust: Trust }) {
  return run.trust === 'held' && run.state !== 'done' ? standing('held') : standingOf(run);
}

export function stepStanding({ state, outcome, conclusion }: Step): Standing {
  const isAllowed = outcome === 'failure' && conclusion === 'success';
  return isAllowed ? standing('allowed') : standingOf({ state, result: conclusion });
}

/** A shape of the size of a letter; its word is there for those who do not see it. */
export function sign({ tone, word }: Standing): Html {
  return html`<span class="s ${tone}">${word}</span>`;
}

function standing(tone: Tone): Standing {
  return { tone, word: WORDS[tone] };
}
