/** Explains runs and events in one short answer each. */
import { Controller, Get, Inject, Param, UseGuards } from '@nestjs/common';
import type { Asker } from '../projects/asker.js';
import { explainEvent } from '../runs/explain-event.js';
import { ExplainRun } from '../runs/explain-run.js';
import { CommentCommands } from '../store/comment-commands.js';
import { Events } from '../store/events.js';
import { RowId } from './checked-input.pipe.js';
import { Described } from './described.js';
import { EventExplanationDto, RunExplanationDto } from './explanation.dto.js';
import { AskedBy, Needs, TokenGuard } from './token.guard.js';
import { VisibleProjects } from './visible-projects.js';

const SHORT = 'At most 2,000 tokens: 6,000 ASCII characters of JSON, others counted three times per byte.';

@Controller('api/v1')
@UseGuards(TokenGuard)
export class ExplainController {
  constructor(
    @Inject(VisibleProjects) private readonly visible: VisibleProjects,
    @Inject(ExplainRun) private readonly explaining: ExplainRun,
    @Inject(Events) private readonly events: Events,
    @Inject(CommentCommands) private readonly commands: CommentCommands,
  ) {}

  @Get('runs/:id/explain')
  @Needs('read')
  @Described({
    says: 'Explain a run: why it is red, and what changed since it last passed',
    more: `The job, its step, the first error with ten lines around it, commits and files since then, what to do. ${SHORT}`,
    answer: RunExplanationDto,
    problems: ['no-such-run'],
  })
  async run(@AskedBy() asker: Asker, @Param('id', RowId) id: number): Promise<RunExplanationDto> {
    const run = await this.visible.run(asker, id);
    return this.explaining.explain(run, await this.visible.project(asker, run.projectId));
  }

  @Get('events/:id/explain')
  @Needs('read')
  @Described({
    says: 'Explain an event: why each pipeline did or did not start, and what became of a command in its comment',
    more: SHORT,
    answer: EventExplanationDto,
    problems: ['no-such-event'],
  })
  async event(@AskedBy() asker: Asker, @Param('id', RowId) id: number): Promise<EventExplanationDto> {
    const event = await this.visible.event(asker, id);
    return explainEvent(event, await this.events.decisionsOf(id), await this.commands.ofEvent(id));
  }
}
