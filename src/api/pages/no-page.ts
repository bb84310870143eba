/** The pages of what cannot be shown: not there or not for everybody, and failures of the server. */
import { type Html, html } from './html.js';
import { layout } from './layout.js';
import { headline } from './layout.js';

export interface MissingPage {
  readonly noun: 'run' | 'event';
  /** As the address names it; null when that is no number of one. */
  readonly id: number | null;
  readonly publicUrl: string;
}

/** Pure. The same for what is not there and for what is not public: only the number of the address stands in it. */
export function missingPage({ noun, id, publicUrl }: MissingPage): Html {
  const name = id === null ? 'ID' : String(id);
  return layout({
    title: `No public ${noun} here`,
    tone: null,
    crumbs: [html`pagure-actions`],
    main: html`${headline('skipped', `There is no ${noun} here that everybody may see`, null)}<p class="what">It is of a project that is not public, or there never was one.</p><h2>If you may see it</h2><p>Sign in on your own machine, with an API token from whoever runs this server, and look at it there:</p><pre tabindex="0">pagure-actions login --url ${publicUrl}
pagure-actions ${noun}s show ${name}</pre><p>Or ask with the token; this page shows it too:</p><pre tabindex="0">curl -H &quot;Authorization: Bearer pa_…&quot; ${publicUrl}/${noun}s/${name}</pre>`,
    footer: html`pagure-actions`,
    reloadSeconds: null,
  });
}

/** Pure. Nothing of what broke is told. */
export function failedPage(title: string, detail: string): Html {
  return layout({
    title,
    tone: 'error',
    crumbs: [html`pagure-actions`],
    main: html`${headline('error', title, null)}<p class="what">${detail}</p>`,
    footer: html`pagure-actions`,
    reloadSeconds: null,
  });
}
