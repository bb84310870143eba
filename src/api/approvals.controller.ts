/** Look at what a held run changes, and approve it. */
import { Body, Controller, Get, HttpCode, Inject, Param, Post, UseGuards } from '@nestjs/common';
import { Refusal } from '../kernel/errors.js';
import type { Asker } from '../projects/asker.js';
import { ApproveRun } from '../runs/approve-run.js';
import { Holds } from '../store/holds.js';
import { ApprovalDto, approvalDto, ApproveInput } from './approval.dto.js';
import { CheckedInput, RowId } from './checked-input.pipe.js';
import { Described } from './described.js';
import { AskedBy, Needs, TokenGuard } from './token.guard.js';
import { VisibleProjects } from './visible-projects.js';

@Controller('api/v1/runs/:id')
@UseGuards(TokenGuard)
export class ApprovalsController {
  constructor(
    @Inject(VisibleProjects) private readonly visible: VisibleProjects,
    @Inject(Holds) private readonly holds: Holds,
    @Inject(ApproveRun) private readonly approving: ApproveRun,
  ) {}

  @Get('approval')
  @Needs('read')
  @Described({
    says: 'Read what a held run waits for: what it changes, pipelines first, and the line that approves it',
    answer: ApprovalDto,
    problems: ['no-such-run', 'run-not-held'],
  })
  async read(@AskedBy() asker: Asker, @Param('id', RowId) id: number): Promise<ApprovalDto> {
    return this.show(asker, id);
  }

  @Post('approve')
  @HttpCode(202)
  @Needs('write')
  @Described({
    says: 'Approve the commit of a held run: it starts, without secrets',
    more:
      'The commit must be the one that the run holds and the one at which the forge shows the pull-request: after another ' +
      'push nothing starts. It may be asked again.',
    status: 202,
    answer: ApprovalDto,
    problems: [
      ...['no-such-run', 'commit-not-whole', 'other-commit', 'run-not-held', 'run-done', 'approval-not-ready'],
      ...['pull-request-moved', 'changed-meanwhile', 'forge-silent'],
    ],
  })
  async approve(
    @AskedBy() asker: Asker,
    @Param('id', RowId) id: number,
    @Body(new CheckedInput(ApproveInput)) { sha }: ApproveInput,
  ): Promise<ApprovalDto> {
    await this.visible.run(asker, id);
    await this.approving.approve({ runId: id, sha, by: asker.name });
    return this.show(asker, id);
  }

  private async show(asker: Asker, id: number): Promise<ApprovalDto> {
    const run = await this.visible.run(asker, id);
    const hold = await this.holds.ofRun(id);
    if (hold === null) throw new Refusal('conflict', 'run-not-held', `Run ${id} waits for no approval.`);
    return approvalDto(run, hold);
  }
}
