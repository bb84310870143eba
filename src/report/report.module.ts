/** Report: makes the forge show what is wanted. */
import {
  Inject,
  Logger,
  Module,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';
import { Forges } from '../forge/forges.js';
import { Clock } from '../kernel/clock.js';
import { Random } from '../kernel/random.js';
import { JobQueue } from '../queue/job-queue.js';
import { Flags } from '../store/flags.js';
import { OwnComments } from '../store/own-comments.js';
import { Projects } from '../store/projects.js';
import { PullStandings } from '../store/pull-standings.js';
import { Store } from '../store/store.js';
import { CheckDrift } from './check-drift.js';
import { SendComment } from './send-comment.js';
import { SendFlag } from './send-flag.js';

/** Flags sent side by side; one row is never sent twice at once. */
const PARALLEL = 4;

@Module({
  providers: [
    {
      provide: SendFlag,
      inject: [Store, Flags, Projects, Forges, Clock, Random],
      useFactory: (store: Store, flags: Flags, projects: Projects, forges: Forges, clock: Clock, random: Random) =>
        new SendFlag({ store, flags, projects }, forges, clock, random),
    },
    {
      provide: SendComment,
      inject: [Store, OwnComments, Projects, Forges, Clock, Random],
      useFactory: (
        store: Store,
        comments: OwnComments,
        projects: Projects,
        forges: Forges,
        clock: Clock,
        random: Random,
      ) => new SendComment({ store, comments, projects }, forges, clock, random),
    },
    {
      provide: CheckDrift,
      inject: [Store, Flags, Clock, Random],
      useFactory: (store: Store, flags: Flags, clock: Clock, random: Random) => {
        const log = new Logger('CheckDrift');
        const tables = { store, flags, pulls: new PullStandings(store) };
        return new CheckDrift(tables, clock, random, (error) => log.error(error));
      },
    },
  ],
})
export class ReportModule implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  constructor(
    @Inject(JobQueue) private readonly queue: JobQueue,
    @Inject(Flags) private readonly flags: Flags,
    @Inject(SendFlag) private readonly sending: SendFlag,
    @Inject(OwnComments) private readonly comments: OwnComments,
    @Inject(SendComment) private readonly commenting: SendComment,
    @Inject(CheckDrift) private readonly drift: CheckDrift,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.sending.takeOver();
  }

  onApplicationBootstrap(): void {
    const lanes = { parallel: PARALLEL, projectsOf: (ids: readonly number[]) => this.flags.projectsOf(ids) };
    this.queue.take('flag', lanes, (id) => this.sending.send(id));
    const ofComments = { parallel: PARALLEL, projectsOf: (ids: readonly number[]) => this.comments.projectsOf(ids) };
    this.queue.take('comment', ofComments, (id) => this.commenting.send(id));
    this.drift.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.drift.stop();
  }
}
