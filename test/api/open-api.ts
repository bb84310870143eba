/** The API as it is served: real Nest on Fastify, real store, real logs, a still clock and a dummy forge. */
import 'reflect-metadata';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { type DynamicModule, Global, type LoggerService, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { onTestFinished } from 'vitest';
import { ApiModule } from '../../src/api/api.module.js';
import { answerBrokenRequest } from '../../src/api/broken-request.js';
import { answerWithEtags } from '../../src/api/etag.js';
import { hostGuard } from '../../src/api/host-guard.js';
import { forbidSniffing } from '../../src/api/nosniff.js';
import { answerFrameworkError } from '../../src/api/problem.filter.js';
import { TokenGuard } from '../../src/api/token.guard.js';
import { Blobs } from '../../src/blobs/blobs.js';
import { FileBlobs } from '../../src/blobs/file-blobs.js';
import { RUNNING_SETTINGS } from '../../src/config/running-settings.js';
import { ForgeModule } from '../../src/forge/forge.module.js';
import { Forges } from '../../src/forge/forges.js';
import { Git } from '../../src/git/git.js';
import { GentleAdapter } from '../../src/http-server.js';
import { BodyReader } from '../../src/intake/body-reader.js';
import { IntakeModule } from '../../src/intake/intake.module.js';
import { Clock } from '../../src/kernel/clock.js';
import { KernelModule } from '../../src/kernel/kernel.module.js';
import type { ApiToken, Role } from '../../src/model/token.js';
import { JobQueue } from '../../src/queue/job-queue.js';
import { hashToken } from '../../src/projects/token-text.js';
import { StoreModule } from '../../src/store/store.module.js';
import { Store } from '../../src/store/store.js';
import { Tokens } from '../../src/store/tokens.js';
import { SeededRandom } from '../kernel/seeded-random.js';
import { StillClock } from '../kernel/still-clock.js';
import { DummyForge } from '../projects/dummy-forge.js';
import { NOW, temporaryFolder } from '../store/open-store.js';
import { AnswerCheck, readDocument } from './answer-check.js';
import { EmptyGit } from './empty-git.js';

@Global()
@Module({})
class TestWorldModule {
  static with(blobs: Blobs, settings: object): DynamicModule {
    const providers = [
      { provide: Blobs, useValue: blobs },
      { provide: Git, useValue: new EmptyGit() },
      { provide: JobQueue, useValue: { take: () => undefined, isTaking: () => true } },
      { provide: RUNNING_SETTINGS, useValue: settings },
    ];
    return { module: TestWorldModule, providers, exports: providers };
  }
}

export interface ApiRequest {
  readonly token?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | number | undefined>>;
  readonly text: string;
  /** Of a JSON answer. */
  readonly json: never;
}

const DEFAULTS = { publicUrl: 'http://localhost:8080', logBytes: 1_000_000, metricsPublic: false };

/** Closed with the test that opens it. */
export async function openApi({ hostSharesEverything = true, metricsPublic = false } = {}) {
  const api = await startApi(temporaryFolder(), { hostSharesEverything, metricsPublic });
  onTestFinished(() => api.app.close());
  return api;
}

/** Whoever starts it closes `app`. */
export async function startApi(
  folder: string,
  settings: { readonly hostSharesEverything: boolean; readonly metricsPublic?: boolean },
) {
  const [clock, random, forge, logged] = [
    new StillClock(NOW),
    new SeededRandom('api'),
    new DummyForge(),
    [] as string[],
  ];
  const store = await Store.open(join(folder, 'store.sqlite'));
  const blobs = new FileBlobs(join(folder, 'logs'));
  const imports = [
    KernelModule.with({ clock, random }),
    StoreModule.with(store, Buffer.alloc(32, 7)),
    ForgeModule.with(new Forges(forge)),
    TestWorldModule.with(blobs, { ...DEFAULTS, ...settings, dataDir: folder }),
    IntakeModule.with(),
    ApiModule,
  ];
  const routes: string[] = [];
  const app = await createApp(imports, { logged, routes });
  const get = <T>(room: { readonly prototype: T }): T => app.get<T>(room as never, { strict: false });
  return {
    ...{ app, clock, forge, store, blobs, logged, routes, get },
    ask: asDescribed(app, ask),
    /** Like `ask`, but of what is no JSON it does not wait for the body: some answers have no end. */
    glance: asDescribed(app, glance),
    token: (role: Role, change: Partial<ApiToken> = {}) => addToken(store, get(Tokens), { role, ...change }),
  };
}

export type OpenApi = Awaited<ReturnType<typeof startApi>>;

async function createApp(imports: (DynamicModule | typeof ApiModule)[], seen: { logged: string[]; routes: string[] }) {
  @Module({ imports })
  class House {}
  const adapter = new GentleAdapter({
    frameworkErrors: answerFrameworkError,
    clientErrorHandler: answerBrokenRequest,
    routerOptions: { ignoreTrailingSlash: true },
  });
  const fastify = adapter.getInstance() as unknown as FastifyInstance;
  fastify.addHook('onRoute', ({ method, url }) => void seen.routes.push(`${String(method)} ${url}`));
  const app = await NestFactory.create<NestFastifyApplication>(House, adapter, {
    bodyParser: false,
    logger: loggerInto(seen.logged),
  });
  forbidSniffing(fastify);
  fastify.addHook('onRequest', hostGuard(['localhost']));
  answerWithEtags(fastify);
  const bodies = app.get(BodyReader, { strict: false });
  const guard = app.get(TokenGuard, { strict: false });
  const admit = async (request: FastifyRequest) => void (await guard.asker(request));
  adapter.defend({ bodies, clock: app.get(Clock, { strict: false }), admit, graceMs: 1_000 });
  await app.init();
  await fastify.ready();
  return app;
}

function loggerInto(logged: string[]): LoggerService {
  const keep = (message: unknown) => void logged.push(String(message));
  return { log: () => undefined, warn: keep, error: keep };
}

type Ask = (app: NestFastifyApplication, request: AskedApi) => Promise<ApiAnswer>;
type AskedApi = ApiRequest & { readonly method: string; readonly url: string };

/** Made at the first answer: the description is that of the code, the same for every API of a process. */
const described: { check: AnswerCheck | null } = { check: null };

/** Asks, and throws for an answer that is not as the description of the API says. */
function asDescribed(app: NestFastifyApplication, how: Ask) {
  return async (method: string, url: string, request: ApiRequest = {}): Promise<ApiAnswer> => {
    const answer = await how(app, { method, url, ...request });
    described.check ??= await answerCheck(app);
    described.check.demand(method, url, answer);
    return answer;
  };
}

async function answerCheck(app: NestFastifyApplication): Promise<AnswerCheck> {
  const { json } = await ask(app, { method: 'GET', url: '/api/openapi.json' });
  return new AnswerCheck(readDocument(json));
}

async function ask(app: NestFastifyApplication, request: AskedApi): Promise<ApiAnswer> {
  const { statusCode: status, headers, payload, rawPayload } = await app.inject(injected(request));
  const text = isJson(headers) ? unpacked(headers, rawPayload) : payload;
  return { status, headers, text, json: jsonOf(headers, text) };
}

async function glance(app: NestFastifyApplication, request: AskedApi): Promise<ApiAnswer> {
  const answer = await app.inject({ ...injected(request), payloadAsStream: true });
  const { statusCode: status, headers } = answer;
  const payload = isJson(headers) ? unpacked(headers, await buffer(answer.stream())) : '';
  answer.stream().destroy();
  return { status, headers, text: payload, json: jsonOf(headers, payload) };
}

function unpacked(headers: ApiAnswer['headers'], bytes: Buffer): string {
  const isPacked = headers['content-encoding'] === 'gzip';
  return (isPacked ? gunzipSync(bytes) : bytes).toString('utf8');
}

function injected({ method, url, token, body, headers = {} }: AskedApi) {
  return {
    method: method as 'GET',
    url,
    headers: {
      host: 'localhost:8080',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    payload: typeof body === 'string' || body === undefined ? body : JSON.stringify(body),
  };
}

function jsonOf(headers: ApiAnswer['headers'], payload: string): never {
  return (isJson(headers) && payload !== '' ? JSON.parse(payload) : undefined) as never;
}

function isJson(headers: ApiAnswer['headers']): boolean {
  return String(headers['content-type']).includes('json');
}

async function addToken(store: Store, tokens: Tokens, change: Partial<ApiToken> & { role: Role }): Promise<string> {
  const text = `pa_${String((await tokens.list()).length).padStart(40, '0')}`;
  const row = { name: change.role, projects: null, createdAt: NOW, expiresAt: null, ...change };
  await store.commit((tx) => tokens.insert(tx, { ...row, hash: hashToken(text) }));
  return text;
}
