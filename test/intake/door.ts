/** The door as it stands in the house: a real Nest and Fastify application with the real store and a still clock. */
import 'reflect-metadata';
import { type ArgumentsHost, Catch, type DynamicModule, type ExceptionFilter, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import { type IncomingHttpHeaders, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ForgeModule } from '../../src/forge/forge.module.js';
import { Forges } from '../../src/forge/forges.js';
import type { PagureHttp } from '../../src/forge/pagure/http.js';
import { PagureForge } from '../../src/forge/pagure/pagure-forge.js';
import { GentleAdapter, SERVER_OPTIONS } from '../../src/http-server.js';
import { BodyReader } from '../../src/intake/body-reader.js';
import { IntakeModule } from '../../src/intake/intake.module.js';
import { QuarantinePosts } from '../../src/intake/quarantine-posts.js';
import { VerifyAgain } from '../../src/intake/verify-again.js';
import { Refusal } from '../../src/kernel/errors.js';
import type { Clock } from '../../src/kernel/clock.js';
import { KernelModule } from '../../src/kernel/kernel.module.js';
import { SystemRandom } from '../../src/kernel/random.js';
import { DEFAULT_PROJECT_SETTINGS } from '../../src/model/project.js';
import { InProcessQueue } from '../../src/queue/in-process-queue.js';
import { JobQueue } from '../../src/queue/job-queue.js';
import { Deliveries } from '../../src/store/deliveries.js';
import { Events } from '../../src/store/events.js';
import { ProjectKeys } from '../../src/store/project-keys.js';
import { type NewProject, Projects } from '../../src/store/projects.js';
import { Quarantine } from '../../src/store/quarantine.js';
import { StoreModule } from '../../src/store/store.module.js';
import { Store } from '../../src/store/store.js';
import { RECORDED_INSTANCE, RECORDINGS } from '../forge/recordings.js';
import { StillClock } from '../kernel/still-clock.js';

const STATUS: Partial<Record<Refusal['kind'], number>> = {
  invalid: 400,
  unauthenticated: 401,
  'too-slow': 408,
  'too-large': 413,
  'unsupported-media': 415,
  'too-many': 429,
  unavailable: 503,
};

/** Says a Refusal's status and code, and 500 for anything else, as the filter of the house does. */
@Catch()
class RefusalFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const refused = error instanceof Refusal ? error : null;
    const status = refused ? (STATUS[refused.kind] ?? 500) : ((error as { status?: number }).status ?? 500);
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    void reply.status(status).send({ code: refused?.code ?? String(error), detail: refused?.message });
  }
}

export interface Answer {
  readonly status: number;
  readonly body: { readonly code?: string; readonly outcome?: string; readonly eventId?: number };
}

/** What a test may change of a good request. */
export interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

const A_MINUTE_LATER = Math.max(...RECORDINGS.map(({ message }) => message.timestamp)) * 1000 + 60_000;

/** Opens the door; whoever opens it closes it. The clock stands a minute after the last recording, unless one is given. */
export async function openDoor<C extends Clock = StillClock>(given?: C) {
  const clock = given ?? (new StillClock(A_MINUTE_LATER) as Clock as C);
  const folder = await mkdtemp(join(tmpdir(), 'door-'));
  const store = await Store.open(join(folder, 'store.sqlite'));
  const due: number[] = [];
  const queue = new InProcessQueue(clock, console.error);
  store.handDueTo((kind, id) => void (kind === 'event' ? due.push(id) : queue.put(kind, id)));
  const forge = new DoorForge();
  const app = await createApp({ store, clock, queue, forge });
  await app.listen(0, '127.0.0.1');
  const close = async () => {
    app.getHttpServer().closeAllConnections();
    await app.close();
    await rm(folder, { recursive: true });
  };
  const { port } = app.getHttpServer().address() as AddressInfo;
  const projects = app.get(Projects);
  return {
    clock,
    store,
    due,
    port,
    app,
    close,
    projects,
    forge,
    keys: app.get(ProjectKeys),
    quarantine: app.get(Quarantine),
    lookAgain: (id: number) => app.get(VerifyAgain).look(id),
    /** Resolves when what the door does after its answers is done. */
    settled: async () => {
      await app.get(QuarantinePosts).settled();
      await queue.settled();
      await store.settled();
    },
    deliveries: app.get(Deliveries),
    events: app.get(Events),
    send: (sent: Sent) => exchange(port, sent),
    register: (fullname: string, keys: readonly string[], change: Partial<NewProject> = {}) =>
      register(store, projects, { fullname, ...change }, keys),
  };
}

export type Door = Awaited<ReturnType<typeof openDoor<StillClock>>>;

interface DoorWorld {
  readonly store: Store;
  readonly clock: Clock;
  readonly queue: JobQueue;
  readonly forge: DoorForge;
}

async function createApp({ store, clock, queue, forge }: DoorWorld): Promise<NestFastifyApplication> {
  const imports = [
    KernelModule.with({ clock, random: new SystemRandom() }),
    StoreModule.with(store, Buffer.alloc(32, 7)),
    ForgeModule.with(new Forges(forge)),
    queueModule(queue),
    IntakeModule.with(),
  ];
  const adapter = new GentleAdapter(SERVER_OPTIONS);
  const app = await NestFactory.create<NestFastifyApplication>(houseOf(imports), adapter, {
    bodyParser: false,
    logger: false,
  });
  adapter.defend({ bodies: app.get(BodyReader), clock, admit: () => Promise.resolve(), graceMs: 1_000 });
  app.useGlobalFilters(new RefusalFilter());
  return app;
}

/** Reads messages as Pagure's does; the key that it tells is the test's to choose. */
class DoorForge extends PagureForge {
  key: (() => Promise<string | null>) | null = null;
  asked = 0;

  constructor() {
    super({
      ask: () => Promise.reject(new Error('the door asks nothing of a forge but keys')),
    } as unknown as PagureHttp);
  }

  override readHookKey(): Promise<string | null> {
    this.asked += 1;
    return this.key?.() ?? Promise.resolve(null);
  }
}

function queueModule(queue: JobQueue): DynamicModule {
  const providers = [{ provide: JobQueue, useValue: queue }];
  @Module({})
  class QueueModule {}
  return { module: QueueModule, global: true, providers, exports: providers };
}

function houseOf(imports: NonNullable<Parameters<typeof Module>[0]['imports']>): Type {
  @Module({ imports })
  class House {}
  return House;
}

function register(
  store: Store,
  projects: Projects,
  change: Partial<NewProject> & { fullname: string },
  keys: readonly string[],
) {
  const project: NewProject = {
    instance: RECORDED_INSTANCE,
    instanceAliases: [],
    public: true,
    enabled: true,
    declaredBy: null,
    settings: DEFAULT_PROJECT_SETTINGS,
    ...change,
  };
  return store.commit(async (tx) => {
    const id = await projects.insert(tx, project, 1);
    await projects.replaceKeys(tx, id, keys, 1);
    return id;
  });
}

function exchange(port: number, { method = 'POST', path = '/hooks/pagure', headers, body }: Sent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const given = Object.fromEntries(
      Object.entries(headers).filter(([, value]) => value !== undefined),
    ) as IncomingHttpHeaders;
    const options = { host: '127.0.0.1', port, method, path, headers: given, agent: false };
    const request = httpRequest(options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: response.statusCode ?? 0, body: JSON.parse(text || '{}') as Answer['body'] });
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}
