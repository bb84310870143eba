/** Start pipelines by hand, or by a type that a program sends. */
import { Body, Controller, HttpCode, Inject, Param, Post, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Fault } from '../kernel/errors.js';
import type { Asker } from '../projects/asker.js';
import { Pipelines } from '../store/pipelines.js';
import { DispatchRun } from '../triage/dispatch-run.js';
import { CheckedInput, RowId } from './checked-input.pipe.js';
import { Described } from './described.js';
import { DispatchedDto, PipelineDispatchInput, ProjectDispatchInput, RepositoryDispatchInput } from './dispatch.dto.js';
import { AskedBy, Needs, TokenGuard } from './token.guard.js';
import { notThere, VisibleProjects } from './visible-projects.js';

const CHECKED = 'The inputs are checked against the pipeline at the commit that runs; "faults" lists what is wrong.';
const PROBLEMS = ['project-disabled', 'no-such-ref', 'pipeline-broken', 'unavailable'];

@Controller('api/v1')
@UseGuards(TokenGuard)
export class DispatchController {
  constructor(
    @Inject(VisibleProjects) private readonly visible: VisibleProjects,
    @Inject(Pipelines) private readonly pipelines: Pipelines,
    @Inject(DispatchRun) private readonly dispatching: DispatchRun,
  ) {}

  @Post('pipelines/:id/dispatch')
  @HttpCode(202)
  @Needs('write')
  @Described({
    says: 'Start a server-side pipeline by hand, with inputs',
    more: CHECKED,
    status: 202,
    answer: DispatchedDto,
    headers: ['Location'],
    problems: ['no-such-pipeline', ...PROBLEMS],
  })
  async pipeline(
    @AskedBy() asker: Asker,
    @Param('id', RowId) id: number,
    @Body(new CheckedInput(PipelineDispatchInput)) { ref, inputs = {} }: PipelineDispatchInput,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DispatchedDto> {
    const pipeline = await this.pipelines.byId(id);
    const project = pipeline && (await this.visible.project(asker, pipeline.projectId).catch(() => null));
    if (!project || !pipeline.enabled) throw notThere('pipeline', id);
    const asked = { pipeline: `server:${pipeline.name}`, ref: ref ?? null, inputs };
    return made(reply, await this.dispatching.pipeline(project, asked, requester(asker)));
  }

  @Post('projects/:id/dispatch')
  @HttpCode(202)
  @Needs('write')
  @Described({
    says: 'Start a pipeline of a project by hand, with inputs: one of its repository, or one of the server',
    more: CHECKED,
    status: 202,
    answer: DispatchedDto,
    headers: ['Location'],
    problems: ['no-such-project', 'no-such-pipeline', 'pipeline-ambiguous', ...PROBLEMS],
  })
  async ofProject(
    @AskedBy() asker: Asker,
    @Param('id', RowId) id: number,
    @Body(new CheckedInput(ProjectDispatchInput)) { pipeline, ref, inputs = {} }: ProjectDispatchInput,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DispatchedDto> {
    const project = await this.visible.project(asker, id);
    const asked = { pipeline, ref: ref ?? null, inputs };
    return made(reply, await this.dispatching.pipeline(project, asked, requester(asker)));
  }

  @Post('projects/:id/dispatches')
  @HttpCode(202)
  @Needs('write')
  @Described({
    says: 'Send a type that pipelines with `on: repository_dispatch` wait for',
    more: 'All that name it start, on the default branch. The event says which did.',
    status: 202,
    answer: DispatchedDto,
    headers: ['Location'],
    problems: ['no-such-project', 'project-disabled', 'no-such-ref', 'unavailable'],
  })
  async repository(
    @AskedBy() asker: Asker,
    @Param('id', RowId) id: number,
    @Body(new CheckedInput(RepositoryDispatchInput)) input: RepositoryDispatchInput,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DispatchedDto> {
    const project = await this.visible.project(asker, id);
    const asked = { eventType: input.event_type, clientPayload: input.client_payload ?? {} };
    return made(reply, await this.dispatching.repository(project, asked, requester(asker)));
  }
}

/** Whoever holds a token that may write is trusted as one who may push. */
function requester({ name }: Asker) {
  return { name, trust: 'trusted' as const };
}

function made(reply: FastifyReply, eventId: number | null): DispatchedDto {
  if (eventId === null) throw new Fault('a request without a name was made before', { retryable: false });
  void reply.header('location', `/api/v1/events/${eventId}`);
  return { eventId };
}
