/** Re-run runs, and look at their earlier attempts. */
import { Body, Controller, Get, HttpCode, Inject, Param, Post, UseGuards } from '@nestjs/common';
import type { Asker } from '../projects/asker.js';
import { RerunRun } from '../runs/rerun-run.js';
import { RunAttempts } from '../store/run-attempts.js';
import { CheckedInput, RowId } from './checked-input.pipe.js';
import { Described } from './described.js';
import { RerunInput } from './rerun-input.js';
import { RunAttemptListDto, runAttemptsDto, runIn } from './run-attempt.dto.js';
import { RunDto } from './run.dto.js';
import { ShowRun } from './show-run.js';
import { AskedBy, Needs, TokenGuard } from './token.guard.js';
import { notThere, VisibleProjects } from './visible-projects.js';

@Controller('api/v1/runs')
@UseGuards(TokenGuard)
export class RunAttemptsController {
  constructor(
    @Inject(VisibleProjects) private readonly visible: VisibleProjects,
    @Inject(RunAttempts) private readonly attempts: RunAttempts,
    @Inject(ShowRun) private readonly showing: ShowRun,
    @Inject(RerunRun) private readonly rerunning: RerunRun,
  ) {}

  @Post(':id/rerun')
  @HttpCode(202)
  @Needs('write')
  @Described({
    says: 'Run a run again: all of it, or the jobs that failed and those that need them',
    more:
      'It becomes the next attempt of the same run, of the same commits and inputs, trusted as far as before. What earlier ' +
      'attempts ran and logged stays to be read.',
    status: 202,
    answer: RunDto,
    problems: ['no-such-run', 'run-not-done', 'run-unplanned', 'nothing-failed', 'project-disabled'],
  })
  async rerun(
    @AskedBy() asker: Asker,
    @Param('id', RowId) id: number,
    @Body(new CheckedInput(RerunInput)) { jobs = 'all', attempt }: RerunInput,
  ): Promise<RunDto> {
    await this.visible.run(asker, id);
    await this.rerunning.rerun(id, { jobs, by: asker.name, ...(attempt === undefined ? {} : { attempt }) });
    return this.showing.show(asker, await this.visible.run(asker, id));
  }

  @Get(':id/attempts')
  @Needs('read')
  @Described({ says: 'List the attempts of a run', answer: RunAttemptListDto, problems: ['no-such-run'] })
  async list(@AskedBy() asker: Asker, @Param('id', RowId) id: number): Promise<RunAttemptListDto> {
    const run = await this.visible.run(asker, id);
    return runAttemptsDto(run, await this.attempts.ofRun(id));
  }

  @Get(':id/attempts/:attempt')
  @Needs('read')
  @Described({
    says: 'Read a run as it stood in one of its attempts, with the jobs that counted then',
    answer: RunDto,
    problems: ['no-such-run', 'no-such-attempt'],
  })
  async read(
    @AskedBy() asker: Asker,
    @Param('id', RowId) id: number,
    @Param('attempt', RowId) attempt: number,
  ): Promise<RunDto> {
    const run = runIn(await this.visible.run(asker, id), attempt, await this.attempts.ofRun(id));
    if (run === null) throw notThere('attempt', attempt);
    return this.showing.show(asker, run);
  }
}
