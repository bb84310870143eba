/** The one global filter: everything that is thrown ends as problem details, and what broke is logged once. */
import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isOurs, problemDetails } from './problem-details.js';

/** Statuses of what may go well a moment later. */
const MAY_PASS: readonly number[] = [429, 503];
const RETRY_S = 5;

@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('http');

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    if (isOurs(thrown)) this.logger.error(`${request.method} ${routeOf(request)}: ${storyOf(thrown)}`);
    sendProblem(http.getResponse<FastifyReply>(), thrown);
  }
}

/** For what Fastify refuses before there is a route (a broken URL): give it to the adapter as `frameworkErrors`. */
export function answerFrameworkError(error: unknown, _request: unknown, reply: FastifyReply): void {
  sendProblem(reply, error);
}

function sendProblem(reply: FastifyReply, thrown: unknown): void {
  if (reply.sent) return;
  const details = problemDetails(thrown);
  if (details.status === 401) void reply.header('www-authenticate', 'Bearer realm="pagure-actions"');
  if (MAY_PASS.includes(details.status) && !reply.hasHeader('retry-after')) void reply.header('retry-after', RETRY_S);
  void reply.status(details.status).type('application/problem+json').send(JSON.stringify(details));
}

/** The pattern of the route, never what somebody sent. */
function routeOf(request: FastifyRequest): string {
  return request.routeOptions?.url ?? '(no route)';
}

/** With the causes, since the top error of a chain often says least. */
function storyOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return JSON.stringify(thrown) ?? 'nothing';
  const own = thrown.stack ?? thrown.message;
  return thrown.cause === undefined ? own : `${own}\ncaused by ${storyOf(thrown.cause)}`;
}
