/** Look at the server-side pipelines of all projects that a token sees. */
import { Controller, Get, Inject, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Asker } from '../projects/asker.js';
import { Pipelines } from '../store/pipelines.js';
import { CheckedInput } from './checked-input.pipe.js';
import { Described } from './described.js';
import { linkNext, readPage } from './list-query.js';
import { PipelineListDto, pipelineSummaryDto } from './pipeline.dto.js';
import { PipelineListQuery } from './pipeline-query.js';
import { AskedBy, Needs, TokenGuard } from './token.guard.js';
import { VisibleProjects } from './visible-projects.js';

@Controller('api/v1/pipelines')
@UseGuards(TokenGuard)
export class AllPipelinesController {
  constructor(
    @Inject(VisibleProjects) private readonly visible: VisibleProjects,
    @Inject(Pipelines) private readonly pipelines: Pipelines,
  ) {}

  @Get()
  @Needs('read')
  @Described({
    says: 'List server-side pipelines, of one project or of all that the token sees',
    answer: PipelineListDto,
    problems: ['no-such-project'],
  })
  async list(
    @AskedBy() asker: Asker,
    @Query(new CheckedInput(PipelineListQuery)) query: PipelineListQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PipelineListDto> {
    const projects = await this.projectsOf(asker, query);
    const page = await readPage(
      query,
      (asked) => this.pipelines.page(projects, asked),
      ({ id }) => id,
    );
    linkNext(request, reply, page);
    return { ...page, items: page.items.map(pipelineSummaryDto) };
  }

  /** Null: all that there are. */
  private async projectsOf(asker: Asker, { project }: PipelineListQuery): Promise<readonly number[] | null> {
    return project === undefined ? asker.projects : [(await this.visible.project(asker, Number(project))).id];
  }
}
