/** Triage: decides what each stored event starts. */
import { Inject, Module, type OnApplicationBootstrap } from '@nestjs/common';
import { RUNNING_SETTINGS, type RunningSettings } from '../config/running-settings.js';
import { Forges } from '../forge/forges.js';
import { Git } from '../git/git.js';
import { Clock } from '../kernel/clock.js';
import { Random } from '../kernel/random.js';
import { JobQueue } from '../queue/job-queue.js';
import { ReadContexts } from '../runs/read-contexts.js';
import { RunsModule } from '../runs/runs.module.js';
import { StartRuns } from '../runs/start-runs.js';
import { Events } from '../store/events.js';
import { Flags } from '../store/flags.js';
import { Pipelines } from '../store/pipelines.js';
import { Projects } from '../store/projects.js';
import { Store } from '../store/store.js';
import { FindCause } from './cause.js';
import { Decide } from './decide.js';
import { ReadPipelines } from './read-pipelines.js';
import { FindSituation } from './situation.js';
import { TriageEvent } from './triage-event.js';

/** Events that are looked at side by side: they mostly wait for git. */
const PARALLEL = 4;

@Module({
  imports: [RunsModule],
  providers: [
    {
      provide: Decide,
      inject: [Git, Events, Pipelines],
      useFactory: (git: Git, events: Events, pipelines: Pipelines) =>
        new Decide(git, new FindSituation(git, new FindCause(events, git)), new ReadPipelines(git, pipelines)),
    },
    {
      provide: TriageEvent,
      inject: [
        Store,
        Events,
        Projects,
        Flags,
        Forges,
        Git,
        Clock,
        Random,
        RUNNING_SETTINGS,
        Decide,
        ReadContexts,
        StartRuns,
      ],
      useFactory: (
        store: Store,
        events: Events,
        projects: Projects,
        flags: Flags,
        forges: Forges,
        git: Git,
        clock: Clock,
        random: Random,
        { publicUrl }: RunningSettings,
        decide: Decide,
        contexts: ReadContexts,
        runs: StartRuns,
      ) =>
        new TriageEvent(
          { store, events, projects, flags },
          { forges, git, clock, random, publicUrl },
          decide,
          contexts,
          runs,
        ),
    },
  ],
  exports: [Decide],
})
export class TriageModule implements OnApplicationBootstrap {
  constructor(
    @Inject(JobQueue) private readonly queue: JobQueue,
    @Inject(Events) private readonly events: Events,
    @Inject(TriageEvent) private readonly triage: TriageEvent,
  ) {}

  onApplicationBootstrap(): void {
    const lanes = { parallel: PARALLEL, projectsOf: (ids: readonly number[]) => this.events.projectsOf(ids) };
    this.queue.take('event', lanes, (id) => this.triage.triage(id));
  }
}
