/** What a flag's url opens: for a public project without a token, for others with one. */
import { Controller, Get, Header, Inject, Param, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Project } from '../model/project.js';
import type { Run } from '../model/run.js';
import { type Asker, seesProject } from '../projects/asker.js';
import { Projects } from '../store/projects.js';
import { Runs } from '../store/runs.js';
import { LINE_POLICY, noRunLine, runLine } from './run-line.js';
import { AskedBy, OptionalTokenGuard } from './token.guard.js';

@Controller('runs')
@UseGuards(OptionalTokenGuard)
export class RunLineController {
  constructor(
    @Inject(Projects) private readonly projects: Projects,
    @Inject(Runs) private readonly runs: Runs,
  ) {}

  /** Always HTML; 404 with a hint, word for word the same for what is not there and for what is not shown. */
  @Get(':id')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', LINE_POLICY)
  @Header('x-content-type-options', 'nosniff')
  @Header('referrer-policy', 'no-referrer')
  @Header('cache-control', 'no-store')
  async read(
    @AskedBy() asker: Asker | null,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const found = /^[1-9]\d{0,14}$/.test(id) ? await this.find(Number(id)) : null;
    if (found && maySee(asker, found.project)) return runLine(found.project, found.run);
    void reply.status(404);
    return noRunLine();
  }

  private async find(id: number): Promise<{ readonly project: Project; readonly run: Run } | null> {
    const run = await this.runs.byId(id);
    const project = run && (await this.projects.byId(run.projectId));
    return run && project && { run, project };
  }
}

function maySee(asker: Asker | null, project: Project): boolean {
  return project.public || (asker !== null && seesProject(asker, project.id));
}
