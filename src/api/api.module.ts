/** HTTP for people and programs. Needs kernel, store, blobs, forges and the running settings to be global. */
import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { Blobs } from '../blobs/blobs.js';
import { Git } from '../git/git.js';
import { ExplainRun } from '../runs/explain-run.js';
import { GreenRuns } from '../store/green-runs.js';
import { PageRows } from '../store/page-rows.js';
import { Runs } from '../store/runs.js';
import { StepReports } from '../store/step-reports.js';
import { Store } from '../store/store.js';
import { ProjectsModule } from '../projects/projects.module.js';
import { RunsModule } from '../runs/runs.module.js';
import { TriageModule } from '../triage/triage.module.js';
import { AllPipelinesController } from './all-pipelines.controller.js';
import { ApprovalsController } from './approvals.controller.js';
import { ReadAskedProjects } from './asked-projects.js';
import { DispatchController } from './dispatch.controller.js';
import { EventActionsController } from './event-actions.controller.js';
import { EventsController } from './events.controller.js';
import { ExplainController } from './explain.controller.js';
import { FlagsController } from './flags.controller.js';
import { HealthController } from './health.controller.js';
import { ChangeStream } from './live/change-stream.js';
import { FollowLog } from './live/follow-log.js';
import { OpenAnswers } from './live/open-answers.js';
import { TokenWatch } from './live/token-watch.js';
import { HouseMetrics } from './metrics/house-metrics.js';
import { MetricsController } from './metrics.controller.js';
import { Readiness } from './readiness.js';
import { TokenGuard } from './token.guard.js';
import { KeysController } from './keys.controller.js';
import { LintController } from './lint.controller.js';
import { LogController } from './log.controller.js';
import { PagesController } from './pages/pages.controller.js';
import { ReadPages } from './pages/read-pages.js';
import { Surroundings } from './pages/surroundings.js';
import { PipelineSchemaController } from './pipeline-schema.controller.js';
import { PipelineVersionsController } from './pipeline-versions.controller.js';
import { PipelinesController } from './pipelines.controller.js';
import { DescriptionController } from './openapi/description.controller.js';
import { ProblemFilter } from './problem.filter.js';
import { ProjectsController } from './projects.controller.js';
import { RefusedController } from './refused.controller.js';
import { RunAttemptsController } from './run-attempts.controller.js';
import { RunReportsController } from './run-reports.controller.js';
import { RunsController } from './runs.controller.js';
import { SecretsController } from './secrets.controller.js';
import { StreamController } from './stream.controller.js';
import { ShowEvent } from './show-event.js';
import { ShowRun } from './show-run.js';
import { ShowProjects } from './show-projects.js';
import { TokensController } from './tokens.controller.js';
import { VisibleProjects } from './visible-projects.js';

@Module({
  imports: [ProjectsModule, RunsModule, TriageModule],
  controllers: [
    AllPipelinesController,
    ApprovalsController,
    DescriptionController,
    DispatchController,
    EventActionsController,
    EventsController,
    ExplainController,
    FlagsController,
    HealthController,
    KeysController,
    LintController,
    LogController,
    MetricsController,
    PipelineSchemaController,
    PipelineVersionsController,
    PipelinesController,
    ProjectsController,
    PagesController,
    RefusedController,
    RunAttemptsController,
    RunReportsController,
    RunsController,
    SecretsController,
    StreamController,
    TokensController,
  ],
  providers: [
    ChangeStream,
    FollowLog,
    OpenAnswers,
    TokenWatch,
    {
      provide: ExplainRun,
      inject: [Store, Runs, StepReports, PageRows, Blobs, Git],
      useFactory: (store: Store, runs: Runs, reports: StepReports, rows: PageRows, blobs: Blobs, git: Git) =>
        new ExplainRun({ runs, reports, rows, greens: new GreenRuns(store) }, blobs, git),
    },
    ReadAskedProjects,
    ReadPages,
    Surroundings,
    HouseMetrics,
    Readiness,
    TokenGuard,
    ShowEvent,
    ShowProjects,
    ShowRun,
    VisibleProjects,
    { provide: APP_FILTER, useClass: ProblemFilter },
  ],
})
export class ApiModule {}
