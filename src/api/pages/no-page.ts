/** The pages of what cannot be shown: not there or not for everybody, and failures of the server. */
import { type Html, html } from './html.js';
import { headline, layout } from './layout.js';
import type { Tone } from './standing.js';

export interface MissingPage {
  readonly noun: 'run' | 'event';
  /** As the address names it; null when that is no number of one. */
  readonly id: number | null;
  readonly publicUrl: string;
}

/** Pure. The same for what is not there and for what is not public: only the number of the address stands in it. */
export function missingPage({ noun, id, publicUrl }: MissingPage): Html {
  const name = id === null ? 'ID' : String(id);
  const verbs = `pagure-actions login --url ${publicUrl}\npagure-actions ${noun}s show ${name}`;
  const curl = `curl -H "Authorization: Bearer pa_…" ${publicUrl}/${noun}s/${name}`;
  return plainPage('skipped', `There is no ${noun} here that everybody may see`, [
    html`<p class="what">It belongs to a project that is not public, or there never was one.</p>\n`,
    html`<h2>If you may see it</h2>\n`,
    html`<p>With an API token from whoever runs this server, sign in on your own machine and look at it there:</p>\n`,
    html`<pre tabindex="0">${verbs}</pre>\n`,
    html`<p>This page, too, shows it to a request that brings the token:</p>\n<pre tabindex="0">${curl}</pre>`,
  ]);
}

/** Pure. Nothing of what broke is told. */
export function failedPage(title: string, detail: string): Html {
  return plainPage('error', title, [html`<p class="what">${detail}</p>`]);
}

function plainPage(tone: Tone, title: string, content: readonly Html[]): Html {
  return layout({
    title,
    tone,
    crumbs: [html`pagure-actions`],
    main: html`${headline(tone, title, null)}\n${content}`,
    footer: html`pagure-actions`,
    reloadSeconds: null,
  });
}
