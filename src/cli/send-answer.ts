/** Says in words what a web-hook's receiver answered. */
import { isJsonObject, type Json } from '../kernel/json.js';
import type { SendInput } from './send-input.js';

export interface HookAnswer {
  readonly status: number;
  readonly body: string;
}

export function describeAnswer({ status, body }: HookAnswer, { project, url }: SendInput): string {
  const where = `${project.fullname} of ${project.instance}`;
  if (status === 202) return `stored (202)${eventOf(body)}: the server has the message on disk and will look at it`;
  if (status >= 200 && status < 300)
    return `taken (${status}): the server has this message already, or needs to do nothing`;
  const why = detailOf(body);
  if (status === 401)
    return `refused (401): the server knows no project ${where}, or the key is not that of the project${why}`;
  if (status === 404) return `refused (404): there is no web-hook at ${url.pathname}; the path is /hooks/pagure${why}`;
  if (status >= 300 && status < 400)
    return `not taken (${status}): the address redirects; send to where it leads${why}`;
  return status >= 500 ? `not taken (${status}): the server has a problem${why}` : `refused (${status})${why}`;
}

/** The event that the server made of the message, to look it up by. */
function eventOf(body: string): string {
  const answer = parse(body);
  const id = isJsonObject(answer) ? answer['eventId'] : null;
  return typeof id === 'number' ? ` as event ${id}` : '';
}

/** The sentence of a problem document; what a server writes reaches the terminal without control characters. */
function detailOf(body: string): string {
  const problem = parse(body);
  const detail = isJsonObject(problem) ? problem['detail'] : null;
  return typeof detail === 'string' ? `: ${detail.replace(/\p{C}/gu, ' ').slice(0, 300)}` : '';
}

function parse(body: string): Json {
  try {
    return JSON.parse(body) as Json;
  } catch {
    return null;
  }
}
