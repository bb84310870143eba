/** Define and look at projects. */
import { Body, Controller, Get, Inject, Param, Patch, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Project } from '../model/project.js';
import type { Asker } from '../projects/asker.js';
import { ChangeProject } from '../projects/change-project.js';
import { ProjectChangeInput, ProjectInput } from '../projects/project-input.js';
import { RegisterProject } from '../projects/register-project.js';
import { Refusal } from '../kernel/errors.js';
import { Projects } from '../store/projects.js';
import { CheckedInput, RowId } from './checked-input.pipe.js';
import { Described } from './described.js';
import { demandMatch } from './etag.js';
import { linkNext, ListQuery, readPage } from './list-query.js';
import { ProjectDto, ProjectListDto } from './project.dto.js';
import { ShowProjects } from './show-projects.js';
import { AskedBy, Needs, TokenGuard } from './token.guard.js';
import { VisibleProjects } from './visible-projects.js';

@Controller('api/v1/projects')
@UseGuards(TokenGuard)
export class ProjectsController {
  constructor(
    @Inject(VisibleProjects) private readonly visible: VisibleProjects,
    @Inject(Projects) private readonly projects: Projects,
    @Inject(ShowProjects) private readonly showing: ShowProjects,
    @Inject(RegisterProject) private readonly registering: RegisterProject,
    @Inject(ChangeProject) private readonly changing: ChangeProject,
  ) {}

  @Get()
  @Needs('read')
  @Described({ says: 'List the projects that the token sees', answer: ProjectListDto })
  async list(
    @AskedBy() asker: Asker,
    @Query(new CheckedInput(ListQuery)) query: ListQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ProjectListDto> {
    const page = await readPage(
      query,
      ({ before, limit }) => this.projects.page(asker.projects, before, limit),
      (project) => project.id,
    );
    linkNext(request, reply, page);
    return { ...page, items: await this.showing.all(page.items) };
  }

  @Post()
  @Needs('maintain')
  @Described({
    says: 'Register a project with its web-hook keys',
    more: 'The forge is asked whether everybody may see the project; when it does not answer, "notes" says so.',
    status: 201,
    answer: ProjectDto,
    problems: ['token-limited', 'project-exists', 'second-project', 'key-twice', 'key-in-use'],
  })
  async register(
    @AskedBy() asker: Asker,
    @Body(new CheckedInput(ProjectInput)) input: ProjectInput,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ProjectDto> {
    refuseLimited(asker);
    const id = await this.registering.register(input);
    void reply.header('location', `/api/v1/projects/${id}`);
    return this.showing.changed(() => this.visible.project(asker, id), id);
  }

  @Get(':id')
  @Needs('read')
  @Described({ says: 'Read a project', answer: ProjectDto, problems: ['no-such-project'] })
  async read(@AskedBy() asker: Asker, @Param('id', RowId) id: number): Promise<ProjectDto> {
    return this.showing.one(await this.visible.project(asker, id));
  }

  @Patch(':id')
  @Needs('maintain')
  @Described({
    says: 'Change a project: its settings, keys, token, or whether it is enabled',
    more:
      'What is left out stays. Whatever is changed, paused flags are tried again; {} changes nothing, asks the forge again ' +
      'whether everybody may see the project, and tries paused flags again.',
    answer: ProjectDto,
    problems: [
      ...['no-such-project', 'precondition-failed', 'changed-meanwhile', 'declared-in-file', 'second-project'],
      ...['key-twice', 'key-in-use'],
    ],
  })
  async change(
    @AskedBy() asker: Asker,
    @Param('id', RowId) id: number,
    @Body(new CheckedInput(ProjectChangeInput)) input: ProjectChangeInput,
    @Req() { headers }: FastifyRequest,
  ): Promise<ProjectDto> {
    const read = (): Promise<Project> => this.visible.project(asker, id);
    const demand = async () => demandMatch(headers['if-match'], await this.showing.one(await read()));
    await this.changing.change(await read(), input, { name: asker.name, demand });
    return this.showing.changed(read, id);
  }
}

function refuseLimited(asker: Asker): void {
  if (asker.projects === null) return;
  throw new Refusal('forbidden', 'token-limited', 'This token is limited to projects: it registers no new one.');
}
