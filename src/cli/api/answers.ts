/** What the API answers, by the names that the verbs have for it; the types are made from `/api/openapi.json`. */
import type { components } from './schema.js';

type Schemas = components['schemas'];

/** Nobody changes what a server said. */
type Frozen<T> = T extends object ? { readonly [Key in keyof T]: Frozen<T[Key]> } : T;

/** One page of a list; `next` is the cursor of the one after it. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

export type ProjectAnswer = Frozen<Schemas['ProjectDto']>;

export type PipelineSummaryAnswer = Frozen<Schemas['PipelineSummaryDto']>;
export type PipelineAnswer = Frozen<Schemas['PipelineDto']>;
/** With its warnings. */
export type ChangedPipelineAnswer = Frozen<Schemas['ChangedPipelineDto']>;
export type VersionAnswer = Frozen<Schemas['VersionDto']>;

export type EventSummaryAnswer = Frozen<Schemas['EventSummaryDto']>;
export type EventAnswer = Frozen<Schemas['EventDto']>;
export type DecisionAnswer = Frozen<Schemas['DecisionDto']>;
export type ReleasedEventAnswer = Frozen<Schemas['ReleasedEventDto']>;
/** Of a dry run the decisions; else the event that was made. */
export type ReplayAnswer = Frozen<Schemas['ReplayDto']>;
export type RunPreviewAnswer = Frozen<Schemas['RunPreviewDto']>;

export type RunSummaryAnswer = Frozen<Schemas['RunSummaryDto']>;
export type ApprovalAnswer = Frozen<Schemas['ApprovalDto']>;
export type SecretAnswer = Frozen<Schemas['SecretDto']>;
export type RunAnswer = Frozen<Schemas['RunDto']>;
export type JobAnswer = Frozen<Schemas['JobDto']>;
export type StepAnswer = Frozen<Schemas['StepDto']>;
export type RunExplanationAnswer = Frozen<Schemas['RunExplanationDto']>;
export type EventExplanationAnswer = Frozen<Schemas['EventExplanationDto']>;
