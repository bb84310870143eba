/** Names every request, and tells of its answer. */
import type { FastifyInstance } from 'fastify';
import type { RequestLine } from './house-log.js';

export type TellRequest = (line: RequestLine) => void;

/** For Fastify's `genReqId`: `<boot>-1` and so on. No name is taken from outside. */
export function requestNames(bootId: string): () => string {
  let count = 0;
  return () => `${bootId}-${(count += 1)}`;
}

/** The name stands in the answer too, for whoever asks us about it. */
export function logRequests(fastify: FastifyInstance, tell: TellRequest): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id);
    done();
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const { id, method } = request;
    const route = request.routeOptions?.url ?? '(none)';
    const ms = Math.round(reply.elapsedTime * 10) / 10;
    tell({ request: id, method, route, status: reply.statusCode, ms });
    done();
  });
}
