/** The house: every room, standing on the adapters of one world. */
import { type DynamicModule, Global, Module } from '@nestjs/common';
import { AgentModule } from './agent/agent.module.js';
import { ApiModule } from './api/api.module.js';
import { Blobs } from './blobs/blobs.js';
import { BOOT_ID, RUNNING_SETTINGS, type RunningSettings } from './config/running-settings.js';
import { Executors } from './executor/executors.js';
import { ForgeModule } from './forge/forge.module.js';
import type { Forges } from './forge/forges.js';
import { Git } from './git/git.js';
import { IntakeModule } from './intake/intake.module.js';
import type { Clock } from './kernel/clock.js';
import { KernelModule } from './kernel/kernel.module.js';
import type { Random } from './kernel/random.js';
import { ProjectsModule } from './projects/projects.module.js';
import { JobQueue } from './queue/job-queue.js';
import { ReportModule } from './report/report.module.js';
import { Runner } from './runner/runner.js';
import type { Store } from './store/store.js';
import { StoreModule } from './store/store.module.js';
import { SweepModule } from './sweep/sweep.module.js';
import { TriageModule } from './triage/triage.module.js';

/** What the house stands on: the real adapters in `serve.ts`, others in the simulated world. */
export interface World {
  readonly clock: Clock;
  readonly random: Random;
  /** Names this boot among all. */
  readonly bootId: string;
  readonly settings: RunningSettings;
  readonly store: Store;
  readonly masterKey: Buffer;
  readonly queue: JobQueue;
  readonly forges: Forges;
  readonly git: Git;
  readonly executors: Executors;
  readonly runner: Runner;
  readonly blobs: Blobs;
}

/** The ports whose rooms have no module of their own. */
@Global()
@Module({})
class WorldModule {
  static with(world: World): DynamicModule {
    const providers = [
      { provide: RUNNING_SETTINGS, useValue: world.settings },
      { provide: BOOT_ID, useValue: world.bootId },
      { provide: JobQueue, useValue: world.queue },
      { provide: Git, useValue: world.git },
      { provide: Executors, useValue: world.executors },
      { provide: Runner, useValue: world.runner },
      { provide: Blobs, useValue: world.blobs },
    ];
    return { module: WorldModule, providers, exports: providers };
  }
}

@Module({})
export class AppModule {
  /** The store's ids that become due go to the queue from here on. */
  static with(world: World): DynamicModule {
    world.store.handDueTo((kind, id) => world.queue.put(kind, id));
    const { settings } = world;
    const imports = [
      KernelModule.with(world),
      WorldModule.with(world),
      StoreModule.with(world.store, world.masterKey),
      ForgeModule.with(world.forges),
      ProjectsModule,
      IntakeModule.with({ oldestMs: settings.staleAfterMs, aheadMs: settings.aheadMs }),
      TriageModule,
      // Before the sweep, which starts after it: what an earlier boot was sending is doubted before its lost jobs want flags anew.
      ReportModule,
      SweepModule,
      AgentModule,
      ApiModule,
    ];
    return { module: AppModule, imports };
  }
}
