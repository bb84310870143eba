/** Makes the HTTP application of a world: Nest on Fastify, one body parser, the host guard. */
import 'reflect-metadata';
import type { LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { answerWithEtags } from './api/etag.js';
import { hostGuard } from './api/host-guard.js';
import { answerFrameworkError } from './api/problem.filter.js';
import { readJsonBody, type UnreadJsonRequest } from './api/json-body.js';
import { AppModule, type World } from './app.module.js';
import { BodyReader, type UnreadRequest } from './intake/body-reader.js';

/** Longer than the slowest body that the door waits for; a request is whole by then or ended. */
const REQUEST_TIMEOUT_MS = 30_000;
/** Between two requests of one connection. */
const KEEP_ALIVE_MS = 15_000;

/** Composed, not yet listening: `listen` starts the house. */
export async function createApp(world: World, logger: LoggerService): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    frameworkErrors: answerFrameworkError,
    routerOptions: { ignoreTrailingSlash: true },
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(world), adapter, {
    bodyParser: false,
    forceCloseConnections: true,
    abortOnError: false,
    logger,
  });
  const fastify = adapter.getInstance() as unknown as FastifyInstance;
  fastify.addHook('onRequest', hostGuard(world.settings.allowedHosts));
  answerWithEtags(fastify);
  readBodies(fastify, new BodyReader(world.clock));
  return app;
}

/** One parser for everything: bytes for web-hooks, whose signature comes first, JSON for the rest. */
function readBodies(fastify: FastifyInstance, hooks: BodyReader): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', (request: FastifyRequest, payload: UnreadRequest & UnreadJsonRequest) =>
    hooks.takes(request.routeOptions.url ?? request.url) ? hooks.read(payload) : readJsonBody(payload),
  );
}
