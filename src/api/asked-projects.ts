/** Which projects a list is to show: those that the token sees, or one of them. */
import { Inject, Injectable } from '@nestjs/common';
import { type Asker, seesProject } from '../projects/asker.js';
import { Browse } from '../store/browse.js';
import type { AskedProjects } from './browse-query.js';
import { isNumberText } from './query-checks.js';
import { notThere, VisibleProjects } from './visible-projects.js';

@Injectable()
export class ReadAskedProjects {
  constructor(
    @Inject(VisibleProjects) private readonly visible: VisibleProjects,
    @Inject(Browse) private readonly browse: Browse,
  ) {}

  /** Throws a Refusal `no-such-project`. A full name may stand for one project of each instance. */
  async read(asker: Asker, project: string | undefined): Promise<AskedProjects> {
    if (project === undefined) return asker.projects;
    if (isNumberText(project)) return [(await this.visible.project(asker, Number(project))).id];
    const ids = (await this.browse.projectIds(project)).filter((id) => seesProject(asker, id));
    if (ids.length === 0) throw notThere('project', project);
    return ids;
  }
}
