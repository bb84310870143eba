/** Makes the HTTP application of a world: Nest on Fastify, with what guards all of it. */
import 'reflect-metadata';
import type { LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { answerBrokenRequest } from './api/broken-request.js';
import { answerWithEtags } from './api/etag.js';
import { hostGuard } from './api/host-guard.js';
import { forbidSniffing } from './api/nosniff.js';
import { answerFrameworkError } from './api/problem.filter.js';
import { TokenGuard } from './api/token.guard.js';
import { AppModule, type World } from './app.module.js';
import { GentleAdapter, SERVER_OPTIONS } from './http-server.js';
import { BodyReader } from './intake/body-reader.js';
import { logRequests, requestNames, type TellRequest } from './request-log.js';

/** Composed, not yet listening: `listen` starts the house. `tell` hears of every request that was answered. */
export async function createApp(
  world: World,
  logger: LoggerService,
  tell: TellRequest = () => undefined,
): Promise<NestFastifyApplication> {
  const adapter = new GentleAdapter({
    ...SERVER_OPTIONS,
    genReqId: requestNames(world.bootId),
    frameworkErrors: answerFrameworkError,
    clientErrorHandler: answerBrokenRequest,
    routerOptions: { ignoreTrailingSlash: true },
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(world), adapter, {
    bodyParser: false,
    forceCloseConnections: true,
    abortOnError: false,
    logger,
  });
  const fastify = adapter.getInstance() as unknown as FastifyInstance;
  logRequests(fastify, tell);
  forbidSniffing(fastify);
  fastify.addHook('onRequest', hostGuard(world.settings.allowedHosts));
  answerWithEtags(fastify);
  const bodies = app.get(BodyReader, { strict: false });
  const guard = app.get(TokenGuard, { strict: false });
  const admit = async (request: FastifyRequest) => void (await guard.asker(request));
  adapter.defend({ bodies, clock: world.clock, admit, graceMs: world.settings.drainMs });
  return app;
}
