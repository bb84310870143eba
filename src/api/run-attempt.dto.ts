/** The attempts of a run as the API lists them. */
import { ApiProperty } from '@nestjs/swagger';
import type { Result, State } from '../model/result.js';
import type { Run } from '../model/run.js';
import type { Repeated, RunAttempt } from '../model/run-attempt.js';
import { isoOrNull, textOrNull, TIME_OR_NULL } from './shown.js';
import { RESULTS, STATES } from './words.js';

export class RunAttemptDto {
  @ApiProperty({ type: 'integer', minimum: 1, example: 1 })
  readonly attempt!: number;

  @ApiProperty({ enum: STATES, example: 'done' })
  readonly state!: State;

  @ApiProperty({ enum: RESULTS, nullable: true, description: 'Null until it is done.', example: 'failure' })
  readonly result!: Result | null;

  @ApiProperty(textOrNull(null, 'Why it ended so, or waits.'))
  readonly reason!: string | null;

  @ApiProperty({
    enum: ['all', 'failed'],
    nullable: true,
    description: 'Which jobs of the attempt before it were run again; null of the first.',
    example: null,
  })
  readonly repeats!: Repeated | null;

  @ApiProperty(textOrNull(null, 'Who asked for it; null of the first.'))
  readonly askedBy!: string | null;

  @ApiProperty({
    type: String,
    description: 'Path of its jobs and steps on this server.',
    example: '/api/v1/runs/7/attempts/1',
  })
  readonly url!: string;

  @ApiProperty(TIME_OR_NULL)
  readonly startedAt!: string | null;

  @ApiProperty(TIME_OR_NULL)
  readonly finishedAt!: string | null;
}

export class RunAttemptListDto {
  @ApiProperty({ type: [RunAttemptDto], description: 'The newest first.' })
  readonly items!: readonly RunAttemptDto[];
}

type Ended = Pick<Run, 'attempt' | 'state' | 'result' | 'reason' | 'startedAt' | 'finishedAt'>;

/** `earlier` ascending, as they are kept. */
export function runAttemptsDto(run: Run, earlier: readonly RunAttempt[]): RunAttemptListDto {
  const ended = earlier.map((one): Ended => ({ ...one, state: 'done' }));
  const items = [...ended, run].map((one, at): RunAttemptDto => {
    const before = earlier[at - 1];
    return {
      attempt: one.attempt,
      state: one.state,
      result: one.result,
      reason: one.reason,
      repeats: before?.repeated ?? null,
      askedBy: before?.repeatedBy ?? null,
      url: `/api/v1/runs/${run.id}/attempts/${one.attempt}`,
      startedAt: isoOrNull(one.startedAt),
      finishedAt: isoOrNull(one.finishedAt),
    };
  });
  return { items: items.toReversed() };
}

/** The run as it stood at the end of an earlier attempt; null for one that it did not have. */
export function runIn(run: Run, attempt: number, earlier: readonly RunAttempt[]): Run | null {
  if (attempt === run.attempt) return run;
  const ended = earlier.find((one) => one.attempt === attempt);
  if (ended === undefined) return null;
  const { result, reason, startedAt, finishedAt } = ended;
  return {
    ...run,
    ...{ attempt, state: 'done', result, reason, reasonRunId: null, cancelRequested: false, startedAt, finishedAt },
  };
}
