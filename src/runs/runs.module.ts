/** The life of a run: the only room that changes one. */
import { Inject, Module, type OnApplicationBootstrap } from '@nestjs/common';
import { RUNNING_SETTINGS, type RunningSettings } from '../config/running-settings.js';
import { Forges } from '../forge/forges.js';
import { Git } from '../git/git.js';
import { Clock } from '../kernel/clock.js';
import { Random } from '../kernel/random.js';
import { JobQueue } from '../queue/job-queue.js';
import { ArmedTables } from '../store/armed-tables.js';
import { Deliveries } from '../store/deliveries.js';
import { Events } from '../store/events.js';
import { Flags } from '../store/flags.js';
import { Holds } from '../store/holds.js';
import { HiddenJobs } from '../store/hidden-jobs.js';
import { ProjectSecrets } from '../store/project-secrets.js';
import { OwnComments } from '../store/own-comments.js';
import { Projects } from '../store/projects.js';
import { PullRuns } from '../store/pull-runs.js';
import { PullStandings } from '../store/pull-standings.js';
import { RunAttempts } from '../store/run-attempts.js';
import { Runs } from '../store/runs.js';
import { StepReports } from '../store/step-reports.js';
import { Store } from '../store/store.js';
import { Turns } from '../store/turns.js';
import { ApproveRun } from './approve-run.js';
import { ApplyTurn } from './apply-turn.js';
import { CancelRun } from './cancel-run.js';
import { ClaimJob } from './claim-job.js';
import { ExpireJobs } from './expire-jobs.js';
import { MakeBundle } from './make-bundle.js';
import { MakeOrder } from './make-order.js';
import { PreviewRun } from './preview-run.js';
import { ReadContexts } from './read-contexts.js';
import { ReportJob } from './report-job.js';
import { RerunRun } from './rerun-run.js';
import { RunChanges } from './run-changes.js';
import { RunEnds } from './run-ends.js';
import { RunningJobs } from './running-jobs.js';
import { StartHeld } from './start-held.js';
import { StartRuns } from './start-runs.js';
import { SumUp } from './sum-up.js';
import { TellFollowers } from './tell-followers.js';
import { TellProgress } from './tell-progress.js';
import { TakeTurns } from './take-turns.js';

const VERBS = [
  ApproveRun,
  CancelRun,
  ClaimJob,
  ExpireJobs,
  MakeBundle,
  PreviewRun,
  ReadContexts,
  ReportJob,
  RerunRun,
  RunEnds,
  RunningJobs,
  StartHeld,
  StartRuns,
];

