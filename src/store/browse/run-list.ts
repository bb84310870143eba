/** The list of runs: what it is filtered by, and what is shown of each. */
import type { Result, State } from '../../model/result.js';
import type { Run } from '../../model/run.js';
import type { Trust } from '../../model/trust.js';
import { runs } from '../schema/tables.js';
import { type Condition, type Criteria, equals, ofProjects, type Times, within } from './criteria.js';
import { fact } from './facts.js';
import type { ListOf } from './finder.js';

/** All that is not null must hold. */
export interface RunFilter {
  readonly projects: readonly number[] | null;
  /** Key or name. */
  readonly pipeline: string | null;
  /** Full name. */
  readonly ref: string | null;
  /** GitHub's name of the event, or the topic; a number is the id of one event. */
  readonly event: string | number | null;
  readonly actor: string | null;
  readonly state: State | null;
  readonly result: Result | null;
  readonly trust: Trust | null;
  readonly created: Times;
}

const COLUMNS = [
  ...(['id', 'projectId', 'eventId', 'pipelineKey', 'pipelineName', 'number', 'attempt', 'title', 'state'] as const),
  ...(['result', 'reason', 'reasonRunId', 'trust', 'resolved', 'actor', 'cancelRequested'] as const),
  ...(['createdAt', 'startedAt', 'finishedAt'] as const),
] as const;

export type ListedRun = Pick<Run, (typeof COLUMNS)[number]>;

export const RUN_LIST: ListOf<Run> = { name: 'run', table: runs, columns: COLUMNS, indexed: 'at once' };

export function runCriteria(filter: RunFilter): Criteria {
  const conditions = [
    ...ofProjects(filter.projects),
    ...ofPipeline(filter.pipeline),
    ...resolved('ref', 'r', filter.ref),
    ...ofEvent(filter.event),
    ...equals('actor', 'a', filter.actor),
    ...equals('state', null, filter.state),
    ...equals('result', 'x', filter.result),
    ...equals('trust', 't', filter.trust),
    ...within('createdAt', filter.created),
  ];
  return { conditions, few: fewOf(filter), words: [], times: filter.created };
}

function fewOf({ event, state }: RunFilter): string | null {
  if (typeof event === 'number') return `"row"."eventId" = ${event}`;
  return state === null || state === 'done' ? null : `"row"."state" <> 'done'`;
}

function ofEvent(event: string | number | null): readonly Condition[] {
  return typeof event === 'number' ? [] : resolved('eventName', 'e', event);
}

function ofPipeline(pipeline: string | null): readonly Condition[] {
  if (pipeline === null) return [];
  const where = '(+"row"."pipelineKey" = :pipeline OR +"row"."pipelineName" = :pipeline)';
  return [{ where, parameters: { pipeline }, facts: [fact('k', pipeline), fact('n', pipeline)] }];
}

function resolved(field: 'ref' | 'eventName', letter: 'r' | 'e', value: string | null): readonly Condition[] {
  if (value === null) return [];
  const where = `json_extract("row"."resolved", '$.${field}') = :${field}`;
  return [{ where, parameters: { [field]: value }, facts: [fact(letter, value)] }];
}
