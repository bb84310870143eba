/** Values that many answers show, as the description of the API shows them. */
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { isoTime } from '../kernel/clock.js';

const TIME = { type: String, format: 'date-time' } as const;

export const ID: ApiPropertyOptions = { type: 'integer', minimum: 1, example: 1 };
export const SHOWN_TIME: ApiPropertyOptions = { ...TIME, example: '2026-11-24T12:00:00.000Z' };
export const TIME_OR_NULL: ApiPropertyOptions = { ...SHOWN_TIME, nullable: true };
export const COMMIT_OR_NULL: ApiPropertyOptions = {
  type: String,
  nullable: true,
  example: '6d3f1c0b2a49587e6d3f1c0b2a49587e6d3f1c0b',
};
export const NEXT: ApiPropertyOptions = {
  type: String,
  nullable: true,
  description: 'Send it as `cursor` for the next page; null on the last one.',
  example: null,
};

export function textOrNull(example: string | null, description?: string): ApiPropertyOptions {
  return { type: String, nullable: true, description, example };
}

/** Which project a row belongs to. */
export class ProjectNameDto {
  @ApiProperty(ID)
  readonly id!: number;

  @ApiProperty({ type: String, example: 'rpms/bash' })
  readonly fullname!: string;
}

export function isoOrNull(timeMs: number | null): string | null {
  return timeMs === null ? null : isoTime(timeMs);
}
