/** Makes what the API shows of projects. */
import { Inject, Injectable } from '@nestjs/common';
import type { Project } from '../model/project.js';
import { RefreshVisibility } from '../projects/refresh-visibility.js';
import { ProjectStandings } from '../store/project-standing.js';
import { type ProjectDto, projectDto } from './project.dto.js';

@Injectable()
export class ShowProjects {
  constructor(
    @Inject(ProjectStandings) private readonly standings: ProjectStandings,
    @Inject(RefreshVisibility) private readonly visibility: RefreshVisibility,
  ) {}

  async one(project: Project): Promise<ProjectDto> {
    const [shown] = await this.all([project]);
    return shown!;
  }

  /** A few queries for all of them. */
  async all(projects: readonly Project[]): Promise<readonly ProjectDto[]> {
    const standings = await this.standings.of(projects.map(({ id }) => id));
    return projects.map((project) => projectDto(project, standings.get(project.id)!));
  }

  /** One that was just made or changed: the forge is asked whether everybody may see it, and its silence is a note. */
  async changed(read: () => Promise<Project>, id: number): Promise<ProjectDto> {
    const note = await this.visibility.refresh(id);
    const shown = await this.one(await read());
    return note === null ? shown : { ...shown, notes: [note, ...shown.notes] };
  }
}
