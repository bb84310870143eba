/** A flag as the API shows it: what is wanted, what the forge was sent, and why it waits. */
import { ApiProperty } from '@nestjs/swagger';
import type { FlagStatus } from '../model/flag.js';
import { type FlagSending, type ListedFlag, type Named, sendingOf } from '../store/browse.js';
import { COMMIT_OR_NULL, ID, isoOrNull, NEXT, ProjectNameDto, textOrNull, TIME_OR_NULL } from './shown.js';
import { FLAG_SENDINGS, FLAG_STATUSES } from './words.js';

/** What the forge is to show. */
export class WantedFlagDto {
  @ApiProperty({ enum: FLAG_STATUSES, example: 'success' })
  readonly status!: FlagStatus;

  @ApiProperty({ type: String, description: 'Who the forge names.', example: 'ci' })
  readonly username!: string;

  @ApiProperty({ type: String, example: '2 of 2 jobs passed' })
  readonly comment!: string;

  @ApiProperty({ type: String, description: 'Where it leads.', example: 'https://ci.example.org/runs/7' })
  readonly url!: string;

  @ApiProperty({ type: 'integer', minimum: 1, description: 'Raised by each change of what is wanted.', example: 3 })
  readonly version!: number;
}

/** What the forge is known to show. */
export class SentFlagDto {
  @ApiProperty({ type: 'integer', minimum: 0, description: 'The version that it took last; 0: none.', example: 3 })
  readonly version!: number;

  @ApiProperty(TIME_OR_NULL)
  readonly at!: string | null;

  @ApiProperty({ type: Boolean, description: 'A try timed out and may still arrive.', example: false })
  readonly unsure!: boolean;
}

export class FlagDto {
  @ApiProperty(ID)
  readonly id!: number;

  @ApiProperty({ type: ProjectNameDto })
  readonly project!: ProjectNameDto;

  @ApiProperty({ type: String, description: '`repo:<path>` or `server:<name>`.', example: 'server:ci' })
  readonly pipeline!: string;

  @ApiProperty({
    type: String,
    description: 'What is judged: `<ref>@<commit>` or `pull/<n>@<head>`.',
    example: 'refs/heads/main@6d3f1c0b2a49587e6d3f1c0b2a49587e6d3f1c0b',
  })
  readonly subject!: string;

  @ApiProperty({ ...COMMIT_OR_NULL, nullable: false })
  readonly commit!: string;

  @ApiProperty({ ...ID, description: 'The newest run that answers for it.' })
  readonly runId!: number;

  @ApiProperty({ type: String, description: 'Its name on the forge.', example: '0123456789abcdef0123456789abcdef' })
  readonly uid!: string;

  @ApiProperty({ type: WantedFlagDto })
  readonly wanted!: WantedFlagDto;

  @ApiProperty({ type: SentFlagDto })
  readonly sent!: SentFlagDto;

  @ApiProperty({
    enum: FLAG_SENDINGS,
    description:
      '`sent`: the forge shows what is wanted; `waiting`: not yet; `paused`: not before something is mended.',
    example: 'sent',
  })
  readonly sending!: FlagSending;

  @ApiProperty(textOrNull(null, 'What is to be mended before it is sent.'))
  readonly pausedReason!: string | null;

  @ApiProperty(textOrNull(null, 'What the forge said last.'))
  readonly lastError!: string | null;

  @ApiProperty({ type: 'integer', minimum: 0, description: 'Since the forge last took or refused it.', example: 0 })
  readonly tries!: number;

  @ApiProperty({ ...TIME_OR_NULL, description: 'When it is sent or read back next.', example: null })
  readonly dueAt!: string | null;
}

export class FlagListDto {
  @ApiProperty({ type: [FlagDto], description: 'Newest first.' })
  readonly items!: readonly FlagDto[];

  @ApiProperty(NEXT)
  readonly next!: string | null;
}

export function flagDto(flag: Named<ListedFlag>): FlagDto {
  const { status, username, comment, url, version, sentVersion, sentAt, unsure } = flag;
  return {
    id: flag.id,
    project: { id: flag.projectId, fullname: flag.fullname },
    pipeline: flag.pipelineKey,
    subject: flag.subject,
    commit: flag.commit,
    runId: flag.runId,
    uid: flag.uid,
    wanted: { status, username, comment, url, version },
    sent: { version: sentVersion, at: isoOrNull(sentAt), unsure },
    sending: sendingOf(flag),
    pausedReason: flag.pausedReason,
    lastError: flag.lastError,
    tries: flag.tries,
    dueAt: isoOrNull(flag.dueAt),
  };
}
