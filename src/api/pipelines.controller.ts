/** Define and look at server-side pipelines. */
import { Body, Controller, Get, Inject, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../kernel/errors.js';
import type { Project } from '../model/project.js';
import type { Asker } from '../projects/asker.js';
import { PipelineChangeInput, PipelineInput, PipelineReplacementInput } from '../projects/pipeline-input.js';
import { SetPipeline, type SetPipelineAnswer } from '../projects/set-pipeline.js';
import type { Writer } from '../projects/writer.js';
import { Pipelines } from '../store/pipelines.js';
import { CheckedInput, PipelineName, RowId } from './checked-input.pipe.js';
import { Described } from './described.js';
import { demandMatch } from './etag.js';
import { linkNext, ListQuery, readPage } from './list-query.js';
import { ChangedPipelineDto, PipelineDto, pipelineDto, PipelineListDto, pipelineSummaryDto } from './pipeline.dto.js';
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
  @Described({
    says: 'List the server-side pipelines of a project',
    answer: PipelineListDto,
    problems: ['no-such-project'],
  })
  async list(
    @AskedBy() asker: Asker,
    @Param('id', RowId) id: number,
    @Query(new CheckedInput(ListQuery)) query: ListQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PipelineListDto> {
    const project = await this.visible.project(asker, id);
    const page = await readPage(
      query,
      (asked) => this.pipelines.page([project.id], asked),
      (pipeline) => pipeline.id,
    );
    linkNext(request, reply, page);
    return { ...page, items: page.items.map(pipelineSummaryDto) };
  }

  @Post()
  @Needs('maintain')
  @Described({
    says: 'Make a server-side pipeline',
    status: 201,
    answer: ChangedPipelineDto,
    problems: ['no-such-project', 'pipeline-exists', 'pipeline-broken'],
  })
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
  @Described({
    says: 'Read a server-side pipeline with its text',
    answer: PipelineDto,
    problems: ['no-such-project', 'no-such-pipeline'],
  })
  async read(
    @AskedBy() asker: Asker,
    @Param('id', RowId) id: number,
    @Param('name', PipelineName) name: string,
  ): Promise<PipelineDto> {
    return this.show(await this.visible.project(asker, id), name);
  }

  @Put(':name')
  @Needs('maintain')
  @Described({
    says: 'Replace the text of a server-side pipeline, or make it',
    more: 'A text that stands already makes no version. "If-None-Match: *" makes a pipeline and replaces none.',
    answer: ChangedPipelineDto,
    also: { 201: 'there was none of that name' },
    problems: [
      ...['no-such-project', 'precondition-failed', 'changed-meanwhile', 'declared-in-file', 'pipeline-broken'],
    ],
  })
  async replace(
    @AskedBy() asker: Asker,
    @Param('id', RowId) id: number,
    @Param('name', PipelineName) name: string,
    @Body(new CheckedInput(PipelineReplacementInput)) input: PipelineReplacementInput,
    @Req() { headers }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ChangedPipelineDto> {
    const project = await this.visible.project(asker, id);
    const writer = this.writer(asker, project, name, headers);
    const answer = await this.setting.replace(project, name, input, writer);
    return this.showChanged(reply, project, name, answer);
  }

  @Patch(':name')
  @Needs('maintain')
  @Described({
    says: 'Switch a server-side pipeline on or off',
    more: 'What is left out stays; no version is made.',
    answer: PipelineDto,
    problems: ['no-such-project', 'no-such-pipeline', 'precondition-failed', 'changed-meanwhile', 'declared-in-file'],
  })
  async change(
    @AskedBy() asker: Asker,
    @Param('id', RowId) id: number,
    @Param('name', PipelineName) name: string,
    @Body(new CheckedInput(PipelineChangeInput)) input: PipelineChangeInput,
    @Req() { headers }: FastifyRequest,
  ): Promise<PipelineDto> {
    const project = await this.visible.project(asker, id);
    await this.setting.change(project, name, input, this.writer(asker, project, name, headers));
    return this.show(project, name);
  }

  private writer(asker: Asker, project: Project, name: string, headers: FastifyRequest['headers']): Writer {
    const demand = async () => {
      const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = headers;
      const standing = await this.pipelines.byName(project.id, name);
      if (standing !== null && ifNoneMatch?.trim() === '*') throw isThere(name);
      if (standing !== null) demandMatch(ifMatch, pipelineDto(standing));
      else if (ifMatch !== undefined && ifMatch.trim() !== '*') throw isGone(name);
    };
    return { name: asker.name, demand };
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

function isThere(name: string): Refusal {
  return new Refusal('precondition', 'precondition-failed', `There is a pipeline ${name} already.`);
}

function isGone(name: string): Refusal {
  return new Refusal(
    'precondition',
    'precondition-failed',
    `There is no pipeline ${name}: leave If-Match out to make it.`,
  );
}
