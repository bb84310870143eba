/** The store for the whole house. It is opened before the house is composed, and closed last. */
import { type DynamicModule, Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Random } from '../kernel/random.js';
import { ArmedTables } from './armed-tables.js';
import { Backlog } from './backlog.js';
import { ChangeFeed } from './change-feed.js';
import { Changes } from './changes.js';
import { Browse } from './browse.js';
import { CommentCommands } from './comment-commands.js';
import { Deliveries } from './deliveries.js';
import { EventActions } from './event-actions.js';
import { Events } from './events.js';
import { Flags } from './flags.js';
import { HiddenJobs } from './hidden-jobs.js';
import { Holds } from './holds.js';
import { OwnComments } from './own-comments.js';
import { PageRows } from './page-rows.js';
import { Pipelines } from './pipelines.js';
import { ProjectKeys } from './project-keys.js';
import { ProjectSecrets } from './project-secrets.js';
import { ProjectStandings } from './project-standing.js';
import { Projects } from './projects.js';
import { Quarantine } from './quarantine.js';
import { RunAttempts } from './run-attempts.js';
import { Runs } from './runs.js';
import { Seal } from './seal.js';
import { StepReports } from './step-reports.js';
import { StoreProbe } from './store-probe.js';
import { Store } from './store.js';
import { Tokens } from './tokens.js';
import { Turns } from './turns.js';

const TABLES = [
  ArmedTables,
  Backlog,
  StoreProbe,
  Browse,
  ChangeFeed,
  CommentCommands,
  Deliveries,
  EventActions,
  Events,
  Flags,
  HiddenJobs,
  Holds,
  OwnComments,
  PageRows,
  Pipelines,
  ProjectKeys,
  ProjectSecrets,
  ProjectStandings,
  Projects,
  Quarantine,
  RunAttempts,
  Runs,
  StepReports,
  Tokens,
  Turns,
];

@Global()
@Module({})
export class StoreModule implements OnApplicationShutdown {
  constructor(@Inject(Store) private readonly store: Store) {}

  static with(store: Store, masterKey: Buffer): DynamicModule {
    const providers = [
      { provide: Store, useValue: store },
      { provide: ArmedTables, useFactory: () => new ArmedTables(store) },
      { provide: Backlog, useFactory: () => new Backlog(store) },
      { provide: StoreProbe, useFactory: () => new StoreProbe(store) },
      { provide: Seal, useFactory: (random: Random) => new Seal(masterKey, random), inject: [Random] },
      {
        provide: ChangeFeed,
        useFactory: (clock: Clock) => new ChangeFeed(new Changes(store), clock, store),
        inject: [Clock],
      },
      { provide: Browse, useFactory: () => new Browse(store) },
      { provide: CommentCommands, useFactory: () => new CommentCommands(store) },
      { provide: Deliveries, useFactory: (clock: Clock) => new Deliveries(store, clock), inject: [Clock] },
      { provide: EventActions, useFactory: () => new EventActions(store) },
      { provide: Events, useFactory: () => new Events(store) },
      { provide: Flags, useFactory: (random: Random) => new Flags(store, random), inject: [Random] },
      { provide: HiddenJobs, useFactory: (seal: Seal) => new HiddenJobs(store, seal), inject: [Seal] },
      { provide: Holds, useFactory: () => new Holds(store) },
      { provide: OwnComments, useFactory: (random: Random) => new OwnComments(store, random), inject: [Random] },
      { provide: PageRows, useFactory: () => new PageRows(store) },
      { provide: Pipelines, useFactory: () => new Pipelines(store) },
      {
        provide: ProjectKeys,
        useFactory: (seal: Seal, projects: Projects) => new ProjectKeys(store, seal, projects),
        inject: [Seal, Projects],
      },
      {
        provide: ProjectSecrets,
        useFactory: (seal: Seal) => new ProjectSecrets(store, seal),
        inject: [Seal],
      },
      {
        provide: ProjectStandings,
        useFactory: (keys: ProjectKeys, projects: Projects) => new ProjectStandings(store, keys, projects.repositories),
        inject: [ProjectKeys, Projects],
      },
      { provide: Projects, useFactory: (seal: Seal) => new Projects(store, seal), inject: [Seal] },
      {
        provide: Quarantine,
        useFactory: (seal: Seal, random: Random) => new Quarantine(store, seal, random),
        inject: [Seal, Random],
      },
      { provide: RunAttempts, useFactory: () => new RunAttempts(store) },
      { provide: Runs, useFactory: () => new Runs(store) },
      { provide: StepReports, useFactory: () => new StepReports(store) },
      { provide: Tokens, useFactory: () => new Tokens(store) },
      { provide: Turns, useFactory: () => new Turns(store) },
    ];
    return { module: StoreModule, providers, exports: [Store, ...TABLES] };
  }

  /** The last hook: the answers of the door need the store until the listener is closed. */
  async onApplicationShutdown(): Promise<void> {
    await this.store.close();
  }
}
