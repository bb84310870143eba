/** The facts of a run or an event that stand below its headline. */
import type { ResolvedEvent } from '../../model/event.js';
import { type Html, html } from './html.js';
import { linkUnder } from './links.js';
import { outside } from './text.js';

/** Its place in the list, and what stands there; null where there is nothing to say. */
export type Fact = readonly [name: string, value: Html | null];

export function factList(facts: readonly Fact[]): Html {
  return html`<dl>${facts.map(([name, value]) =>
    value === null ? null : html`<dt>${name}</dt><dd>${value}</dd>`,
  )}</dl>`;
}

/** A commit with its page, and the first line of its message where that is known. */
export function commitFact(instance: string, commit: string | null, page: string | null, title: string): Fact {
  if (commit === null) return ['Commit', null];
  const link = linkUnder(instance, page, html`<code>${commit.slice(0, 10)}</code>`);
  return ['Commit', html`${link}${title === '' ? null : html` ${outside(title, 120)}`}`];
}

export function refFact(ref: ResolvedEvent['ref'] | null): Fact {
  const [, kind, name] = /^refs\/(heads|tags)\/(.+)$/s.exec(ref ?? '') ?? [];
  if (ref === null || ref.startsWith('refs/pull/')) return ['Branch', null];
  return [
    kind === 'heads' ? 'Branch' : kind === 'tags' ? 'Tag' : 'Ref',
    html`<code>${outside(name ?? ref, 120)}</code>`,
  ];
}

export function pullRequestFact(instance: string, number: number | null, page: string | null, title: string): Fact {
  if (number === null) return ['Pull-request', null];
  const text = html`#${number}${title === '' ? null : html` ${outside(title, 120)}`}`;
  return ['Pull-request', linkUnder(instance, page, text)];
}
