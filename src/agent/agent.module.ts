/** The agent: claims jobs while slots are free and runs them in this process. */
import { type BeforeApplicationShutdown, Inject, Module, type OnApplicationBootstrap } from '@nestjs/common';
import { Blobs } from '../blobs/blobs.js';
import { BOOT_ID, RUNNING_SETTINGS, type RunningSettings } from '../config/running-settings.js';
import { Clock } from '../kernel/clock.js';
import { JobQueue } from '../queue/job-queue.js';
import { Runner } from '../runner/runner.js';
import { ClaimJob } from '../runs/claim-job.js';
import { ExpireJobs } from '../runs/expire-jobs.js';
import { ReportJob } from '../runs/report-job.js';
import { RunningJobs } from '../runs/running-jobs.js';
import { RunsModule } from '../runs/runs.module.js';
import { Runs } from '../store/runs.js';
import { Drain } from './drain.js';
import { RunJob } from './run-job.js';

@Module({
  imports: [RunsModule],
  providers: [
    {
      provide: RunJob,
      inject: [ClaimJob, ReportJob, ExpireJobs, RunningJobs, Runner, Blobs, Clock, BOOT_ID],
      useFactory: (
        claims: ClaimJob,
        reports: ReportJob,
        losses: ExpireJobs,
        running: RunningJobs,
        runner: Runner,
        blobs: Blobs,
        clock: Clock,
        bootId: string,
      ) => new RunJob({ claims, reports, losses, running }, runner, blobs, clock, bootId),
    },
    {
      provide: Drain,
      inject: [JobQueue, RunningJobs, ExpireJobs, Runs, Clock],
      useFactory: (...rooms: ConstructorParameters<typeof Drain>) => new Drain(...rooms),
    },
  ],
})
export class AgentModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    @Inject(JobQueue) private readonly queue: JobQueue,
    @Inject(RunJob) private readonly jobs: RunJob,
    @Inject(Drain) private readonly drain: Drain,
    @Inject(RUNNING_SETTINGS) private readonly settings: RunningSettings,
  ) {}

  onApplicationBootstrap(): void {
    this.queue.take('job', { parallel: this.settings.slots }, (id) => this.jobs.run(id));
  }

  /** The listener still answers meanwhile: what it stores now is looked at by the next start. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.drain.drain(this.settings.drainMs);
  }
}
