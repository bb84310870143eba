/** Links out of a page: only to http and https pages under the project's own instance. */
import { type Html, html, type Part } from './html.js';

/** `content` as a link, or as it is when the address leads anywhere else. */
export function linkUnder(instance: string, url: string | null, content: Part): Html {
  const address = url === null ? null : addressUnder(instance, url);
  return address === null ? html`${content}` : html`<a href="${address}">${content}</a>`;
}

/** The address as a browser will read it; null when it is not under the instance. */
export function addressUnder(instance: string, url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, username, password, href } = new URL(url);
  const isWeb = protocol === 'https:' || protocol === 'http:';
  const isPlain = username === '' && password === '' && href.length <= 1_000;
  return isWeb && isPlain && href.startsWith(`${instance}/`) ? href : null;
}
