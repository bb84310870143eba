/** Intake: HTTP for forges. Needs kernel, store and forges to be global. */
import {
  type BeforeApplicationShutdown,
  type DynamicModule,
  Inject,
  Module,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Forges } from '../forge/forges.js';
import { PagureWebHook } from '../forge/pagure-web-hook.js';
import { Clock } from '../kernel/clock.js';
import { Random } from '../kernel/random.js';
import { JobQueue } from '../queue/job-queue.js';
import { ProjectKeys } from '../store/project-keys.js';
import { Projects } from '../store/projects.js';
import { Quarantine } from '../store/quarantine.js';
import { Store } from '../store/store.js';
import { AcceptDelivery } from './accept-delivery.js';
import { BodyReader } from './body-reader.js';
import { DoorCounts } from './door-counts.js';
import { HookDirectory } from './hook-directory.js';
import { LargeBodies } from './large-bodies.js';
import { PagureController } from './pagure.controller.js';
import { PagureSignatureGuard } from './pagure-signature.guard.js';
import { QuarantinePosts } from './quarantine-posts.js';
import { ReadKey } from './read-key.js';
import { RefusedLog } from './refused-log.js';
import { Senders } from './senders.js';
import { AGE_LIMITS, type AgeLimits, DEFAULT_AGE_LIMITS } from './verdict.js';
import { VerifyAgain } from './verify-again.js';

/** The forge may be asked for a key meanwhile; one lane is always another project's. */
const PARALLEL_LOOKS = 2;

const READ_KEY = {
  provide: ReadKey,
  inject: [Store, Projects, ProjectKeys, Forges, Clock],
  useFactory: (store: Store, projects: Projects, keys: ProjectKeys, forges: Forges, clock: Clock) =>
    new ReadKey({ store, projects, keys }, forges, clock),
};

const VERIFY_AGAIN = {
  provide: VerifyAgain,
  inject: [Store, Projects, Quarantine, PagureWebHook, AcceptDelivery, DoorCounts, ReadKey, Clock],
  useFactory: (
    store: Store,
    projects: Projects,
    quarantine: Quarantine,
    webHook: PagureWebHook,
    accepting: AcceptDelivery,
    counts: DoorCounts,
    key: ReadKey,
    clock: Clock,
  ) => new VerifyAgain({ store, projects, quarantine }, webHook, { accepting, counts }, key, clock),
};

@Module({})
export class IntakeModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    @Inject(RefusedLog) private readonly refused: RefusedLog,
    @Inject(QuarantinePosts) private readonly posts: QuarantinePosts,
    @Inject(Quarantine) private readonly quarantine: Quarantine,
    @Inject(VerifyAgain) private readonly again: VerifyAgain,
    @Inject(JobQueue) private readonly queue: JobQueue,
  ) {}

  static with(limits: AgeLimits = DEFAULT_AGE_LIMITS): DynamicModule {
    const webHook = {
      provide: PagureWebHook,
      useFactory: (random: Random) => new PagureWebHook(random),
      inject: [Random],
    };
    const age = { provide: AGE_LIMITS, useValue: limits };
    const door = [AcceptDelivery, BodyReader, HookDirectory, LargeBodies, PagureSignatureGuard, RefusedLog, Senders];
    const later = [QuarantinePosts, READ_KEY, VERIFY_AGAIN];
    const providers = [webHook, age, DoorCounts, ...door, ...later];
    return { module: IntakeModule, global: true, controllers: [PagureController], providers, exports: [DoorCounts] };
  }

  onApplicationBootstrap(): void {
    const projectsOf = (ids: readonly number[]) => this.quarantine.projectsOf(ids);
    this.queue.take('quarantine', { parallel: PARALLEL_LOOKS, projectsOf }, (id) => this.again.look(id));
  }

  /** The store closes last; what is refused from now on is forgotten. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.posts.settled();
    await this.refused.flush();
  }
}
