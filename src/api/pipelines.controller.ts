/** Define and look at the server-side pipelines of a project. */
import { Body, Controller, Get, Inject, Param, Post, Put, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Project } from '../model/project.js';
import type { Asker } from '../projects/asker.js';
import { PipelineInput, PipelineReplacementInput } from '../projects/pipeline-input.js';
import { SetPipeline, type SetPipelineAnswer } from '../projects/set-pipeline.js';
import { Pipelines } from '../store/pipelines.js';
import { CheckedInput, PipelineName, RowId } from './checked-input.pipe.js';
import {
  type ChangedPipelineDto,
  type PipelineDto,
  pipelineDto,
  type PipelineListDto,
  pipelineSummaryDto,
} from './project.dto.js';
import { AskedBy, Needs, TokenGuard } from './token.guard.js';
import { notThere, VisibleProjects } from './visible-projects.js';

@Controller('api/v1/projects/:id/pipelines')
@UseGuards(TokenGuard)
export class PipelinesController {
  constructor(
    @Inject(VisibleProjects) private readonly visible: VisibleProjects,
    @Inject(Pipelines) private readonly pipelines: Pipelines,
    @Inject(SetPipeline) private readonly setting: SetPipeline,
  ) {}

  @Get()
  @Needs('read')
  async list(@AskedBy() asker: Asker, @Param('id', RowId) id: number): Promise<PipelineListDto> {
    const project = await this.visible.project(asker, id);
    return { items: (await this.pipelines.ofProject(project.id)).map(pipelineSummaryDto) };
  }

  /** 201. */
  @Post()
  @Needs('maintain')
  async create(
    @AskedBy() asker: Asker,
    @Param('id', RowId) id: number,
    @Body(new CheckedInput(PipelineInput)) input: PipelineInput,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ChangedPipelineDto> {
    const project = await this.visible.project(asker, id);
    const answer = await this.setting.create(project, input, { name: asker.name, demand: async () => undefined });
    return this.showChanged(reply, project, input.name, answer);
  }

  @Get(':name')
  @Needs('read')
  async read(
    @AskedBy() asker: Asker,
    @Param('id', RowId) id: number,
    @Param('name', PipelineName) name: string,
  ): Promise<PipelineDto> {
    return this.show(await this.visible.project(asker, id), name);
  }

  /** 200, or 201 when there was none of that name. A text that stands already makes no version. */
  @Put(':name')
  @Needs('maintain')
  async replace(
    @AskedBy() asker: Asker,
    @Param('id', RowId) id: number,
    @Param('name', PipelineName) name: string,
    @Body(new CheckedInput(PipelineReplacementInput)) input: PipelineReplacementInput,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ChangedPipelineDto> {
    const project = await this.visible.project(asker, id);
    const answer = await this.setting.replace(project, name, input, {
      name: asker.name,
      demand: async () => undefined,
    });
    return this.showChanged(reply, project, name, answer);
  }

  private async showChanged(
    reply: FastifyReply,
    project: Project,
    name: string,
    { isNew, warnings }: SetPipelineAnswer,
  ): Promise<ChangedPipelineDto> {
    void reply.status(isNew ? 201 : 200);
    if (isNew) void reply.header('location', `/api/v1/projects/${project.id}/pipelines/${name}`);
    return { ...(await this.show(project, name)), problems: warnings };
  }

  private async show(project: Project, name: string): Promise<PipelineDto> {
    const pipeline = await this.pipelines.byName(project.id, name);
    if (pipeline === null) throw notThere('pipeline', name);
    return pipelineDto(pipeline);
  }
}
