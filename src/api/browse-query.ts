/** Queries of the long lists, and what they mean to the store. */
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { MayBeMissing, Must } from '../projects/must.js';
import type { EventFilter, FlagFilter, RunFilter, Times } from '../store/browse.js';
import { ListQuery } from './list-query.js';
import {
  commitDigits,
  isNumberText,
  oneOf,
  patternsOf,
  projectIdOrName,
  shortText,
  someWords,
  topicPatterns,
  utcTime,
  wholeNumber,
} from './query-checks.js';
import { EVENT_KINDS, EVENT_STATES, FLAG_SENDINGS, FLAG_STATUSES, RESULTS, STATES, TRUSTS, VERDICTS } from './words.js';

const asked = (description: string, example: string | number): ApiPropertyOptions => ({
  type: typeof example === 'number' ? 'integer' : String,
  required: false,
  description,
  example,
});
const word = (words: readonly string[], description: string): ApiPropertyOptions => ({
  ...{ enum: [...words], required: false, description, example: words[0]! },
});

/** Ids of the projects that are asked for; null for all. */
export type AskedProjects = readonly number[] | null;

class ProjectListQuery extends ListQuery {
  @ApiProperty(asked('Id or full name of a project.', 'rpms/bash'))
  @MayBeMissing()
  @Must(projectIdOrName)
  readonly project?: string;
}

class TimedListQuery extends ProjectListQuery {
  @ApiProperty({ ...asked('Not older.', '2026-11-24T12:00:00Z'), format: 'date-time' })
  @MayBeMissing()
  @Must(utcTime)
  readonly since?: string;

  @ApiProperty({ ...asked('Not newer.', '2026-11-25T12:00:00Z'), format: 'date-time' })
  @MayBeMissing()
  @Must(utcTime)
  readonly until?: string;
}

export class EventListQuery extends TimedListQuery {
  @ApiProperty({
    type: [String],
    required: false,
    description: 'Topics, one of which fits; `*` stands for any text. Several are given with commas, or one by one.',
    example: ['git.receive', 'pull-request.*'],
  })
  @MayBeMissing()
  @Must(topicPatterns)
  readonly topic?: string | readonly string[];

  @ApiProperty(word(EVENT_KINDS, 'Kind of the event.'))
  @MayBeMissing()
  @Must(oneOf(EVENT_KINDS))
  readonly kind?: EventFilter['kind'];

  @ApiProperty(asked('Who did it.', 'alice'))
  @MayBeMissing()
  @Must(shortText)
  readonly actor?: string;

  @ApiProperty(asked('Full name of a ref, or the bare one of a branch or tag.', 'refs/heads/main'))
  @MayBeMissing()
  @Must(shortText)
  readonly ref?: string;

  @ApiProperty(asked('A commit, or at least its first 7 digits.', '6d3f1c0'))
  @MayBeMissing()
  @Must(commitDigits)
  readonly commit?: string;

  @ApiProperty({ ...asked('Number of a pull-request.', 3), minimum: 1 })
  @MayBeMissing()
  @Must(wholeNumber)
  readonly 'pull-request'?: string;

  @ApiProperty(word(VERDICTS, 'What the delivery was taken for.'))
  @MayBeMissing()
  @Must(oneOf(VERDICTS))
  readonly verdict?: EventFilter['verdict'];

  @ApiProperty(word(EVENT_STATES, 'How far it is.'))
  @MayBeMissing()
  @Must(oneOf(EVENT_STATES))
  readonly state?: EventFilter['state'];

  @ApiProperty(asked('Words that all stand in the summary; neither case nor accents matter.', 'pushed main'))
  @MayBeMissing()
  @Must(someWords)
  readonly text?: string;
}

export class RunListQuery extends TimedListQuery {
  @ApiProperty(asked('Name or key of a pipeline.', 'ci'))
  @MayBeMissing()
  @Must(shortText)
  readonly pipeline?: string;

  @ApiProperty(asked('Bare name of a branch, or the full name of a ref.', 'main'))
  @MayBeMissing()
  @Must(shortText)
  readonly branch?: string;

  @ApiProperty(asked("GitHub's name of an event, or a topic; a number is the id of one event.", 'push'))
  @MayBeMissing()
  @Must(shortText)
  readonly event?: string;

  @ApiProperty(asked('Who caused it.', 'alice'))
  @MayBeMissing()
  @Must(shortText)
  readonly actor?: string;

  @ApiProperty(word(STATES, 'How far it is.'))
  @MayBeMissing()
  @Must(oneOf(STATES))
  readonly state?: RunFilter['state'];

  @ApiProperty(word(RESULTS, 'How it ended.'))
  @MayBeMissing()
  @Must(oneOf(RESULTS))
  readonly result?: RunFilter['result'];

  @ApiProperty(word(TRUSTS, 'How far its code is trusted.'))
  @MayBeMissing()
  @Must(oneOf(TRUSTS))
  readonly trust?: RunFilter['trust'];
}

export class FlagListQuery extends ProjectListQuery {
  @ApiProperty(asked('Key of a pipeline.', 'server:ci'))
  @MayBeMissing()
  @Must(shortText)
  readonly pipeline?: string;

  @ApiProperty(asked('A commit, or at least its first 7 digits.', '6d3f1c0'))
  @MayBeMissing()
  @Must(commitDigits)
  readonly commit?: string;

  @ApiProperty(word(FLAG_STATUSES, 'What is wanted.'))
  @MayBeMissing()
  @Must(oneOf(FLAG_STATUSES))
  readonly status?: FlagFilter['status'];

  @ApiProperty(word(FLAG_SENDINGS, 'Does the forge show what is wanted?'))
  @MayBeMissing()
  @Must(oneOf(FLAG_SENDINGS))
  readonly sending?: FlagFilter['sending'];
}

/** Of a checked query, as the functions below. */
export function eventFilter(query: EventListQuery, projects: AskedProjects): EventFilter {
  const { topic, kind, actor, ref, commit, 'pull-request': pullRequest, verdict, state, text } = query;
  return {
    projects,
    topics: topic === undefined ? null : patternsOf(topic),
    kind: kind ?? null,
    actor: actor ?? null,
    refs: ref === undefined ? null : refsOf(ref),
    commit: commit?.toLowerCase() ?? null,
    pullRequest: pullRequest === undefined ? null : Number(pullRequest),
    verdict: verdict ?? null,
    state: state ?? null,
    text: text ?? null,
    received: timesOf(query),
  };
}

export function runFilter(query: RunListQuery, projects: AskedProjects): RunFilter {
  const { pipeline, branch, event, actor, state, result, trust } = query;
  return {
    projects,
    pipeline: pipeline ?? null,
    ref: branch === undefined ? null : refsOf(branch)[0]!,
    event: isNumberText(event) ? Number(event) : (event ?? null),
    actor: actor ?? null,
    state: state ?? null,
    result: result ?? null,
    trust: trust ?? null,
    created: timesOf(query),
  };
}

export function flagFilter(query: FlagListQuery, projects: AskedProjects): FlagFilter {
  const { pipeline, commit, status, sending } = query;
  return {
    projects,
    pipeline: pipeline ?? null,
    commit: commit?.toLowerCase() ?? null,
    status: status ?? null,
    sending: sending ?? null,
  };
}

/** A branch first. */
function refsOf(name: string): readonly string[] {
  return name.startsWith('refs/') ? [name] : [`refs/heads/${name}`, `refs/tags/${name}`];
}

function timesOf({ since, until }: TimedListQuery): Times {
  return {
    since: since === undefined ? null : Date.parse(since),
    until: until === undefined ? null : Date.parse(until),
  };
}
