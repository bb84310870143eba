/** Events, runs and flags of few different values, so that filters meet some of them; and what filters mean, in plain words. */
import fc from 'fast-check';
import type { Event } from '../../src/model/event.js';
import type { Flag } from '../../src/model/flag.js';
import type { Run } from '../../src/model/run.js';
import { type EventFilter, type FlagFilter, type RunFilter, sendingOf, wordsOf } from '../../src/store/browse.js';
import { NOW } from './open-store.js';

const PROJECTS = [1, 2, 3];
const TOPICS = [
  'git.receive',
  'git.branch.creation',
  'pull-request.new',
  'pull-request.comment.added',
  'git',
  'a?[b',
  'ab',
];
const PATTERNS = [
  ...TOPICS,
  'git.*',
  '*',
  '*.new',
  'pull-request.*',
  'git.*.creation',
  'a?*',
  'a[*',
  'nothing.*',
  'gi*',
];
const ACTORS = ['alice', 'bob', 'Alice', 'zoë "the" r:x', 'p:1'];
const REFS = ['refs/heads/main', 'refs/heads/x', 'refs/tags/v1'];
const COMMITS = ['abcdef0123', 'abcdef0999', '1234567abc'].map((digits) => digits.padEnd(40, '0'));
const SUMMARIES = ['Alice pushed to Main', 'größer: 3 fixes', 'p:1 a:616c696365 fix', 'ÉTÉ à la 東京 fix-it', '…'];
const TEXTS = [
  'alice',
  'MAIN pushed',
  'grosser',
  'größer',
  'groesser',
  'p 1',
  'été',
  'ete',
  '東京',
  'fix',
  'it fix',
  'fi',
];

const one = <T>(...values: readonly T[]) => fc.constantFrom(...values);
const orNull = <T>(...values: readonly T[]) => fc.constantFrom(...values, null);
const time = fc.integer({ min: NOW, max: NOW + 50 });
const times = fc.record({ since: fc.option(time, { freq: 2 }), until: fc.option(time, { freq: 2 }) });
/** At most three of the columns, as people filter. */
const rarely = <T extends object>(filter: fc.Arbitrary<T>, none: T): fc.Arbitrary<T> =>
  fc.tuple(filter, fc.subarray(Object.keys(none), { maxLength: 3 })).map(([all, names]) => ({
    ...none,
    ...Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name))),
  }));

export const eventRow: fc.Arbitrary<Omit<Event, 'id'>> = fc
  .record({
    projectId: one(...PROJECTS),
    deliveryId: fc.constant(null),
    source: one('webhook' as const),
    topic: one(...TOPICS),
    kind: one('push', 'pull-request', 'other'),
    action: fc.constant(null),
    ref: orNull(...REFS),
    before: fc.constant(null),
    after: fc.constant(null),
    forced: fc.boolean(),
    commit: orNull(...COMMITS),
    pullRequest: orNull(1, 2, 17),
    actor: orNull(...ACTORS),
    url: fc.constant(null),
    summary: one(...SUMMARIES),
    ...{ note: fc.constant(null), tries: fc.constant(0), waits: fc.constant(0), receivedAt: time },
    ...{ verdict: fc.constant('ok'), state: fc.constant('done'), dueAt: fc.constant(null) },
  })
  .chain((row) =>
    one(
      ...[
        { verdict: 'ok', state: 'done', dueAt: null },
        { verdict: 'ok', state: 'due', dueAt: NOW },
      ],
      ...[
        { verdict: 'ok', state: 'parked', dueAt: null },
        { verdict: 'stale', state: 'idle', dueAt: null },
      ],
      { verdict: 'conflict', state: 'idle', dueAt: null },
    ).map((standing) => ({ ...row, ...standing }) as Omit<Event, 'id'>),
  );

const NO_TIMES = { since: null, until: null };
export const ANY_EVENT: EventFilter = {
  ...{ projects: null, topics: null, kind: null, actor: null, refs: null, commit: null, pullRequest: null },
  ...{ verdict: null, state: null, text: null, received: NO_TIMES },
};

export const eventFilter: fc.Arbitrary<EventFilter> = rarely(
  fc.record({
    projects: fc.subarray([...PROJECTS, 9], { minLength: 1 }),
    topics: fc.subarray(PATTERNS, { minLength: 1, maxLength: 3 }),
    kind: one('push' as const, 'other' as const),
    actor: one(...ACTORS, 'nobody'),
    refs: fc.subarray([...REFS, 'refs/heads/none'], { minLength: 1, maxLength: 2 }),
    commit: one('abcdef0', 'abcdef01', COMMITS[2]!, 'fffffff'),
    pullRequest: one(1, 17, 3),
    verdict: one('ok' as const, 'stale' as const, 'inconsistent' as const),
    state: one('due' as const, 'done' as const, 'parked' as const, 'idle' as const),
    text: one(...TEXTS),
    received: times,
  }),
  ANY_EVENT,
);

const isWithin = (at: number, { since, until }: { since: number | null; until: number | null }) =>
  (since === null || at >= since) && (until === null || at <= until);
const isIn = <T>(list: readonly T[] | null, value: T) => list === null || list.includes(value);
const is = <T>(wanted: T | null, value: T | null) => wanted === null || wanted === value;

