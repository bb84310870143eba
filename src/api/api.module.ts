/** HTTP for people and programs. Needs kernel, store, blobs, forges and the running settings to be global. */
import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { ProjectsModule } from '../projects/projects.module.js';
import { RunsModule } from '../runs/runs.module.js';
import { TriageModule } from '../triage/triage.module.js';
import { EventActionsController } from './event-actions.controller.js';
import { EventsController } from './events.controller.js';
import { HealthController } from './health.controller.js';
import { LogController } from './log.controller.js';
import { PagesController } from './pages/pages.controller.js';
import { ReadPages } from './pages/read-pages.js';
import { Surroundings } from './pages/surroundings.js';
import { PipelinesController } from './pipelines.controller.js';
import { DescriptionController } from './openapi/description.controller.js';
import { ProblemFilter } from './problem.filter.js';
import { ProjectsController } from './projects.controller.js';
import { RunsController } from './runs.controller.js';
import { TokensController } from './tokens.controller.js';
import { VisibleProjects } from './visible-projects.js';

@Module({
  imports: [ProjectsModule, RunsModule, TriageModule],
  controllers: [
    DescriptionController,
    EventActionsController,
    EventsController,
    HealthController,
    LogController,
    PipelinesController,
    ProjectsController,
    PagesController,
    RunsController,
    TokensController,
  ],
  providers: [ReadPages, Surroundings, VisibleProjects, { provide: APP_FILTER, useClass: ProblemFilter }],
})
export class ApiModule {}
