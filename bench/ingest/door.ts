/** The door alone, as the house composes it: kernel, store, forge and intake on Fastify with one body parser. */
import 'reflect-metadata';
import { type DynamicModule, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { hostGuard } from '../../src/api/host-guard.js';
import { ProblemFilter } from '../../src/api/problem.filter.js';
import { Egress } from '../../src/egress/egress.js';
import { ForgeModule } from '../../src/forge/forge.module.js';
import { openForges } from '../../src/forge/forges.js';
import { GentleAdapter, SERVER_OPTIONS } from '../../src/http-server.js';
import { BodyReader } from '../../src/intake/body-reader.js';
import { IntakeModule } from '../../src/intake/intake.module.js';
import { type Clock, SystemClock } from '../../src/kernel/clock.js';
import { KernelModule } from '../../src/kernel/kernel.module.js';
import { SystemRandom } from '../../src/kernel/random.js';
import { DEFAULT_PROJECT_SETTINGS, normaliseInstance } from '../../src/model/project.js';
import { Deliveries } from '../../src/store/deliveries.js';
import { Projects } from '../../src/store/projects.js';
import { StoreModule } from '../../src/store/store.module.js';
import type { Store } from '../../src/store/store.js';
import { PROJECT } from './signed-pushes.js';

@Module({})
class House {}

/** `deliveries` may be another way to store them. */
export async function openDoor(store: Store, deliveries?: Deliveries): Promise<NestFastifyApplication> {
  const clock = new SystemClock();
  const nothing = { lookup: () => Promise.resolve([]), realPath: () => Promise.resolve(null) };
  const rooms = [
    KernelModule.with({ clock, random: new SystemRandom() }),
    storeModule(store, deliveries),
    ForgeModule.with(openForges(new Egress({ allow: [], fileRoot: null }, nothing), clock)),
    IntakeModule.with(),
  ];
  const app = await createApp({ module: House, imports: rooms }, clock);
  await registerProject(store, app.get(Projects));
  return app;
}

async function createApp(house: DynamicModule, clock: Clock): Promise<NestFastifyApplication> {
  const adapter = new GentleAdapter(SERVER_OPTIONS);
  const app = await NestFactory.create<NestFastifyApplication>(house, adapter, {
    bodyParser: false,
    forceCloseConnections: true,
    logger: ['error', 'warn'],
  });
  const fastify = adapter.getInstance() as unknown as FastifyInstance;
  fastify.addHook('onRequest', hostGuard([]));
  adapter.defend({ bodies: app.get(BodyReader), clock, admit: () => Promise.resolve(), graceMs: 1_000 });
  app.useGlobalFilters(new ProblemFilter());
  return app;
}

function storeModule(store: Store, deliveries: Deliveries | undefined): DynamicModule {
  const module = StoreModule.with(store, Buffer.alloc(32, 7));
  const other = deliveries === undefined ? [] : [{ provide: Deliveries, useValue: deliveries }];
  return { ...module, providers: [...(module.providers ?? []), ...other] };
}

async function registerProject(store: Store, projects: Projects): Promise<void> {
  const named = {
    instance: normaliseInstance(PROJECT.instance) ?? '',
    instanceAliases: [],
    fullname: PROJECT.fullname,
  };
  const settings = { public: true, enabled: true, declaredBy: null, settings: DEFAULT_PROJECT_SETTINGS };
  await store.commit(async (tx) => {
    const id = await projects.insert(tx, { ...named, ...settings }, 1);
    await projects.replaceKeys(tx, id, [PROJECT.key], 1);
  });
}
