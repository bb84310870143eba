/** What a held run waits for, as whoever approves it is to see it. */
import { ApiProperty } from '@nestjs/swagger';
import { isoTime } from '../kernel/clock.js';
import { approvalLine, type ChangedFile, type Hold, type WaitsFor } from '../model/hold.js';
import type { Run } from '../model/run.js';
import { lineOfText } from '../projects/checks.js';
import { Must } from '../projects/must.js';

const COMMIT = { type: String, nullable: true, example: '85a53ea2946a2071aa61db3d6e93a5e3ee0a0fc0' };
const LINES = {
  type: 'integer' as const,
  nullable: true,
  minimum: 0,
  description: 'Lines; null of a binary file.',
  example: 3,
};

export class ApproveInput {
  @ApiProperty({
    type: String,
    description: 'All 40 hex digits of the commit that was looked at.',
    example: COMMIT.example,
  })
  @Must(lineOfText)
  readonly sha!: string;
}

export class ChangedFileDto implements ChangedFile {
  @ApiProperty({ type: String, example: '.pagure/pipelines/ci.yml' })
  readonly path!: string;

  @ApiProperty(LINES)
  readonly added!: number | null;

  @ApiProperty(LINES)
  readonly removed!: number | null;

  @ApiProperty({ type: Boolean, description: 'Is it a pipeline, or an action of the repository?', example: true })
  readonly isPipeline!: boolean;
}

export class ApprovalDto {
  @ApiProperty({ type: 'integer', example: 7 })
  readonly runId!: number;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Number of the pull-request.', example: 2 })
  readonly pullRequest!: number | null;

  @ApiProperty({
    enum: ['forge', 'approval', 'start', 'nothing'],
    description:
      'forge: whether its author may commit is still asked; approval: somebody must approve; start: it is about to; nothing: it started, or ended.',
    example: 'approval',
  })
  readonly waitsFor!: WaitsFor | 'nothing';

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'For people.',
    example: 'waiting for approval: changes ci.yml and build.sh',
  })
  readonly reason!: string | null;

  @ApiProperty({ ...COMMIT, description: 'The commit that would be tested.' })
  readonly head!: string | null;

  @ApiProperty({ ...COMMIT, description: 'The commit whose pipeline text runs; null for one kept on the server.' })
  readonly pipelineCommit!: string | null;

  @ApiProperty({ ...COMMIT, description: 'Where it left the branch that it wants to go to; null while not known.' })
  readonly mergeBase!: string | null;

  @ApiProperty({
    type: [ChangedFileDto],
    nullable: true,
    description: 'What it changes, pipelines first; null while that is not known, and then nobody can approve it.',
  })
  readonly files!: readonly ChangedFileDto[] | null;

  @ApiProperty({ type: 'integer', description: 'How many more files it changes than are listed.', example: 0 })
  readonly more!: number;

  @ApiProperty({
    type: [String],
    description: 'What the pipelines and actions that it changes run by `uses`.',
    example: ['actions/checkout@v4', './.github/actions/build'],
  })
  readonly uses!: readonly string[];

  @ApiProperty({
    type: String,
    nullable: true,
    description:
      'What to paste into a comment to approve this commit and no other; null when nothing is to be approved.',
    example: '/approve 85a53ea2946a2071aa61db3d6e93a5e3ee0a0fc0',
  })
  readonly line!: string | null;

  @ApiProperty({ type: String, nullable: true, example: null })
  readonly approvedBy!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: null })
  readonly approvedAt!: string | null;
}

export function approvalDto(run: Run, hold: Hold): ApprovalDto {
  const { changes, approvedBy, approvedAt } = hold;
  const head = run.resolved.commit;
  const isOpen = run.state === 'waiting' && run.plan === null;
  const waitsFor = isOpen ? hold.waitsFor : 'nothing';
  return {
    runId: run.id,
    pullRequest: run.resolved.pullRequest ?? null,
    waitsFor,
    reason: run.reason,
    head,
    pipelineCommit: run.pipelineCommit,
    mergeBase: changes?.mergeBase ?? null,
    files: changes?.files ?? null,
    more: changes?.more ?? 0,
    uses: changes?.uses ?? [],
    line: waitsFor === 'approval' && head !== null && changes !== null ? approvalLine(head) : null,
    approvedBy,
    approvedAt: approvedAt === null ? null : isoTime(approvedAt),
  };
}
