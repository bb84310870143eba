/** Whatever was thrown as RFC 9457 problem details: the one table of statuses and codes. */
import { HttpException } from '@nestjs/common';
import { Fault, type InputFault, type Problem, Refusal, type RefusalKind } from '../kernel/errors.js';

/** The body of every answer that is no success. `code` is stable; the rest is for people. */
export interface ProblemDetails {
  /** No code has a page of its own: RFC 9457 then wants this, and the title of the status. */
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  /** Every bad value of the request, by its path. */
  readonly faults?: readonly InputFault[];
  /** Every problem of a pipeline, by its place. */
  readonly problems?: readonly Problem[];
}

/** Status and its words by kind. */
export const KIND_STATUS: Readonly<Record<RefusalKind, readonly [number, string]>> = {
  invalid: [400, 'Bad Request'],
  unauthenticated: [401, 'Unauthorized'],
  forbidden: [403, 'Forbidden'],
  unknown: [404, 'Not Found'],
  conflict: [409, 'Conflict'],
  precondition: [412, 'Precondition Failed'],
  'too-slow': [408, 'Request Timeout'],
  'too-large': [413, 'Content Too Large'],
  'unsupported-media': [415, 'Unsupported Media Type'],
  unsatisfiable: [416, 'Range Not Satisfiable'],
  unprocessable: [422, 'Unprocessable Content'],
  'too-many': [429, 'Too Many Requests'],
  unavailable: [503, 'Service Unavailable'],
};

/** Of a failure of ours. */
export const STATUS_OF_BROKEN: readonly [number, string] = [500, 'Internal Server Error'];

/** What the framework refuses by itself, in our words: its own repeat what was sent. */
const FRAMEWORK: Readonly<Record<number, Refusal>> = {
  404: new Refusal('unknown', 'no-such-address', 'There is nothing at this address.'),
  408: new Refusal('too-slow', 'body-too-slow', 'The request was not complete in time.'),
  413: new Refusal('too-large', 'body-too-large', 'The body is too large.'),
  415: new Refusal('unsupported-media', 'not-json', 'A body is sent as application/json.'),
};
const BAD_REQUEST = new Refusal('invalid', 'bad-request', 'The request is not well-formed HTTP for this address.');
const UNAVAILABLE = new Refusal('unavailable', 'unavailable', 'The server cannot do this just now: try it again.');

/** Pure. Nothing of what broke is told: that is for the log. */
export function problemDetails(thrown: unknown): ProblemDetails {
  const refusal = refusalOf(thrown);
  if (refusal === null) return internalError();
  const [status, title] = KIND_STATUS[refusal.kind];
  const { faults, problems } = refusal.detail;
  return { type: 'about:blank', title, status, code: refusal.code, detail: refusal.message, faults, problems };
}

/** Is it the server's own failure, to be logged? */
export function isOurs(thrown: unknown): boolean {
  return problemDetails(thrown).status >= 500 && !(thrown instanceof Refusal);
}

function refusalOf(thrown: unknown): Refusal | null {
  if (thrown instanceof Refusal) return thrown;
  if (thrown instanceof Fault) return thrown.retryable ? UNAVAILABLE : null;
  const status = statusOf(thrown);
  return status >= 400 && status < 500 ? (FRAMEWORK[status] ?? BAD_REQUEST) : null;
}

/** Nest's exceptions, and Fastify's errors where Nest has not wrapped them. */
function statusOf(thrown: unknown): number {
  if (thrown instanceof HttpException) return thrown.getStatus();
  if (!(thrown instanceof Error) || thrown.name !== 'FastifyError' || !('statusCode' in thrown)) return 0;
  return Number(thrown.statusCode);
}

function internalError(): ProblemDetails {
  const detail = 'The server failed to answer; its log says why.';
  const [status, title] = STATUS_OF_BROKEN;
  return { type: 'about:blank', title, status, code: 'internal-error', detail };
}
