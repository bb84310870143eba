/** What somebody who starts pipelines by hand says, and what they get. */
import { ApiProperty } from '@nestjs/swagger';
import { isJsonObject, type Json, type JsonObject } from '../kernel/json.js';
import type { Check } from '../projects/must.js';
import { MayBeMissing, Must } from '../projects/must.js';
import { ID } from './shown.js';

/** Characters of JSON; GitHub takes as much. */
const LARGEST = 65_535;
const MOST_INPUTS = 50;

const text =
  (most: number): Check =>
  (value) =>
    typeof value === 'string' && value.length >= 1 && value.length <= most && !/[\p{Cc}\p{Cs}]/u.test(value)
      ? null
      : `must be one line of 1 to ${most} characters`;

const payload: Check = (value) =>
  isJsonObject(value as Json) && JSON.stringify(value).length <= LARGEST
    ? null
    : `must be an object of at most ${LARGEST.toLocaleString('en')} characters`;

const inputs: Check = (value) =>
  payload(value) ??
  (Object.keys(value as object).length <= MOST_INPUTS ? null : `must be an object of at most ${MOST_INPUTS} inputs`);

const INPUTS = {
  type: 'object' as const,
  selfRequired: false,
  additionalProperties: true,
  description: 'As `on.workflow_dispatch.inputs` of the pipeline declares them; texts may stand for any type.',
  example: { environment: 'staging' },
};
const REF = {
  type: String,
  required: false,
  minLength: 1,
  maxLength: 255,
  description: 'A branch or tag of the project itself, bare or in full; left out: its default branch.',
  example: 'main',
};

export class PipelineDispatchInput {
  @ApiProperty(REF)
  @MayBeMissing()
  @Must(text(255))
  readonly ref?: string;

  @ApiProperty(INPUTS)
  @MayBeMissing()
  @Must(inputs)
  readonly inputs?: JsonObject;
}

export class ProjectDispatchInput extends PipelineDispatchInput {
  @ApiProperty({
    type: String,
    minLength: 1,
    maxLength: 500,
    description: 'Its key (`repo:<path>`, `server:<name>`), its path, or its name when no other has it.',
    example: '.pagure/pipelines/deploy.yml',
  })
  @Must(text(500))
  readonly pipeline!: string;
}

export class RepositoryDispatchInput {
  @ApiProperty({ type: String, minLength: 1, maxLength: 100, description: 'What `types` names.', example: 'nightly' })
  @Must(text(100))
  readonly event_type!: string;

  @ApiProperty({
    type: 'object',
    selfRequired: false,
    additionalProperties: true,
    description: '`github.event.client_payload`.',
    example: { build: 7 },
  })
  @MayBeMissing()
  @Must(payload)
  readonly client_payload?: JsonObject;
}

export class DispatchedDto {
  @ApiProperty({ ...ID, description: 'The event that was made: what it starts is decided next, and stands in it.' })
  readonly eventId!: number;
}
