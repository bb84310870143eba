/** What a maintainer says about a server-side pipeline, by REST or in the configuration file. */
import { flag, pipelineName, pipelineText } from './checks.js';
import { MayBeMissing, Must } from './must.js';

/** A pipeline to be made. */
export class PipelineInput {
  /** Unique in the project. */
  @Must(pipelineName)
  readonly name!: string;

  /** YAML; what the language says about it is told as problems with places. */
  @Must(pipelineText)
  readonly text!: string;
}

/** The whole of a pipeline that is there, or is made under the name of the address. */
export class PipelineReplacementInput {
  @MayBeMissing()
  @Must(pipelineName)
  readonly name?: string;

  @Must(pipelineText)
  readonly text!: string;

  /** Default true. */
  @MayBeMissing()
  @Must(flag)
  readonly enabled?: boolean;
}
