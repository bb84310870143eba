/** Links out of a page: to http and https pages under the project's own instance, and to where a job says that its work is seen. */
import { oneLine } from '../../kernel/one-line.js';
import { type Html, html, type Part } from './html.js';

/** `content` as a link, or as it is when the address leads anywhere else. */
export function linkUnder(instance: string, url: string | null, content: Part): Html {
  const address = url === null ? null : addressUnder(instance, url);
  return address === null ? html`${content}` : html`<a href="${address}">${content}</a>`;
}

/** An address that a job gave. Its text is where it leads, so that nobody is led elsewhere unseen; no link when it is no web page. */
export function webLink(url: string): Html {
  const address = webAddress(url);
  if (address === null) return html`<bdi>${oneLine(url, 80)}</bdi>`;
  return html`<a href="${address}" rel="nofollow noreferrer">${oneLine(address, 80)}</a>`;
}

/** The address as a browser will read it; null when it is not under the instance. */
export function addressUnder(instance: string, url: string): string | null {
  const address = webAddress(url);
  return address?.startsWith(`${instance}/`) ? address : null;
}

/** Null for anything but http and https, and for what would sign somebody in. */
function webAddress(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, username, password, href } = new URL(url);
  const isWeb = protocol === 'https:' || protocol === 'http:';
  const isPlain = username === '' && password === '' && href.length <= 1_000;
  return isWeb && isPlain ? href : null;
}
