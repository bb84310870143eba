/** Look at every text that a server-side pipeline ever had, and at what changed between two of them. */
import { applyDecorators, Body, Controller, Get, Header, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { Req, Res, UseGuards } from '@nestjs/common';
import { ApiProduces } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { diffLines, unifiedDiff } from '../kernel/line-diff.js';
import type { StoredPipeline } from '../model/project.js';
import type { Asker } from '../projects/asker.js';
import { PipelineDiffInput } from '../projects/pipeline-input.js';
import { Pipelines, type PipelineVersion } from '../store/pipelines.js';
import { CheckedInput, PipelineName, RowId } from './checked-input.pipe.js';
import { Described } from './described.js';
import { linkNext, ListQuery, readPage } from './list-query.js';
import { DiffDto, diffDto, VersionDto, versionDto, VersionListDto, versionSummaryDto } from './pipeline.dto.js';
import { DiffQuery } from './pipeline-query.js';
import { AskedBy, Needs, TokenGuard } from './token.guard.js';
import { notThere, VisibleProjects } from './visible-projects.js';

const PROBLEMS = ['no-such-project', 'no-such-pipeline', 'no-such-version'];
const PLAIN = 'text/plain; charset=utf-8';

/** A text with what it is called. `version` null: proposed. */
type Side = Pick<PipelineVersion, 'text'> & { readonly version: number | null };

/** As JSON or as text, whichever way it is asked for. */
function ShowsDifference(says: string, first = ''): MethodDecorator {
  return applyDecorators(
    Needs('read'),
    Header('vary', 'accept'),
    ApiProduces('application/json', 'text/plain'),
    Described({
      says,
      more: `${first}As JSON, or with "Accept: text/plain" as a unified diff.`,
      answer: DiffDto,
      problems: PROBLEMS,
    }),
  );
}

@Controller('api/v1/projects/:id/pipelines/:name')
@UseGuards(TokenGuard)
export class PipelineVersionsController {
  constructor(
    @Inject(VisibleProjects) private readonly visible: VisibleProjects,
    @Inject(Pipelines) private readonly pipelines: Pipelines,
  ) {}

  @Get('versions')
  @Needs('read')
  @Described({
    says: 'List the versions of a server-side pipeline: who wrote each, and when',
    answer: VersionListDto,
    problems: ['no-such-project', 'no-such-pipeline'],
  })
  async list(
    @AskedBy() asker: Asker,
    @Param('id', RowId) id: number,
    @Param('name', PipelineName) name: string,
    @Query(new CheckedInput(ListQuery)) query: ListQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<VersionListDto> {
    const pipeline = await this.pipeline(asker, id, name);
    const page = await readPage(
      query,
      (asked) => this.pipelines.pageOfVersions(pipeline.id, asked),
      ({ version }) => version,
    );
    linkNext(request, reply, page);
    return { ...page, items: page.items.map(versionSummaryDto) };
  }

  @Get('versions/:version')
  @Needs('read')
  @Described({ says: 'Read a version of a server-side pipeline', answer: VersionDto, problems: PROBLEMS })
  async read(
    @AskedBy() asker: Asker,
    @Param('id', RowId) id: number,
    @Param('name', PipelineName) name: string,
    @Param('version', RowId) version: number,
  ): Promise<VersionDto> {
    return versionDto(await this.version(await this.pipeline(asker, id, name), version));
  }

  @Get('diff')
  @ShowsDifference('Show what changed between two versions of a server-side pipeline')
  async diff(
    @AskedBy() asker: Asker,
    @Param('id', RowId) id: number,
    @Param('name', PipelineName) name: string,
    @Query(new CheckedInput(DiffQuery)) query: DiffQuery,
    @Req() { headers }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DiffDto | string> {
    const pipeline = await this.pipeline(asker, id, name);
    const to = await this.version(pipeline, Number(query.to ?? pipeline.version));
    const from = await this.version(pipeline, Number(query.from ?? Math.max(1, to.version - 1)));
    return answer(name, from, to, { accept: headers.accept, reply });
  }

  @Post('diff')
  @HttpCode(200)
  @ShowsDifference('Show what a proposed text would change in a server-side pipeline', 'Nothing is stored. ')
  async propose(
    @AskedBy() asker: Asker,
    @Param('id', RowId) id: number,
    @Param('name', PipelineName) name: string,
    @Body(new CheckedInput(PipelineDiffInput)) { from, text }: PipelineDiffInput,
    @Req() { headers }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DiffDto | string> {
    const pipeline = await this.pipeline(asker, id, name);
    const standing = await this.version(pipeline, from ?? pipeline.version);
    return answer(name, standing, { text, version: null }, { accept: headers.accept, reply });
  }

  private async pipeline(asker: Asker, id: number, name: string): Promise<StoredPipeline> {
    const project = await this.visible.project(asker, id);
    const pipeline = await this.pipelines.byName(project.id, name);
    if (pipeline === null) throw notThere('pipeline', name);
    return pipeline;
  }

  private async version(pipeline: StoredPipeline, number: number): Promise<PipelineVersion> {
    const version = await this.pipelines.version(pipeline.id, number);
    if (version === null) throw notThere('version', number);
    return version;
  }
}

function answer(
  name: string,
  from: PipelineVersion,
  to: Side,
  { accept, reply }: { readonly accept: string | undefined; readonly reply: FastifyReply },
): DiffDto | string {
  const diff = diffLines(from.text, to.text);
  if (!wantsPlain(accept)) return diffDto({ from: from.version, to: to.version }, diff);
  void reply.type(PLAIN);
  const other = to.version === null ? 'proposed' : `version ${to.version}`;
  return unifiedDiff({ from: `${name} version ${from.version}`, to: `${name} ${other}` }, diff);
}

/** Plain text for whoever names it and does not name JSON before it. */
function wantsPlain(accept = ''): boolean {
  const [first] = /\b(?:text\/plain|application\/json)\b/i.exec(accept) ?? [];
  return first?.toLowerCase() === 'text/plain';
}
