/** The list of events: what it is filtered by, and what is shown of each. */
import type { EntityManager } from 'typeorm';
import type { Verdict } from '../../model/delivery.js';
import type { Event, EventKind, EventState } from '../../model/event.js';
import { events, eventTopics } from '../schema/tables.js';
import { type Condition, type Criteria, equals, ofCommit, ofProjects, type Times, within } from './criteria.js';
import { familyOf } from './event-feed.js';
import { fact, wordsOf } from './facts.js';
import type { ListOf } from './finder.js';

/** All that is not null must hold. */
export interface EventFilter {
  readonly projects: readonly number[] | null;
  /** Topics, in which `*` stands for any text; one must fit. */
  readonly topics: readonly string[] | null;
  readonly kind: EventKind | null;
  readonly actor: string | null;
  /** Full names, one of which it has. */
  readonly refs: readonly string[] | null;
  /** Its first digits, at least seven, in lower case. */
  readonly commit: string | null;
  readonly pullRequest: number | null;
  readonly verdict: Verdict | null;
  readonly state: EventState | null;
  /** Words of the summary, in any order. */
  readonly text: string | null;
  readonly received: Times;
}

const COLUMNS = [
  ...([
    'id',
    'projectId',
    'source',
    'topic',
    'kind',
    'action',
    'ref',
    'commit',
    'pullRequest',
    'actor',
    'url',
  ] as const),
  ...(['summary', 'verdict', 'state', 'note', 'receivedAt'] as const),
] as const;

export type ListedEvent = Pick<Event, (typeof COLUMNS)[number]>;

export const EVENT_LIST: ListOf<Event> = { name: 'event', table: events, columns: COLUMNS, indexed: 'later' };

/** More topics that one pattern fits are not looked up one by one: a forge has some forty. */
const MOST_TOPICS = 256;
const NOT_OK: readonly Verdict[] = ['stale', 'inconsistent', 'conflict'];
const FEW: Readonly<Partial<Record<EventState, string>>> = {
  due: '"row"."dueAt" IS NOT NULL',
  parked: `"row"."state" = 'parked'`,
};

export async function eventCriteria(reader: EntityManager, filter: EventFilter): Promise<Criteria> {
  const conditions = [
    ...ofProjects(filter.projects),
    ...equals('kind', 'k', filter.kind),
    ...equals('actor', 'a', filter.actor),
    ...ofRefs(filter.refs),
    ...ofCommit(filter.commit),
    ...equals('pullRequest', 'n', filter.pullRequest),
    ...equals('verdict', filter.verdict === 'ok' ? null : 'v', filter.verdict),
    ...ofState(filter.state),
    ...(await ofTopics(reader, filter.topics)),
    ...within('receivedAt', filter.received),
  ];
  const few = (filter.state && FEW[filter.state]) ?? null;
  return { conditions, few, words: wordsOf(filter.text ?? ''), times: filter.received };
}

function ofRefs(refs: readonly string[] | null): readonly Condition[] {
  if (refs === null) return [];
  const facts = refs.map((ref) => fact('r', ref));
  return [{ where: '+"row"."ref" IN (:...refs)', parameters: { refs }, facts }];
}

/** Only a verdict that is not ok leaves an event idle. */
function ofState(state: EventState | null): readonly Condition[] {
  const [condition] = equals('state', null, state);
  if (condition === undefined) return [];
  return [{ ...condition, facts: state === 'idle' ? NOT_OK.map((verdict) => fact('v', verdict)) : null }];
}

async function ofTopics(reader: EntityManager, patterns: readonly string[] | null): Promise<readonly Condition[]> {
  if (patterns === null) return [];
  const where = patterns.map((_, at) => `"row"."topic" GLOB :topic${at}`).join(' OR ');
  const parameters = Object.fromEntries(patterns.map((pattern, at) => [`topic${at}`, globOf(pattern)]));
  const facts = await Promise.all(patterns.map((pattern) => factsOf(reader, pattern)));
  return [
    { where: `(${where})`, parameters, facts: facts.some((one) => one === null) ? null : facts.flat().map(String) },
  ];
}

/** Null when the index would not help. */
async function factsOf(reader: EntityManager, pattern: string): Promise<readonly string[] | null> {
  if (!pattern.includes('*')) return [fact('t', pattern)];
  if (/^[^.*]+\.\*$/.test(pattern)) return [fact('f', familyOf(pattern))];
  const query = reader
    .createQueryBuilder(eventTopics, 'known')
    .where('known.topic GLOB :glob', { glob: globOf(pattern) });
  const known = await query.limit(MOST_TOPICS + 1).getMany();
  return known.length > MOST_TOPICS ? null : known.map(({ topic }) => fact('t', topic));
}

/** In SQLite's globs, `?` and `[` have a meaning too. */
function globOf(pattern: string): string {
  return pattern.replace(/[?[]/g, '[$&]');
}
