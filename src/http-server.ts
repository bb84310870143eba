/** How the HTTP server stands its ground: time limits, connections, the one body parser, and an end that answers. */
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { readJsonBody, type UnreadJsonRequest } from './api/json-body.js';
import { endConnections } from './end-connections.js';
import type { BodyReader, UnreadRequest } from './intake/body-reader.js';
import { ConnectionLimit } from './intake/connection-limit.js';
import type { Clock } from './kernel/clock.js';

/**
 * For the Fastify adapter. A body has limits of its own, by the clock of the house; a request as a whole may take as long as
 * a body that comes slowly, waits its turn and comes slowly again. Node's and Fastify's own answers at the end are not
 * wanted: a delivery that comes on an open connection is stored.
 */
export const SERVER_OPTIONS = {
  requestTimeout: 120_000,
  /** Between two requests of one connection. */
  keepAliveTimeout: 15_000,
  return503OnClosing: false,
  /** Paths and fields of ours are short; a reverse proxy adds a few. */
  http: { headersTimeout: 10_000, connectionsCheckingInterval: 2_000, maxHeaderSize: 16 * 1024 },
};

export interface Defence {
  readonly bodies: BodyReader;
  readonly clock: Clock;
  /** Is a body of the API to be read at all? Throws a Refusal for a request without a token that holds. */
  readonly admit: (request: FastifyRequest) => Promise<void>;
  /** For the requests that are under way when the server stops. */
  readonly graceMs: number;
}

/** Fastify for Nest, which ends its connections gently. */
export class GentleAdapter extends FastifyAdapter {
  private defence: Defence | null = null;

  /** Before the server listens. */
  defend(defence: Defence): void {
    this.defence = defence;
    const fastify = this.getInstance() as unknown as FastifyInstance;
    readBodies(fastify, defence);
    limitConnections(fastify.server, defence.clock);
  }

  /** Nest closes it after its rooms have drained. Not in a hook of Fastify, whose patience with hooks ends after seconds. */
  override async close(): Promise<void> {
    if (this.defence !== null) {
      const { bodies, clock, graceMs } = this.defence;
      await endConnections(this.getHttpServer(), { clock, graceMs, giveUp: () => bodies.stop() });
    }
    return super.close();
  }
}

/**
 * One parser for everything: bytes for web-hooks, whose signature comes first, JSON for the rest, of which nothing is read for
 * strangers: they have no memory and no time of ours.
 */
function readBodies(fastify: FastifyInstance, { bodies: hooks, clock, admit }: Defence): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', async (request: FastifyRequest, payload: UnreadRequest & UnreadJsonRequest) => {
    if (request.is404) return undefined;
    if (hooks.takes(request.routeOptions.url ?? request.url)) return hooks.read(payload);
    await admit(request);
    return readJsonBody(payload, clock);
  });
  fastify.addHook('preParsing', (request, reply, payload, done) => {
    if (hooks.mayBeLarge(request)) reply.raw.once('close', () => hooks.done(payload));
    done(null);
  });
}

function limitConnections(server: FastifyInstance['server'], clock: Clock): void {
  const limit = new ConnectionLimit(clock);
  server.on('connection', (socket) => limit.opened(socket));
  server.on('request', (request, response) => limit.asked(request, response));
}
