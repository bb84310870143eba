/** What a maintainer says about a server-side pipeline, by REST or in the configuration file. */
import { ApiProperty } from '@nestjs/swagger';
import { flag, lineOfText, pipelineName, pipelineText, versionNumber } from './checks.js';
import { MayBeMissing, Must } from './must.js';

/** Of the examples: a whole pipeline. */
export const PIPELINE_EXAMPLE = 'on: push\njobs:\n  test:\n    runs-on: host\n    steps:\n      - run: make check\n';

const NAME = { type: String, minLength: 1, maxLength: 100, pattern: '^[A-Za-z0-9][A-Za-z0-9._-]*$', example: 'ci' };
const TEXT = {
  type: String,
  description: 'YAML; what the language says about it is told as problems with places.',
  example: PIPELINE_EXAMPLE,
};
const ENABLED = {
  type: Boolean,
  required: false,
  description: 'A pipeline that is switched off starts nothing; its text stays.',
  example: true,
};

/** A pipeline to be made. */
export class PipelineInput {
  /** Unique in the project. */
  @ApiProperty({ ...NAME, description: 'Unique in the project.' })
  @Must(pipelineName)
  readonly name!: string;

  @ApiProperty(TEXT)
  @Must(pipelineText)
  readonly text!: string;

  /** Default true. */
  @ApiProperty({ ...ENABLED, default: true })
  @MayBeMissing()
  @Must(flag)
  readonly enabled?: boolean;
}

/** The whole of a pipeline that is there, or is made under the name of the address. */
export class PipelineReplacementInput {
  @ApiProperty({ ...NAME, required: false, description: 'When given: the name in the address.' })
  @MayBeMissing()
  @Must(pipelineName)
  readonly name?: string;

  @ApiProperty(TEXT)
  @Must(pipelineText)
  readonly text!: string;

  /** Default true. */
  @ApiProperty({ ...ENABLED, default: true })
  @MayBeMissing()
  @Must(flag)
  readonly enabled?: boolean;
}

/** What may be changed of a pipeline beside its text; what is left out stays. */
export class PipelineChangeInput {
  @ApiProperty(ENABLED)
  @MayBeMissing()
  @Must(flag)
  readonly enabled?: boolean;
}

/** A text to be compared with a version. */
export class PipelineDiffInput {
  @ApiProperty({
    type: 'integer',
    required: false,
    minimum: 1,
    description: 'The version that the text is compared with; left out: the one that stands.',
    example: 1,
  })
  @MayBeMissing()
  @Must(versionNumber)
  readonly from?: number;

  @ApiProperty({ ...TEXT, description: 'The proposed text; it need not be a good pipeline.' })
  @Must(pipelineText)
  readonly text!: string;
}

/** A text to be judged and not stored. */
export class LintInput {
  @ApiProperty({ ...TEXT, description: 'The text to judge: a pipeline of a repository or of the server.' })
  @Must(pipelineText)
  readonly text!: string;

  /** Default `pipeline`. */
  @ApiProperty({
    type: String,
    required: false,
    minLength: 1,
    maxLength: 200,
    description: 'What the problems call it: the path of a file, or a name.',
    default: 'pipeline',
    example: '.pagure/pipelines/ci.yml',
  })
  @MayBeMissing()
  @Must(lineOfText)
  readonly name?: string;
}
