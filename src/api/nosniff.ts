/** Tells browsers to take every answer for the type that it is said to be. */
import type { FastifyInstance } from 'fastify';

/** Also for answers that are errors, and for those that are written bit by bit. */
export function forbidSniffing(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (_request, reply, done) => {
    void reply.header('x-content-type-options', 'nosniff');
    done();
  });
}