@Module({
  providers: [
    { provide: RunEnds, useFactory: () => new RunEnds() },
    { provide: RunningJobs, useFactory: () => new RunningJobs() },
    {
      provide: TakeTurns,
      inject: [Turns, Runs],
      useFactory: (turns: Turns, runs: Runs) => new TakeTurns(turns, runs),
    },
    {
      provide: ApplyTurn,
      inject: [Store, Turns, TakeTurns, RunChanges, Clock, Random],
      useFactory: (store: Store, turns: Turns, taking: TakeTurns, changes: RunChanges, clock: Clock, random: Random) =>
        new ApplyTurn({ store, turns }, taking, changes, clock, random),
    },
    {
      provide: ReadContexts,
      inject: [Deliveries, Events, Projects, Forges],
      useFactory: (...rooms: ConstructorParameters<typeof ReadContexts>) => new ReadContexts(...rooms),
    },
    {
      provide: TellFollowers,
      inject: [ArmedTables],
      useFactory: (armed: ArmedTables) => new TellFollowers(armed),
    },
    {
      provide: RunChanges,
      inject: [
        Store,
        Runs,
        Flags,
        HiddenJobs,
        TakeTurns,
        TellFollowers,
        ReadContexts,
        RunningJobs,
        Clock,
        RUNNING_SETTINGS,
        RunEnds,
        StepReports,
        OwnComments,
      ],
      useFactory: (
        store: Store,
        runs: Runs,
        flags: Flags,
        hidden: HiddenJobs,
        taking: TakeTurns,
        followers: TellFollowers,
        contexts: ReadContexts,
        running: RunningJobs,
        clock: Clock,
        { publicUrl }: RunningSettings,
        ends: RunEnds,
        reports: StepReports,
        comments: OwnComments,
      ) => {
        const pulls = new PullRuns(store);
        const summing = new SumUp({ comments, pulls, standings: new PullStandings(store) }, publicUrl);
        const tables = { store, runs, flags, taking, followers, summing, hidden, reports };
        return new RunChanges(tables, contexts, running, clock, publicUrl, ends);
      },
    },
    {
      provide: MakeOrder,
      inject: [Runs, Projects, HiddenJobs, ProjectSecrets, ReadContexts, Forges, Git, RUNNING_SETTINGS],
      useFactory: (
        runs: Runs,
        projects: Projects,
        hidden: HiddenJobs,
        secrets: ProjectSecrets,
        contexts: ReadContexts,
        forges: Forges,
        git: Git,
        { logBytes }: RunningSettings,
      ) => new MakeOrder({ runs, projects, hidden, secrets }, contexts, forges, git, { logBytes }),
    },
    {
      provide: MakeBundle,
      inject: [Runs, HiddenJobs, ReadContexts, Forges],
      useFactory: (runs: Runs, hidden: HiddenJobs, contexts: ReadContexts, forges: Forges) =>
        new MakeBundle({ runs, hidden }, contexts, forges),
    },
    {
      provide: StartRuns,
      inject: [Store, Events, Runs, Holds, RunChanges, TakeTurns, ReadContexts, Clock],
      useFactory: (
        store: Store,
        events: Events,
        runs: Runs,
        holds: Holds,
        changes: RunChanges,
        taking: TakeTurns,
        contexts: ReadContexts,
        clock: Clock,
      ) => new StartRuns(store, { events, runs, holds }, changes, taking, contexts, clock),
    },
    {
      provide: StartHeld,
      inject: [Store, Runs, Holds, RunChanges, TakeTurns, ReadContexts, Clock],
      useFactory: (
        store: Store,
        runs: Runs,
        holds: Holds,
        changes: RunChanges,
        taking: TakeTurns,
        contexts: ReadContexts,
        clock: Clock,
      ) => new StartHeld({ store, runs, holds }, changes, taking, contexts, clock),
    },
    {
      provide: ApproveRun,
      inject: [Runs, Holds, Projects, Forges, RunChanges, Clock],
      useFactory: (runs: Runs, holds: Holds, projects: Projects, forges: Forges, changes: RunChanges, clock: Clock) =>
        new ApproveRun({ runs, holds, projects }, forges, changes, clock),
    },
    {
      provide: PreviewRun,
      inject: [ReadContexts, Turns, Runs],
      useFactory: (...rooms: ConstructorParameters<typeof PreviewRun>) => new PreviewRun(...rooms),
    },
    {
      provide: RerunRun,
      inject: [Store, Runs, RunAttempts, HiddenJobs, Projects, RunChanges, TakeTurns, ReadContexts, Clock],
      useFactory: (
        store: Store,
        runs: Runs,
        attempts: RunAttempts,
        hidden: HiddenJobs,
        projects: Projects,
        changes: RunChanges,
        taking: TakeTurns,
        contexts: ReadContexts,
        clock: Clock,
      ) => new RerunRun({ store, runs, attempts, hidden, projects }, changes, taking, contexts, clock),
    },
    { provide: CancelRun, inject: [RunChanges], useFactory: (changes: RunChanges) => new CancelRun(changes) },
    {
      provide: ClaimJob,
      inject: [Store, Runs, Projects, RunChanges, MakeOrder, Clock],
      useFactory: (
        store: Store,
        runs: Runs,
        projects: Projects,
        changes: RunChanges,
        orders: MakeOrder,
        clock: Clock,
      ) => new ClaimJob(store, { runs, projects }, changes, orders, clock),
    },
    {
      provide: ReportJob,
      inject: [Store, Runs, StepReports, RunChanges, Clock, TellProgress],
      useFactory: (
        store: Store,
        runs: Runs,
        reports: StepReports,
        changes: RunChanges,
        clock: Clock,
        progress: TellProgress,
      ) => new ReportJob(store, { runs, reports }, changes, clock, progress),
    },
    {
      provide: TellProgress,
      inject: [Store, Runs, Flags, Clock, RUNNING_SETTINGS],
      useFactory: (store: Store, runs: Runs, flags: Flags, clock: Clock, { publicUrl }: RunningSettings) =>
        new TellProgress({ store, runs, flags }, clock, publicUrl),
    },
    {
      provide: ExpireJobs,
      inject: [Runs, RunChanges, RunningJobs, Clock, Random],
      useFactory: (...rooms: ConstructorParameters<typeof ExpireJobs>) => new ExpireJobs(...rooms),
    },
  ],
  exports: VERBS,
})
export class RunsModule implements OnApplicationBootstrap {
  constructor(
    @Inject(JobQueue) private readonly queue: JobQueue,
    @Inject(ApplyTurn) private readonly turns: ApplyTurn,
  ) {}

  onApplicationBootstrap(): void {
    this.queue.take('turn', { parallel: 1 }, (id) => this.turns.apply(id));
  }
}
