/** The bundle of a run as the API describes it (model/run-bundle.ts). */
import { ApiProperty } from '@nestjs/swagger';
import type { JsonObject } from '../kernel/json.js';
import type { Plan, PlannedJob } from '../model/plan.js';
import { BUNDLE_VERSION } from '../model/run-bundle.js';
import type { RunContexts } from '../model/run.js';
import type { Trust } from '../model/trust.js';
import { PipelineNameDto } from './run.dto.js';
import { ID } from './shown.js';
import { TRUSTS } from './words.js';

const OBJECT = { type: 'object', additionalProperties: true, example: {} } as const;
const COUNT = { type: 'integer', minimum: 1, example: 1 } as const;

export class BundledRunDto {
  @ApiProperty(ID)
  readonly id!: number;

  @ApiProperty({ ...COUNT, description: 'Of the pipeline, from 1.' })
  readonly number!: number;

  @ApiProperty(COUNT)
  readonly attempt!: number;

  @ApiProperty({ enum: TRUSTS, example: 'trusted' })
  readonly trust!: Trust;

  @ApiProperty({ type: String, description: 'Full name.', example: 'rpms/bash' })
  readonly project!: string;

  @ApiProperty({ type: PipelineNameDto })
  readonly pipeline!: PipelineNameDto;

  @ApiProperty({ type: String, example: 'push' })
  readonly eventName!: string;

  @ApiProperty({ type: String, example: 'refs/heads/main' })
  readonly ref!: string;

  @ApiProperty({ type: String, example: '6d3f1c0b2a49587e6d3f1c0b2a49587e6d3f1c0b' })
  readonly commit!: string;

  @ApiProperty({ type: String, description: 'Clone URL.', example: 'https://pagure.example.org/rpms/bash.git' })
  readonly url!: string;
}

export class BundledJobDto {
  @ApiProperty(ID)
  readonly jobId!: number;

  @ApiProperty({ type: 'integer', minimum: 0, example: 1 })
  readonly attempt!: number;

  @ApiProperty({ ...OBJECT, description: 'As it was planned; what is evaluated when it runs stands as a template.' })
  readonly job!: PlannedJob;

  @ApiProperty({ ...OBJECT, description: '`env` of the pipeline.' })
  readonly env!: JsonObject;

  @ApiProperty({ ...OBJECT, description: 'The context `needs`; `***` stands for what is masked.' })
  readonly needs!: JsonObject;
}

export class RunBundleDto {
  @ApiProperty({ type: 'integer', enum: [BUNDLE_VERSION], example: BUNDLE_VERSION })
  readonly version!: typeof BUNDLE_VERSION;

  @ApiProperty({ type: BundledRunDto })
  readonly run!: BundledRunDto;

  @ApiProperty({ ...OBJECT, description: 'What the pipeline came to for the event, as templates.' })
  readonly plan!: Plan;

  @ApiProperty({ ...OBJECT, description: '`github`, `event`, `pagure`, `vars` and `inputs`.' })
  readonly contexts!: RunContexts;

  @ApiProperty({ type: [BundledJobDto], description: 'Those that were planned by then, oldest first.' })
  readonly jobs!: readonly BundledJobDto[];
}
