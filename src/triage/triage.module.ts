/** Triage: decides what each stored event starts. */
import { Inject, Module, type OnApplicationBootstrap } from '@nestjs/common';
import { RUNNING_SETTINGS, type RunningSettings } from '../config/running-settings.js';
import { Forges } from '../forge/forges.js';
import { Git } from '../git/git.js';
import { Blobs } from '../blobs/blobs.js';
import { Clock } from '../kernel/clock.js';
import { Random } from '../kernel/random.js';
import { JobQueue } from '../queue/job-queue.js';
import { ApproveRun } from '../runs/approve-run.js';
import { CancelRun } from '../runs/cancel-run.js';
import { ExplainRun } from '../runs/explain-run.js';
import { PreviewRun } from '../runs/preview-run.js';
import { ReadContexts } from '../runs/read-contexts.js';
import { RerunRun } from '../runs/rerun-run.js';
import { RunsModule } from '../runs/runs.module.js';
import { StartHeld } from '../runs/start-held.js';
import { StartRuns } from '../runs/start-runs.js';
import { ArmedTables } from '../store/armed-tables.js';
import { CommentCommands } from '../store/comment-commands.js';
import { Deliveries } from '../store/deliveries.js';
import { EventActions } from '../store/event-actions.js';
import { Events } from '../store/events.js';
import { Flags } from '../store/flags.js';
import { GreenRuns } from '../store/green-runs.js';
import { Holds } from '../store/holds.js';
import { OwnComments } from '../store/own-comments.js';
import { PageRows } from '../store/page-rows.js';
import { Pipelines } from '../store/pipelines.js';
import { Projects } from '../store/projects.js';
import { PullRuns } from '../store/pull-runs.js';
import { Runs } from '../store/runs.js';
import { StepReports } from '../store/step-reports.js';
import { Store } from '../store/store.js';
import { ArmTriggers } from './arm-triggers.js';
import { AnswerEvent } from './answer-event.js';
import { FindCause } from './cause.js';
import { FindCommander } from './commands/commander.js';
import { DoCommand } from './commands/do-command.js';
import { NoteCommand } from './commands/note-command.js';
import { ObeyComment } from './commands/obey-comment.js';
import { RepeatRuns } from './commands/repeat-runs.js';
import { Decide } from './decide.js';
import { DispatchRun } from './dispatch-run.js';
import { FetchProject } from './fetch-project.js';
import { FindSituation } from './find-situation.js';
import { JudgePull } from './judge-pull.js';
import { LookAtHeld } from './look-at-held.js';
import { ReadPipelines } from './read-pipelines.js';
import { ReleaseEvent } from './release-event.js';
import { ReplayEvent } from './replay-event.js';
import { TriageEvent } from './triage-event.js';

/** Events that are looked at side by side: they mostly wait for git. */
const PARALLEL = 4;
/** Held runs that are looked at side by side: they mostly wait for the forge. */
const PARALLEL_HOLDS = 2;
/** Commands that are looked at side by side: they mostly wait for the forge. */
const PARALLEL_COMMANDS = 2;

