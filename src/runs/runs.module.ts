/** The life of a run: the only room that changes one. */
import { Module } from '@nestjs/common';
import { RUNNING_SETTINGS, type RunningSettings } from '../config/running-settings.js';
import { Forges } from '../forge/forges.js';
import { Git } from '../git/git.js';
import { Clock } from '../kernel/clock.js';
import { Random } from '../kernel/random.js';
import { Deliveries } from '../store/deliveries.js';
import { Events } from '../store/events.js';
import { Flags } from '../store/flags.js';
import { Projects } from '../store/projects.js';
import { Runs } from '../store/runs.js';
import { Store } from '../store/store.js';
import { CancelRun } from './cancel-run.js';
import { ClaimJob } from './claim-job.js';
import { ExpireJobs } from './expire-jobs.js';
import { MakeOrder } from './make-order.js';
import { PreviewRun } from './preview-run.js';
import { ReadContexts } from './read-contexts.js';
import { ReportJob } from './report-job.js';
import { RunChanges } from './run-changes.js';
import { RunEnds } from './run-ends.js';
import { RunningJobs } from './running-jobs.js';
import { StartRuns } from './start-runs.js';

const VERBS = [CancelRun, ClaimJob, ExpireJobs, PreviewRun, ReadContexts, ReportJob, RunEnds, RunningJobs, StartRuns];

@Module({
  providers: [
    { provide: RunEnds, useFactory: () => new RunEnds() },
    { provide: RunningJobs, useFactory: () => new RunningJobs() },
    {
      provide: ReadContexts,
      inject: [Deliveries, Events, Projects, Forges],
      useFactory: (...rooms: ConstructorParameters<typeof ReadContexts>) => new ReadContexts(...rooms),
    },
    {
      provide: RunChanges,
      inject: [Store, Runs, Flags, ReadContexts, RunningJobs, Clock, RUNNING_SETTINGS, RunEnds],
      useFactory: (
        store: Store,
        runs: Runs,
        flags: Flags,
        contexts: ReadContexts,
        running: RunningJobs,
        clock: Clock,
        { publicUrl }: RunningSettings,
        ends: RunEnds,
      ) => new RunChanges({ store, runs, flags }, contexts, running, clock, publicUrl, ends),
    },
    {
      provide: MakeOrder,
      inject: [Runs, Projects, ReadContexts, Forges, Git, RUNNING_SETTINGS],
      useFactory: (
        runs: Runs,
        projects: Projects,
        contexts: ReadContexts,
        forges: Forges,
        git: Git,
        { logBytes }: RunningSettings,
      ) => new MakeOrder({ runs, projects }, contexts, forges, git, { logBytes }),
    },
    {
      provide: StartRuns,
      inject: [Store, Events, Runs, RunChanges, ReadContexts, Clock],
      useFactory: (
        store: Store,
        events: Events,
        runs: Runs,
        changes: RunChanges,
        contexts: ReadContexts,
        clock: Clock,
      ) => new StartRuns(store, { events, runs }, changes, contexts, clock),
    },
    { provide: PreviewRun, inject: [ReadContexts], useFactory: (contexts: ReadContexts) => new PreviewRun(contexts) },
    { provide: CancelRun, inject: [RunChanges], useFactory: (changes: RunChanges) => new CancelRun(changes) },
    {
      provide: ClaimJob,
      inject: [Store, Runs, RunChanges, MakeOrder, Clock],
      useFactory: (...rooms: ConstructorParameters<typeof ClaimJob>) => new ClaimJob(...rooms),
    },
    {
      provide: ReportJob,
      inject: [Store, Runs, RunChanges, Clock],
      useFactory: (...rooms: ConstructorParameters<typeof ReportJob>) => new ReportJob(...rooms),
    },
    {
      provide: ExpireJobs,
      inject: [Runs, RunChanges, RunningJobs, Clock, Random],
      useFactory: (...rooms: ConstructorParameters<typeof ExpireJobs>) => new ExpireJobs(...rooms),
    },
  ],
  exports: VERBS,
})
export class RunsModule {}
