/** One row of each table as a busy forge would have made it. */
import type { Chance } from './chance.js';

export interface Sizes {
  readonly projects: number;
  readonly events: number;
  readonly runs: number;
  readonly jobs: number;
}

export type Row = Readonly<Record<string, string | number | null>>;

/** When the first event came; then one every ten seconds. */
const START_MS = Date.UTC(2026, 0, 1);
const STEP_MS = 10_000;
const ACTORS = 3_000;
const SYLLABLES = ['ka', 'lo', 'mi', 'ne', 'ru', 'sa', 'to', 'vi', 'xe', 'zu', 'ba', 'di'];
const FAR = Date.UTC(2100, 0, 1);

/** Topic, kind, and how many of a thousand events have it. */
const TOPICS: readonly (readonly [string, string, number])[] = [
  ['git.receive', 'push', 400],
  ['pull-request.comment.added', 'comment', 120],
  ['pull-request.flag.added', 'flag', 100],
  ['pull-request.flag.updated', 'flag', 90],
  ['issue.comment.added', 'comment', 70],
  ['pull-request.new', 'pull-request', 50],
  ['pull-request.closed', 'pull-request', 45],
  ['pull-request.updated', 'pull-request', 40],
  ['issue.new', 'issue', 25],
  ['issue.edit', 'issue', 20],
  ['git.branch.creation', 'create', 12],
  ['git.branch.deletion', 'delete', 10],
  ['git.tag.creation', 'create', 8],
  ['issue.tag.added', 'issue', 4],
  ['pull-request.reopened', 'pull-request', 3],
  ['project.edit', 'project', 2],
  ['project.tag.added', 'project', 1],
];
const TOPIC_OF = TOPICS.flatMap(([topic, kind, share]) => Array.from({ length: share }, () => [topic, kind] as const));

export function timeOf(at: number): number {
  return START_MS + at * STEP_MS;
}

/** The rarer, the longer. */
export function actorName(rank: number): string {
  return rank === 0 ? 'bot' : `${word(rank)}${rank}`;
}

export function word(rank: number): string {
  const [first, second] = [SYLLABLES[rank % 12]!, SYLLABLES[Math.floor(rank / 12) % 12]!];
  return first + second + (rank >= 144 ? word(Math.floor(rank / 144)) : '');
}

/** The first are large, most are small. */
export function projectOf(chance: Chance, { projects }: Sizes): number {
  return chance.skewed(projects) + 1;
}

export function projectRow(id: number): Row {
  return {
    ...{ id, instance: 'https://pagure.example.org', instanceAliases: '[]', fullname: `rpms/${word(id)}${id}` },
    ...{ public: 1, enabled: 1, settings: '{"allowSha1":false,"checkout":true}', version: 1 },
    ...{ declaredBy: null, createdAt: START_MS, updatedAt: START_MS },
  };
}

export function deliveryRow(chance: Chance, id: number, projectId: number): Row {
  const headers =
    '{"user-agent":"python-requests/2.31.0","content-type":"application/json","x-pagure-topic":"git.receive"}';
  const names = { source: 'webhook', msgId: `2026-${chance.hex(32)}`, bodyHash: chance.hex(64) };
  return { id, projectId, ...names, verdict: 'ok', headers, receivedAt: timeOf(id) };
}

export function eventRow(chance: Chance, id: number, projectId: number): Row {
  const [topic, kind] = chance.pick(TOPIC_OF);
  const actor = actorName(chance.skewed(ACTORS));
  const isGit = topic.startsWith('git.');
  const branch = chance.below(3) > 0 ? 'main' : `${word(chance.skewed(5_000))}`;
  const commit = isGit || kind === 'pull-request' || kind === 'flag' ? chance.hex(40) : null;
  const pullRequest = topic.startsWith('pull-request.') ? chance.skewed(5_000) + 1 : null;
  const words = Array.from({ length: 4 }, () => word(chance.skewed(20_000))).join(' ');
  return {
    ...{ id, projectId, deliveryId: id, source: 'webhook', topic, kind, action: null },
    ...{
      ref: isGit ? `refs/heads/${branch}` : null,
      before: isGit ? chance.hex(40) : null,
      after: isGit ? commit : null,
    },
    ...{
      forced: 0,
      commit,
      pullRequest,
      actor,
      url: `https://pagure.example.org/rpms/x${projectId}/c/${commit ?? ''}`,
    },
    summary: isGit
      ? `${actor} pushed 1 commit to ${branch}: ${words}`
      : `${actor} ${kind} #${pullRequest ?? 1}: ${words}`,
    ...standingOf(chance),
    ...{ tries: 0, waits: 0, receivedAt: timeOf(id) },
  };
}

