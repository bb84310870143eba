/** The sweep: at start it ends what earlier boots left, then it puts due rows into the queue. */
import { Inject, Logger, Module, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Blobs } from '../blobs/blobs.js';
import { BOOT_ID } from '../config/running-settings.js';
import { Executors } from '../executor/executors.js';
import { Git } from '../git/git.js';
import { Clock } from '../kernel/clock.js';
import { JobQueue } from '../queue/job-queue.js';
import { ExpireJobs } from '../runs/expire-jobs.js';
import { RunsModule } from '../runs/runs.module.js';
import { ArmedTables } from '../store/armed-tables.js';
import { Backlog } from '../store/backlog.js';
import { CommentCommands } from '../store/comment-commands.js';
import { Events } from '../store/events.js';
import { Flags } from '../store/flags.js';
import { Holds } from '../store/holds.js';
import { OwnComments } from '../store/own-comments.js';
import { Projects } from '../store/projects.js';
import { Quarantine } from '../store/quarantine.js';
import { Runs } from '../store/runs.js';
import { Store } from '../store/store.js';
import { Turns } from '../store/turns.js';
import { ArmServerPipelines } from './arm-server-pipelines.js';
import { FireSchedules } from './fire-schedules.js';
import { MaintainMirrors } from './maintain-mirrors.js';
import { SealLogs } from './seal-logs.js';
import { Sweep } from './sweep.js';

@Module({
  imports: [RunsModule],
  providers: [
    {
      provide: ArmServerPipelines,
      inject: [Store, ArmedTables, Clock],
      useFactory: (...rooms: ConstructorParameters<typeof ArmServerPipelines>) => new ArmServerPipelines(...rooms),
    },
    {
      provide: FireSchedules,
      inject: [Store, ArmedTables, Projects, Clock],
      useFactory: (...rooms: ConstructorParameters<typeof FireSchedules>) => new FireSchedules(...rooms),
    },
    {
      provide: SealLogs,
      inject: [Blobs, Runs, Clock],
      useFactory: (blobs: Blobs, runs: Runs, clock: Clock) => {
        const log = new Logger('SealLogs');
        return new SealLogs(blobs, runs, clock, (error) => log.error(error));
      },
    },
    {
      provide: MaintainMirrors,
      inject: [Git, Projects, Clock],
      useFactory: (git: Git, projects: Projects, clock: Clock) => {
        const log = new Logger('MaintainMirrors');
        return new MaintainMirrors(git, projects, clock, (error) => log.error(error));
      },
    },
    {
      provide: Sweep,
      inject: [
        Events,
        Runs,
        Flags,
        Turns,
        Holds,
        CommentCommands,
        OwnComments,
        Quarantine,
        Backlog,
        JobQueue,
        ExpireJobs,
        ArmServerPipelines,
        FireSchedules,
        Clock,
      ],
      useFactory: (
        events: Events,
        runs: Runs,
        flags: Flags,
        turns: Turns,
        holds: Holds,
        commands: CommentCommands,
        comments: OwnComments,
        quarantine: Quarantine,
        backlog: Backlog,
        queue: JobQueue,
        losses: ExpireJobs,
        pipelines: ArmServerPipelines,
        schedules: FireSchedules,
        clock: Clock,
      ) => {
        const log = new Logger('Sweep');
        const work = { losses, pipelines, schedules };
        const tables = { events, runs, flags, turns, holds, commands, comments, quarantine, backlog };
        return new Sweep(tables, queue, work, clock, (error) => log.error(error));
      },
    },
  ],
  exports: [Sweep],
})
export class SweepModule implements OnModuleInit, OnModuleDestroy {
  constructor(
    @Inject(Sweep) private readonly sweep: Sweep,
    @Inject(SealLogs) private readonly sealing: SealLogs,
    @Inject(MaintainMirrors) private readonly mirrors: MaintainMirrors,
    @Inject(Executors) private readonly executors: Executors,
    @Inject(ExpireJobs) private readonly losses: ExpireJobs,
    @Inject(BOOT_ID) private readonly bootId: string,
  ) {}

  /** Before anything is taken from the queue: first the processes of earlier boots end, then their jobs. */
  async onModuleInit(): Promise<void> {
    await this.executors.endLeftovers();
    await this.losses.ofOtherBoots(this.bootId);
    this.sweep.start();
    this.sealing.start();
    this.mirrors.start();
  }

  async onModuleDestroy(): Promise<void> {
    this.sweep.stop();
    await this.sealing.stop();
    await this.mirrors.stop();
  }
}
