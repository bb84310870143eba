/** Look at runs and cancel them. */
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../kernel/errors.js';
import type { Asker } from '../projects/asker.js';
import { CancelRun } from '../runs/cancel-run.js';
import { Browse } from '../store/browse.js';
import { ReadAskedProjects } from './asked-projects.js';
import { runFilter, RunListQuery } from './browse-query.js';
import { CancelInput } from './cancel-input.js';
import { CheckedInput, RowId } from './checked-input.pipe.js';
import { Described } from './described.js';
import { linkNext, readPage } from './list-query.js';
import { RunDto, RunListDto, runSummaryDto } from './run.dto.js';
import { ShowRun } from './show-run.js';
import { AskedBy, Needs, TokenGuard } from './token.guard.js';
import { VisibleProjects } from './visible-projects.js';

@Controller('api/v1/runs')
@UseGuards(TokenGuard)
export class RunsController {
  constructor(
    @Inject(VisibleProjects) private readonly visible: VisibleProjects,
    @Inject(ReadAskedProjects) private readonly asked: ReadAskedProjects,
    @Inject(Browse) private readonly browse: Browse,
    @Inject(ShowRun) private readonly showing: ShowRun,
    @Inject(CancelRun) private readonly canceling: CancelRun,
  ) {}

  @Get()
  @Needs('read')
  @Described({
    says: 'List runs, filtered',
    more: 'What is asked for must hold all together. Without jobs: those are shown run by run.',
    answer: RunListDto,
    problems: ['no-such-project'],
  })
  async list(
    @AskedBy() asker: Asker,
    @Query(new CheckedInput(RunListQuery)) query: RunListQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RunListDto> {
    const filter = runFilter(query, await this.asked.read(asker, query.project));
    const page = await readPage(
      query,
      (asked) => this.browse.runs(filter, asked),
      ({ id }) => id,
    );
    linkNext(request, reply, page);
    return { ...page, items: page.items.map(runSummaryDto) };
  }

  @Get(':id')
  @Needs('read')
  @Described({ says: 'Read a run with its jobs and steps', answer: RunDto, problems: ['no-such-run'] })
  async read(@AskedBy() asker: Asker, @Param('id', RowId) id: number): Promise<RunDto> {
    return this.showing.show(asker, await this.visible.run(asker, id));
  }

  @Post(':id/cancel')
  @HttpCode(202)
  @Needs('write')
  @Described({
    says: 'Cancel a run',
    more: 'Jobs under way are still being stopped when it is answered. It may be asked again meanwhile.',
    status: 202,
    answer: RunDto,
    problems: ['no-such-run', 'run-done', 'changed-meanwhile'],
  })
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
    return this.showing.show(asker, run);
  }
}
