/** Validators of what the API shows: every JSON answer to a GET carries a strong ETag, and a writer may demand one (RFC 9110 §8.8.3, §13). */
import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../kernel/errors.js';

type Done = (error: Error | null, payload?: unknown) => void;

const ROUTES = '/api/v1/';
/** Of one list of a header: a strong or weak tag. */
const TAG = /(W\/)?("[\x21\x23-\x7e\x80-\xff]*")/g;

/** Pure. The tag of the answer that a GET of this DTO is: a quoted hash of its JSON. */
export function etagOf(dto: object): string {
  return tagOf(JSON.stringify(dto));
}

/**
 * `current` is what a GET of the resource would answer now. Throws a Refusal `precondition-failed` when the If-Match header
 * names other states only; without the header everything is allowed.
 */
export function demandMatch(ifMatch: string | undefined, current: object): void {
  if (ifMatch === undefined || ifMatch.trim() === '*') return;
  if (tagsIn(ifMatch).some(({ tag, isWeak }) => !isWeak && tag === etagOf(current))) return;
  const message = 'It was changed since it was read: read it again, and send its new ETag as If-Match.';
  throw new Refusal('precondition', 'precondition-failed', message);
}

/** Installs both for the routes of the API: the ETag of a JSON answer, and 304 for whoever has it already. */
export function answerWithEtags(fastify: FastifyInstance): void {
  fastify.addHook('onSend', addEtag);
}

function addEtag(request: FastifyRequest, reply: FastifyReply, payload: unknown, done: Done): void {
  if (!isTagged(request, reply) || typeof payload !== 'string') return done(null, payload);
  const tag = tagOf(payload);
  reply.header('etag', tag);
  if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'private, no-cache');
  if (!isKnown(request.headers['if-none-match'], tag)) return done(null, payload);
  for (const name of ['content-type', 'content-length', 'link']) reply.removeHeader(name);
  reply.code(304);
  done(null, null);
}

function isTagged({ method, routeOptions }: FastifyRequest, reply: FastifyReply): boolean {
  const isRead = method === 'GET' || method === 'HEAD';
  const isJson = String(reply.getHeader('content-type')).startsWith('application/json');
  return isRead && isJson && reply.statusCode === 200 && (routeOptions.url?.startsWith(ROUTES) ?? false);
}

/** The weak comparison: a tag that a proxy has weakened is the same. */
export function isKnown(ifNoneMatch: string | undefined, current: string): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch.trim() === '*' || tagsIn(ifNoneMatch).some(({ tag }) => tag === current);
}

function tagsIn(header: string): readonly { readonly tag: string; readonly isWeak: boolean }[] {
  return [...header.matchAll(TAG)].map(([, weak, tag = '']) => ({ tag, isWeak: weak !== undefined }));
}

export function tagOf(json: string): string {
  return `"${createHash('sha256').update(json, 'utf8').digest('base64url').slice(0, 27)}"`;
}