function standingOf(chance: Chance): Row {
  const place = chance.below(20_000);
  if (place < 100) return { verdict: 'stale', state: 'idle', note: 'too old', dueAt: null };
  if (place < 120) return { verdict: 'conflict', state: 'idle', note: 'the same id with another body', dueAt: null };
  if (place < 124) return { verdict: 'ok', state: 'parked', note: 'it failed three times', dueAt: null };
  if (place < 125) return { verdict: 'ok', state: 'due', note: null, dueAt: FAR };
  return { verdict: 'ok', state: 'done', note: null, dueAt: null };
}

export function runRow(chance: Chance, id: number, projectId: number, eventId: number): Row {
  const name = chance.pick(['ci', 'ci', 'ci', 'lint', 'nightly']);
  const isPull = chance.below(3) === 0;
  const ref = isPull
    ? `refs/pull/${chance.skewed(5_000) + 1}/merge`
    : `refs/heads/${chance.below(3) > 0 ? 'main' : word(chance.skewed(5_000))}`;
  const eventName = isPull ? 'pull_request' : chance.pick(['push', 'push', 'push', 'issue_comment']);
  const commit = chance.hex(40);
  const resolved = {
    eventName,
    action: null,
    ref,
    commit,
    before: null,
    defaultBranch: 'main',
    headMessage: 'a message',
  };
  const at = timeOf(eventId);
  return {
    ...{ id, projectId, eventId, pipelineKey: `server:${name}`, pipelineName: name, cause: `push:${id}`, number: id },
    ...{ attempt: 1, title: `${name} of ${commit.slice(0, 8)}`, ...endOf(chance), reason: null },
    ...{ trust: chance.below(10) < 7 ? 'trusted' : chance.below(100) === 0 ? 'held' : 'restricted' },
    ...{ trustReason: 'a push by somebody who may push', resolved: JSON.stringify(resolved), subject: null },
    ...{ pipelineCommit: commit, actor: actorName(chance.skewed(ACTORS)), problems: '[]', plan: PLAN },
    ...{ cancelRequested: 0, version: 5, createdAt: at, startedAt: at + 900, finishedAt: at + 60_000 },
  };
}

const PLAN = JSON.stringify({
  name: 'ci',
  jobs: Array.from({ length: 5 }, (_, at) => ({ id: `job${at}`, steps: [{ run: 'make test '.repeat(10) }] })),
});
const RESULTS = [
  'success',
  'success',
  'success',
  'success',
  'success',
  'success',
  'success',
  'failure',
  'failure',
  'canceled',
];

function endOf(chance: Chance): Row {
  return { state: 'done', result: chance.below(500) === 0 ? 'error' : chance.pick(RESULTS) };
}

export function jobRow(chance: Chance, id: number, run: Row, at: number): Row {
  const planned = {
    key: `job${at}`,
    id: `job${at}`,
    name: `job ${at}`,
    needs: [],
    steps: [{ number: 1, run: 'make test' }],
  };
  return {
    ...{ id, runId: run['id']!, projectId: run['projectId']!, key: `job${at}`, name: `job ${at}`, state: 'done' },
    ...{
      result: run['result']!,
      reason: null,
      planned: JSON.stringify(planned),
      outputs: '{}',
      attempt: 1,
      owner: chance.hex(16),
    },
    ...{ leaseUntil: null, dueAt: null, cancelReason: null, tries: 0 },
    ...{ createdAt: run['createdAt']!, startedAt: run['startedAt']!, finishedAt: run['finishedAt']! },
  };
}

export function flagRow(chance: Chance, run: Row): Row {
  const place = chance.below(1_000);
  const status = run['result'] === 'error' ? 'error' : run['result'] === 'success' ? 'success' : 'failure';
  const id = run['id']!;
  const commit = chance.hex(40);
  return {
    ...{ id, projectId: run['projectId']!, pipelineKey: run['pipelineKey']!, subject: `refs/heads/main@${commit}` },
    ...{ uid: chance.hex(32), runId: id, commit, username: 'ci', status, comment: '5 of 5 jobs passed' },
    ...{ url: `https://ci.example.org/runs/${id}`, version: 2, sentVersion: place < 5 ? 1 : 2, unsure: 0 },
    ...{
      tries: 0,
      failures: 0,
      begun: 0,
      dueAt: null,
      pausedReason: place < 3 ? 'the forge refuses the token (401)' : null,
    },
    ...{ lastError: null, sentAt: run['finishedAt']! },
  };
}
