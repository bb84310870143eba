/** What all pages have around their content. */
import { type Html, html, type Part } from './html.js';
import type { Tone } from './standing.js';
import { STYLE } from './style.js';

export interface Layout {
  /** Of the tab: the result first. */
  readonly title: string;
  readonly tone: Tone | null;
  /** The way to here: project, pipeline, number. */
  readonly crumbs: readonly Html[];
  readonly main: Html;
  readonly footer: Html;
  /** Seconds until the browser asks again; null for a page that does not change. */
  readonly reloadSeconds: number | null;
}

export function layout({ title, tone, crumbs, main, footer, reloadSeconds }: Layout): Html {
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><title>${title}</title><link rel="icon" href="${iconOf(tone)}">${reloadSeconds === null ? null : html`<meta http-equiv="refresh" content="${reloadSeconds}">`}${STYLE}</head>
<body><header><nav aria-label="Where this is">${separated(crumbs)}</nav></header>
<main>${main}</main>
<footer>${footer}</footer></body></html>
`;
}

/** The headline: a shape, the word of the result, and what it is about. */
export function headline(tone: Tone, word: string, rest: Part): Html {
  return html`<h1 class="${tone}"><span class="m" aria-hidden="true"><span class="s ${tone}"></span></span><span><strong>${word}</strong>${rest}</span></h1>`;
}

/** A part of the page, named by its heading. `id` is one word of ours. */
export function section(id: string, title: Part, content: Part): Html {
  return html`<section aria-labelledby="${id}">\n<h2 id="${id}">${title}</h2>\n${content}</section>\n`;
}

/** What stands below every page; `reload` says how to keep one still that changes. */
export function pageFooter(api: string, reload: { readonly seconds: number; readonly still: string } | null): Html {
  const still =
    reload &&
    html`This page looks again every ${reload.seconds} seconds. <a href="${reload.still}">Keep it still</a><br>`;
  return html`${still}Times are UTC. For programs: <a href="${api}">${api}</a>, with an API token.`;
}

function separated(crumbs: readonly Html[]): Html {
  return html`${crumbs.map((crumb, at) => html`${at === 0 ? null : html`<span aria-hidden="true">/</span>`}${crumb}`)}`;
}

const ICON_COLOURS: Readonly<Record<Tone, string>> = {
  ...{ success: '2a9d4e', failure: 'd93a2f', error: 'd93a2f', canceled: '8a919c', skipped: '8a919c' },
  ...{ waiting: '8a919c', queued: '8a919c', running: '2f80e0', held: 'd99a1f', allowed: 'd99a1f' },
};

/** A dot in the colour of the result, made here: nothing is loaded. */
function iconOf(tone: Tone | null): string {
  const colour = tone === null ? '8a919c' : ICON_COLOURS[tone];
  return `data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 viewBox=%220 0 9 9%22%3E%3Ccircle cx=%224.5%22 cy=%224.5%22 r=%224%22 fill=%22%23${colour}%22/%3E%3C/svg%3E`;
}
