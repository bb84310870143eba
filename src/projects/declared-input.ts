/** A project as the configuration file declares it, once its keys and texts are read: checked like one that comes by REST. */
import { Type } from 'class-transformer';
import { IsString, ValidateNested } from 'class-validator';
import { jsonObject, pipelineName, pipelineText } from './checks.js';
import { EachMust, MayBeMissing, Must } from './must.js';
import { ProjectInput } from './project-input.js';
import { DeclaredSecretInput } from './secret-input.js';
import { MOST_SECRETS } from './set-secret.js';

const MAX_PIPELINES = 100;

export class DeclaredPipelineInput {
  @Must(pipelineName)
  readonly name!: string;

  /** As the file writes it, for the places of problems. */
  @IsString({ message: 'must be a path' })
  readonly path!: string;

  @Must(pipelineText)
  readonly text!: string;
}

export class DeclaredProjectInput extends ProjectInput {
  /** `file:line`, for messages. */
  @IsString({ message: 'must be a place' })
  readonly where!: string;

  @MayBeMissing()
  @EachMust(jsonObject, { min: 0, max: MAX_PIPELINES })
  @ValidateNested({ each: true })
  @Type(() => DeclaredPipelineInput)
  readonly pipelines?: readonly DeclaredPipelineInput[];

  @MayBeMissing()
  @EachMust(jsonObject, { min: 0, max: MOST_SECRETS })
  @ValidateNested({ each: true })
  @Type(() => DeclaredSecretInput)
  readonly secrets?: readonly DeclaredSecretInput[];
}
