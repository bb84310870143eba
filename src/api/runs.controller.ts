/** Look at runs and cancel them. */
import { Body, Controller, Get, HttpCode, Inject, Param, Post, UseGuards } from '@nestjs/common';
import { Refusal } from '../kernel/errors.js';
import type { Run } from '../model/run.js';
import type { Asker } from '../projects/asker.js';
import { CancelRun } from '../runs/cancel-run.js';
import { Runs } from '../store/runs.js';
import { CancelInput } from './cancel-input.js';
import { CheckedInput, RowId } from './checked-input.pipe.js';
import { type RunDto, runDto } from './run.dto.js';
import { AskedBy, Needs, TokenGuard } from './token.guard.js';
import { VisibleProjects } from './visible-projects.js';

@Controller('api/v1/runs')
@UseGuards(TokenGuard)
export class RunsController {
  constructor(
    @Inject(VisibleProjects) private readonly visible: VisibleProjects,
    @Inject(Runs) private readonly runs: Runs,
    @Inject(CancelRun) private readonly canceling: CancelRun,
  ) {}

  @Get(':id')
  @Needs('read')
  async read(@AskedBy() asker: Asker, @Param('id', RowId) id: number): Promise<RunDto> {
    return this.show(asker, await this.visible.run(asker, id));
  }

  /** 202: jobs under way are still being stopped. Asked again meanwhile, the same; 409 for a run that is done. */
  @Post(':id/cancel')
  @HttpCode(202)
  @Needs('write')
  async cancel(
    @AskedBy() asker: Asker,
    @Param('id', RowId) id: number,
    @Body(new CheckedInput(CancelInput)) { reason }: CancelInput,
  ): Promise<RunDto> {
    await this.visible.run(asker, id);
    const said = reason === undefined ? '' : `: ${reason}`;
    const answer = await this.canceling.cancel(id, `canceled by ${asker.name}${said}`);
    const run = await this.visible.run(asker, id);
    if (answer === 'done already' && run.state === 'done')
      throw new Refusal('conflict', 'run-done', `Run ${id} is done already: there is nothing to cancel.`);
    return this.show(asker, run);
  }

  private async show(asker: Asker, run: Run): Promise<RunDto> {
    const project = await this.visible.project(asker, run.projectId);
    const jobs = await this.runs.jobsOf(run.id);
    const parts = await Promise.all(jobs.map(async (job) => ({ job, steps: await this.runs.stepsOf(job) })));
    return runDto(project, run, parts);
  }
}