@Module({
  imports: [RunsModule],
  providers: [
    {
      provide: Decide,
      inject: [Git, Events, JudgePull, ReadPipelines, ReadContexts],
      useFactory: (git: Git, events: Events, judging: JudgePull, pipelines: ReadPipelines, contexts: ReadContexts) =>
        new Decide(git, new FindSituation(git, new FindCause(events, git), judging), pipelines, contexts),
    },
    {
      provide: JudgePull,
      inject: [Forges, Projects],
      useFactory: (forges: Forges, projects: Projects) => new JudgePull(forges, projects),
    },
    {
      provide: LookAtHeld,
      inject: [
        Store,
        Events,
        Holds,
        Projects,
        Runs,
        Clock,
        Random,
        Forges,
        Git,
        JudgePull,
        FetchProject,
        ReadPipelines,
        ReadContexts,
        StartHeld,
      ],
      useFactory: (
        store: Store,
        events: Events,
        holds: Holds,
        projects: Projects,
        runs: Runs,
        clock: Clock,
        random: Random,
        forges: Forges,
        git: Git,
        judging: JudgePull,
        fetching: FetchProject,
        pipelines: ReadPipelines,
        contexts: ReadContexts,
        starting: StartHeld,
      ) =>
        new LookAtHeld(
          { store, events, holds, projects, runs },
          { clock, random, forges, git },
          { judging, fetching, pipelines, contexts, starting },
        ),
    },
    {
      provide: ReadPipelines,
      inject: [Git, Pipelines],
      useFactory: (git: Git, pipelines: Pipelines) => new ReadPipelines(git, pipelines),
    },
    {
      provide: ArmTriggers,
      inject: [Store, ArmedTables, Git, ReadPipelines, Clock],
      useFactory: (...rooms: ConstructorParameters<typeof ArmTriggers>) => new ArmTriggers(...rooms),
    },
    {
      provide: FetchProject,
      inject: [Projects, Events, Forges, Git],
      useFactory: (...rooms: ConstructorParameters<typeof FetchProject>) => new FetchProject(...rooms),
    },
    {
      provide: AnswerEvent,
      inject: [
        ArmedTables,
        OwnComments,
        Events,
        Flags,
        Projects,
        Runs,
        Forges,
        FetchProject,
        RUNNING_SETTINGS,
        Decide,
        ReadContexts,
      ],
      useFactory: (
        armed: ArmedTables,
        comments: OwnComments,
        events: Events,
        flags: Flags,
        projects: Projects,
        runs: Runs,
        forges: Forges,
        fetching: FetchProject,
        { publicUrl }: RunningSettings,
        decide: Decide,
        contexts: ReadContexts,
      ) =>
        new AnswerEvent(
          { armed, comments, events, flags, projects, runs },
          { forges, fetching, publicUrl },
          decide,
          contexts,
        ),
    },
    {
      provide: TriageEvent,
      inject: [Store, Events, EventActions, Clock, Random, AnswerEvent, StartRuns, ArmTriggers, NoteCommand],
      useFactory: (
        store: Store,
        events: Events,
        actions: EventActions,
        clock: Clock,
        random: Random,
        answering: AnswerEvent,
        runs: StartRuns,
        arming: ArmTriggers,
        commands: NoteCommand,
      ) => new TriageEvent({ store, events, actions }, { clock, random }, answering, runs, arming, commands),
    },
    {
      provide: DispatchRun,
      inject: [Store, Git, FetchProject, ReadPipelines, Clock, Random],
      useFactory: (...rooms: ConstructorParameters<typeof DispatchRun>) => new DispatchRun(...rooms),
    },
    {
      provide: NoteCommand,
      inject: [Store, Projects, CommentCommands, Forges, ReadContexts, Clock],
      useFactory: (
        store: Store,
        projects: Projects,
        commands: CommentCommands,
        forges: Forges,
        contexts: ReadContexts,
        clock: Clock,
      ) => new NoteCommand({ store, projects, commands }, forges, contexts, clock),
    },
    {
      provide: DoCommand,
      inject: [
        Store,
        CommentCommands,
        Runs,
        StepReports,
        PageRows,
        Blobs,
        Git,
        RerunRun,
        CancelRun,
        ApproveRun,
        DispatchRun,
        RUNNING_SETTINGS,
      ],
      useFactory: (
        store: Store,
        commands: CommentCommands,
        runs: Runs,
        reports: StepReports,
        rows: PageRows,
        blobs: Blobs,
        git: Git,
        rerunning: RerunRun,
        canceling: CancelRun,
        approving: ApproveRun,
        dispatching: DispatchRun,
        { publicUrl }: RunningSettings,
      ) => {
        const pulls = new PullRuns(store);
        const repeating = new RepeatRuns({ store, commands, pulls, runs }, rerunning, publicUrl);
        const explaining = new ExplainRun({ runs, reports, rows, greens: new GreenRuns(store) }, blobs, git);
        const verbs = { repeating, canceling, approving, explaining, dispatching };
        return new DoCommand({ store, commands, pulls }, verbs, publicUrl);
      },
    },
    {
      provide: ObeyComment,
      inject: [Store, Projects, CommentCommands, OwnComments, Forges, Git, DoCommand, Clock, Random],
      useFactory: (
        store: Store,
        projects: Projects,
        commands: CommentCommands,
        comments: OwnComments,
        forges: Forges,
        git: Git,
        doing: DoCommand,
        clock: Clock,
        random: Random,
      ) => {
        const commanders = new FindCommander(projects, forges, git);
        return new ObeyComment({ store, projects, commands, comments }, commanders, doing, clock, random);
      },
    },
    {
      provide: ReleaseEvent,
      inject: [Store, Events, EventActions, Clock],
      useFactory: (...rooms: ConstructorParameters<typeof ReleaseEvent>) => new ReleaseEvent(...rooms),
    },
    {
      provide: ReplayEvent,
      inject: [Store, Deliveries, EventActions, AnswerEvent, PreviewRun, Clock],
      useFactory: (
        store: Store,
        deliveries: Deliveries,
        actions: EventActions,
        answering: AnswerEvent,
        previews: PreviewRun,
        clock: Clock,
      ) => new ReplayEvent({ store, deliveries, actions }, answering, previews, clock),
    },
  ],
  exports: [DispatchRun, ReleaseEvent, ReplayEvent],
})
export class TriageModule implements OnApplicationBootstrap {
  constructor(
    @Inject(JobQueue) private readonly queue: JobQueue,
    @Inject(Events) private readonly events: Events,
    @Inject(TriageEvent) private readonly triage: TriageEvent,
    @Inject(Holds) private readonly holds: Holds,
    @Inject(LookAtHeld) private readonly held: LookAtHeld,
    @Inject(CommentCommands) private readonly commands: CommentCommands,
    @Inject(ObeyComment) private readonly obeying: ObeyComment,
  ) {}

  onApplicationBootstrap(): void {
    const lanes = { parallel: PARALLEL, projectsOf: (ids: readonly number[]) => this.events.projectsOf(ids) };
    this.queue.take('event', lanes, (id) => this.triage.triage(id));
    const ofHolds = { parallel: PARALLEL_HOLDS, projectsOf: (ids: readonly number[]) => this.holds.projectsOf(ids) };
    this.queue.take('hold', ofHolds, (id) => this.held.look(id));
    const ofCommands = {
      parallel: PARALLEL_COMMANDS,
      projectsOf: (ids: readonly number[]) => this.commands.projectsOf(ids),
    };
    this.queue.take('command', ofCommands, (id) => this.obeying.obey(id));
  }
}
