/** Refused web-hooks as the API shows them: nothing that they held but which project they named. */
import { ApiProperty } from '@nestjs/swagger';
import { isoTime } from '../kernel/clock.js';
import type { RefusedDelivery } from '../model/delivery.js';
import type { QuarantineStanding } from '../store/quarantine.js';

export class RefusedDto {
  @ApiProperty({ type: 'integer', example: 1 })
  readonly id!: number;

  @ApiProperty({ type: String, description: 'Why.', example: 'body-too-large' })
  readonly code!: string;

  @ApiProperty({ type: 'integer', description: 'As it was said; 0: it was not said.', example: 34_603_008 })
  readonly sizeBytes!: number;

  @ApiProperty({ type: String, example: '192.0.2.7' })
  readonly remoteAddress!: string;

  @ApiProperty({ type: String, format: 'date-time', example: '2026-11-24T12:00:00.000Z' })
  readonly receivedAt!: string;
}

export class QuarantinedDto {
  @ApiProperty({ type: 'integer', minimum: 0, maximum: 200, example: 0 })
  readonly posts!: number;

  @ApiProperty({ type: 'integer', minimum: 0, example: 0 })
  readonly sizeBytes!: number;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: null })
  readonly oldestAt!: string | null;
}

export class RefusedListDto {
  @ApiProperty({ type: [RefusedDto], description: 'Newest first; at most 100.' })
  readonly items!: readonly RefusedDto[];

  @ApiProperty({ type: String, nullable: true, description: 'Null: there is one page.', example: null })
  readonly next!: null;

  @ApiProperty({ type: QuarantinedDto, description: 'Those that wait for their key.' })
  readonly quarantined!: QuarantinedDto;
}

export function refusedListDto(refused: readonly RefusedDelivery[], kept: QuarantineStanding): RefusedListDto {
  const items = refused.map(({ id, code, sizeBytes, remoteAddress, receivedAt }) => ({
    ...{ id, code, sizeBytes, remoteAddress },
    receivedAt: isoTime(receivedAt),
  }));
  const oldestAt = kept.oldestAt === null ? null : isoTime(kept.oldestAt);
  return { items, next: null, quarantined: { ...kept, oldestAt } };
}
