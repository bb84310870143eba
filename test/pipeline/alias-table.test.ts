/** Every row of the alias table of `on`, from a recorded delivery: which of GitHub's names it starts, with which action. */
import { describe, expect, it } from 'vitest';
import { readFacts } from '../../src/forge/pagure/facts.js';
import { matchTrigger, type TriggerEvent } from '../../src/pipeline/index.js';
import { RECORDED_INSTANCE, RECORDINGS } from '../forge/recordings.js';
import { pipelineOf } from './samples.js';

const ALL_TYPES = `types: [opened, edited, closed, reopened, synchronize, labeled, unlabeled, assigned, unassigned]`;
const NAMES: Record<string, string> = {
  push: '',
  create: '',
  delete: '',
  pull_request: ALL_TYPES,
  pull_request_target: ALL_TYPES,
  issue_comment: '',
  issues: '',
};

/** Topic → what it starts, as `name action`. Topics that are not named start only themselves. */
const TABLE: Record<string, readonly string[]> = {
  'git.receive': ['push'],
  'git.branch.creation': ['push', 'create'],
  'git.tag.creation': ['push', 'create'],
  'git.branch.deletion': ['delete'],
  'git.tag.deletion': ['delete'],
  'pull-request.new': ['pull_request opened', 'pull_request_target opened'],
  'pull-request.updated': ['pull_request synchronize', 'pull_request_target synchronize'],
  'pull-request.rebased': ['pull_request synchronize', 'pull_request_target synchronize'],
  'pull-request.reopened': ['pull_request reopened', 'pull_request_target reopened'],
  'pull-request.closed': ['pull_request closed', 'pull_request_target closed'],
  'pull-request.tag.added': ['pull_request labeled', 'pull_request_target labeled'],
  'pull-request.tag.removed': ['pull_request unlabeled', 'pull_request_target unlabeled'],
  'pull-request.assigned.added': ['pull_request assigned', 'pull_request_target assigned'],
  'pull-request.assigned.reset': ['pull_request unassigned', 'pull_request_target unassigned'],
  'pull-request.initial_comment.edited': ['pull_request edited', 'pull_request_target edited'],
  'pull-request.comment.edited': ['issue_comment edited'],
  'issue.new': ['issues opened'],
  'issue.comment.added': ['issue_comment created'],
  'issue.comment.edited': ['issue_comment edited'],
  'issue.tag.added': ['issues labeled'],
  'issue.tag.removed': ['issues unlabeled'],
  'issue.assigned.added': ['issues assigned'],
  'issue.assigned.reset': ['issues unassigned'],
};

const EVENTS = RECORDINGS.map(({ name, message }) => {
  const facts = readFacts(message, { instance: RECORDED_INSTANCE, fullname: message.msg.project_fullname });
  const { topic, kind, action, ref, pullRequest, actor, notification } = facts;
  const targetBranch = pullRequest?.targetBranch ?? null;
  const event: TriggerEvent = { topic, kind, action, ref, targetBranch, actor, headMessage: '', changedPaths: [] };
  return { name, event, notification };
});

function started(event: TriggerEvent): string[] {
  return Object.entries(NAMES).flatMap(([name, keys]) => {
    const pipeline = pipelineOf(`on: {${name}: {${keys}}}\njobs: {a: {runs-on: x, steps: [{run: x}]}}\n`);
    const match = matchTrigger(pipeline, event);
    return match.kind === 'match'
      ? [match.action === null ? match.eventName : `${match.eventName} ${match.action}`]
      : [];
  });
}

describe('the alias table', () => {
  it.each(EVENTS.filter(({ event }) => !['pull-request.comment.added', 'issue.edit'].includes(event.topic)))(
    '$name',
    ({ event }) => {
      expect(started(event)).toEqual(TABLE[event.topic] ?? []);
    },
  );

  it.each(EVENTS.filter(({ event }) => event.topic === 'pull-request.comment.added'))(
    "$name starts issue_comment unless it is the forge's own, which tells of an update once more or starts nothing",
    ({ event, notification }) => {
      const own = event.action === 'synchronize' ? TABLE['pull-request.updated'] : [];
      expect(started(event)).toEqual(notification ? own : ['issue_comment created']);
    },
  );

  it('makes of issue.edit what its fields say', () => {
    const edits = EVENTS.filter(({ event }) => event.topic === 'issue.edit').map(({ event }) => started(event).join());
    expect(edits.length).toBeGreaterThan(0);
    for (const edit of edits) expect(['issues closed', 'issues reopened', 'issues edited']).toContain(edit);
  });

  it('names every topic by itself and by a glob', () => {
    for (const { event } of EVENTS) {
      const glob = event.topic.replace(/[^.]+$/, '*');
      for (const name of [event.topic, glob]) {
        const pipeline = pipelineOf(`on: {'${name}': }\njobs: {a: {runs-on: x, steps: [{run: x}]}}\n`);
        expect(matchTrigger(pipeline, event)).toMatchObject({ kind: 'match', eventName: event.topic });
      }
    }
  });

  it('starts pull_request by default only for opened, synchronize and reopened', () => {
    const pipeline = pipelineOf('on: pull_request\njobs: {a: {runs-on: x, steps: [{run: x}]}}\n');
    const topics = EVENTS.filter(({ event }) => matchTrigger(pipeline, event).kind === 'match').map(
      ({ event }) => event.topic,
    );
    expect(new Set(topics)).toEqual(
      new Set([
        'pull-request.new',
        'pull-request.updated',
        'pull-request.rebased',
        'pull-request.reopened',
        'pull-request.comment.added',
      ]),
    );
  });
});

describe('what the house itself causes', () => {
  const own = {
    ...(EVENTS[0] as { event: TriggerEvent }).event,
    ref: 'refs/heads/main',
    targetBranch: null,
    action: null,
  };
  const match = (on: string, event: Partial<TriggerEvent>) =>
    matchTrigger(pipelineOf(`on: ${on}\njobs: {a: {runs-on: x, steps: [{run: x}]}}\n`), { ...own, ...event });

  it('starts a schedule by its own line', () => {
    const event = { topic: 'schedule', kind: 'schedule' as const, schedule: '0 4 * * *' };
    expect(match("{schedule: [{cron: '0 4 * * *'}]}", event)).toMatchObject({ kind: 'match', eventName: 'schedule' });
    expect(match("{schedule: [{cron: '0 5 * * *'}]}", event).kind).toBe('no');
  });

  it('starts dispatches by hand and by type', () => {
    const event = { kind: 'dispatch' as const, topic: 'repository_dispatch', action: 'deploy' };
    expect(match('{repository_dispatch: {types: [deploy]}}', event)).toMatchObject({ kind: 'match', action: 'deploy' });
    expect(match('{repository_dispatch: {types: [other]}}', event).kind).toBe('no');
    expect(match('repository_dispatch', event).kind).toBe('match');
    expect(match('workflow_dispatch', { kind: 'dispatch', topic: 'workflow_dispatch' }).kind).toBe('match');
  });

  it('starts a chain by pipeline, type and branch', () => {
    const event = { kind: 'other' as const, topic: 'workflow_run', action: 'completed', workflow: 'CI' };
    expect(match('{workflow_run: {workflows: [CI], types: [completed], branches: [main]}}', event).kind).toBe('match');
    expect(match('{workflow_run: {workflows: [Other]}}', event).kind).toBe('no');
    expect(match('{workflow_run: {workflows: [CI], branches: [dev]}}', event).kind).toBe('no');
    expect(match('{workflow_run: {workflows: [CI], types: [requested]}}', event).kind).toBe('no');
  });
});