export function meetsEvent(filter: EventFilter, event: Event): boolean {
  return (
    isIn(filter.projects, event.projectId) &&
    (filter.topics?.some((pattern) => fits(pattern, event.topic)) ?? true) &&
    is(filter.kind, event.kind) &&
    is(filter.actor, event.actor) &&
    isIn(filter.refs, event.ref) &&
    (filter.commit === null || (event.commit?.startsWith(filter.commit) ?? false)) &&
    is(filter.pullRequest, event.pullRequest) &&
    is(filter.verdict, event.verdict) &&
    is(filter.state, event.state) &&
    (filter.text === null || wordsOf(filter.text).every((word) => wordsOf(event.summary).includes(word))) &&
    isWithin(event.receivedAt, filter.received)
  );
}

function fits(pattern: string, topic: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(topic);
}

export const runRow: fc.Arbitrary<Omit<Run, 'id'>> = fc
  .record({
    projectId: one(...PROJECTS),
    eventId: one(1, 2, 3),
    pipelineName: one('ci', 'repo:x', 'nightly'),
    pipelineKey: one('server:ci', 'repo:x', 'repo:y'),
    ref: one(...REFS, 'refs/pull/3/merge'),
    eventName: one('push', 'pull_request', 'git.tag.creation'),
    actor: orNull(...ACTORS),
    trust: one('trusted' as const, 'restricted' as const, 'held' as const),
    state: one('waiting' as const, 'running' as const, 'done' as const, 'done' as const),
    result: one('success' as const, 'failure' as const, 'error' as const),
    createdAt: time,
  })
  .map(({ ref, eventName, result, ...row }) => ({
    ...row,
    result: row.state === 'done' ? result : null,
    resolved: { ref, eventName, action: null, commit: null, before: null, defaultBranch: 'main', headMessage: '' },
    reasonRunId: null,
    ...{ attempt: 1, title: 'a run', reason: null, trustReason: '', subject: null, pipelineCommit: null },
    ...{ problems: [], plan: null, cancelRequested: false, version: 1, startedAt: null, finishedAt: null },
    ...{ cause: '', number: 0 },
  }));

export const ANY_RUN: RunFilter = {
  ...{ projects: null, pipeline: null, ref: null, event: null, actor: null, state: null, result: null, trust: null },
  created: NO_TIMES,
};

export const runFilter: fc.Arbitrary<RunFilter> = rarely(
  fc.record({
    projects: fc.subarray([...PROJECTS, 9], { minLength: 1 }),
    pipeline: one('ci', 'repo:x', 'server:ci', 'none'),
    ref: one(...REFS, 'refs/heads/none'),
    event: one<string | number>('push', 'git.tag.creation', 1, 2),
    actor: one(...ACTORS),
    state: one('waiting' as const, 'running' as const, 'done' as const),
    result: one('success' as const, 'error' as const, 'skipped' as const),
    trust: one('trusted' as const, 'held' as const),
    created: times,
  }),
  ANY_RUN,
);

export function meetsRun(filter: RunFilter, run: Run): boolean {
  return (
    isIn(filter.projects, run.projectId) &&
    (is(filter.pipeline, run.pipelineKey) || is(filter.pipeline, run.pipelineName)) &&
    is(filter.ref, run.resolved.ref) &&
    is(filter.event, typeof filter.event === 'number' ? run.eventId : run.resolved.eventName) &&
    is(filter.actor, run.actor) &&
    is(filter.state, run.state) &&
    is(filter.result, run.result) &&
    is(filter.trust, run.trust) &&
    isWithin(run.createdAt, filter.created)
  );
}

export const flagRow: fc.Arbitrary<Omit<Flag, 'id'>> = fc
  .record({
    projectId: one(...PROJECTS),
    pipelineKey: one('server:ci', 'repo:x'),
    commit: one(...COMMITS),
    status: one('pending' as const, 'success' as const, 'failure' as const),
    version: one(1, 2),
    sentVersion: one(0, 1, 2),
    pausedReason: orNull('the forge answered 403'),
  })
  .map((row) => ({
    ...row,
    ...{ subject: '', uid: 'u', runId: 1, username: 'ci', comment: '', url: 'u', unsure: false, tries: 0, failures: 0 },
    ...{ begun: 0, dueAt: null, lastError: null, sentAt: null, jobKey: '', percent: null, checkAt: null },
  }));

export const ANY_FLAG: FlagFilter = { projects: null, pipeline: null, commit: null, status: null, sending: null };

export const flagFilter: fc.Arbitrary<FlagFilter> = rarely(
  fc.record({
    projects: fc.subarray([...PROJECTS, 9], { minLength: 1 }),
    pipeline: one('server:ci', 'repo:z'),
    commit: one('abcdef0', 'abcdef01', 'fffffff'),
    status: one('pending' as const, 'success' as const, 'error' as const),
    sending: one('sent' as const, 'waiting' as const, 'paused' as const),
  }),
  ANY_FLAG,
);

export function meetsFlag(filter: FlagFilter, flag: Flag): boolean {
  return (
    isIn(filter.projects, flag.projectId) &&
    is(filter.pipeline, flag.pipelineKey) &&
    (filter.commit === null || flag.commit.startsWith(filter.commit)) &&
    is(filter.status, flag.status) &&
    is(filter.sending, sendingOf(flag))
  );
}
