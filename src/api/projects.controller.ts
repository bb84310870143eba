/** Define and look at projects. */
import { Body, Controller, Get, Inject, Param, Patch, Post, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Project } from '../model/project.js';
import type { Asker } from '../projects/asker.js';
import { ChangeProject } from '../projects/change-project.js';
import { ProjectChangeInput, ProjectInput } from '../projects/project-input.js';
import { RefreshVisibility } from '../projects/refresh-visibility.js';
import { RegisterProject } from '../projects/register-project.js';
import { Refusal } from '../kernel/errors.js';
import { Projects } from '../store/projects.js';
import { CheckedInput, RowId } from './checked-input.pipe.js';
import { type ChangedProjectDto, type ProjectDto, projectDto, type ProjectListDto } from './project.dto.js';
import { AskedBy, Needs, TokenGuard } from './token.guard.js';
import { VisibleProjects } from './visible-projects.js';

@Controller('api/v1/projects')
@UseGuards(TokenGuard)
export class ProjectsController {
  constructor(
    @Inject(VisibleProjects) private readonly visible: VisibleProjects,
    @Inject(Projects) private readonly projects: Projects,
    @Inject(RegisterProject) private readonly registering: RegisterProject,
    @Inject(ChangeProject) private readonly changing: ChangeProject,
    @Inject(RefreshVisibility) private readonly visibility: RefreshVisibility,
  ) {}

  @Get()
  @Needs('read')
  async list(@AskedBy() asker: Asker): Promise<ProjectListDto> {
    const projects = await this.visible.list(asker);
    return { items: await Promise.all(projects.map((project) => this.show(project))) };
  }

  /** 201. Asks the forge whether the project is public; a forge that is silent is a note. */
  @Post()
  @Needs('maintain')
  async register(
    @AskedBy() asker: Asker,
    @Body(new CheckedInput(ProjectInput)) input: ProjectInput,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ChangedProjectDto> {
    refuseLimited(asker);
    const id = await this.registering.register(input);
    void reply.header('location', `/api/v1/projects/${id}`);
    return this.showChanged(asker, id);
  }

  @Get(':id')
  @Needs('read')
  async read(@AskedBy() asker: Asker, @Param('id', RowId) id: number): Promise<ProjectDto> {
    return this.show(await this.visible.project(asker, id));
  }

  /** What is left out stays; `{}` asks the forge again whether the project is public and tries paused flags again. */
  @Patch(':id')
  @Needs('maintain')
  async change(
    @AskedBy() asker: Asker,
    @Param('id', RowId) id: number,
    @Body(new CheckedInput(ProjectChangeInput)) input: ProjectChangeInput,
  ): Promise<ChangedProjectDto> {
    await this.changing.change(await this.visible.project(asker, id), input);
    return this.showChanged(asker, id);
  }

  private async showChanged(asker: Asker, id: number): Promise<ChangedProjectDto> {
    const note = await this.visibility.refresh(id);
    return { ...(await this.show(await this.visible.project(asker, id))), notes: note === null ? [] : [note] };
  }

  private async show(project: Project): Promise<ProjectDto> {
    const keyDates = await this.projects.keyDates(project.id);
    return projectDto(project, { keyDates, hasToken: await this.projects.hasToken(project.id) });
  }
}

function refuseLimited(asker: Asker): void {
  if (asker.projects === null) return;
  throw new Refusal('forbidden', 'token-limited', 'This token is limited to projects: it registers no new one.');
}
