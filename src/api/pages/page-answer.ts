/** How a page is answered: strict headers, and a tag by which a browser that has it already is told so. */
import type { FastifyReply } from 'fastify';
import { isKnown, tagOf } from '../etag.js';
import type { Html } from './html.js';
import { PAGE_POLICY } from './style.js';

/** Sets the headers and returns the body; empty with 304. A page may be kept, but is asked for again before it is shown. */
export function answerPage(reply: FastifyReply, page: Html, ifNoneMatch: string | undefined): string {
  const text = page.toString();
  const tag = tagOf(text);
  strictly(reply).headers({ etag: tag, 'cache-control': 'private, no-cache', vary: 'authorization' });
  if (!isKnown(ifNoneMatch, tag)) return text;
  void reply.status(304);
  return '';
}

/** A page that says why there is none. */
export function answerFailure(reply: FastifyReply, status: number, page: Html): string {
  strictly(reply).header('cache-control', 'no-store');
  void reply.status(status);
  return page.toString();
}

function strictly(reply: FastifyReply): FastifyReply {
  return reply.headers({
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': PAGE_POLICY,
    'referrer-policy': 'no-referrer',
  });
}
