/** `github.event` of every row of the alias table, from recorded deliveries: what LANGUAGE lists is there under GitHub's names. */
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../src/kernel/json.js';
import { readContexts } from '../../src/forge/pagure/contexts.js';
import { readFacts } from '../../src/forge/pagure/facts.js';
import { valueAt } from '../../src/forge/pagure/fields.js';
import { matchTrigger } from '../../src/pipeline/index.js';
import { pipelineOf } from '../pipeline/samples.js';
import { RECORDED_INSTANCE, RECORDINGS, type Recording } from './recordings.js';

const paths = (text: string) => text.trim().split(/\s+/);

const ALWAYS = paths(`sender.login repository.name repository.full_name repository.default_branch repository.html_url
  repository.clone_url repository.private repository.fork repository.owner.login`);
const PULL = paths(`action number pull_request.number pull_request.title pull_request.body pull_request.state
  pull_request.draft pull_request.merged pull_request.html_url pull_request.labels pull_request.author_association
  pull_request.user.login pull_request.head.ref pull_request.head.sha pull_request.head.label
  pull_request.head.repo.full_name pull_request.head.repo.fork pull_request.head.repo.clone_url pull_request.base.ref
  pull_request.base.sha pull_request.base.repo.full_name`);
const ISSUE = paths('action issue.number issue.title issue.body issue.state issue.user.login issue.labels');
const REF = paths('ref ref_type master_branch pusher_type');

/** GitHub's name → what its payload holds. */
const HOLDS: Readonly<Record<string, readonly string[]>> = {
  push: paths('ref before after created deleted forced compare pusher.name commits head_commit.message'),
  create: REF,
  delete: REF,
  pull_request: PULL,
  pull_request_target: PULL,
  issues: ISSUE,
  issue_comment: [...ISSUE, ...paths('comment.id comment.body comment.user.login comment.author_association')],
};
const TYPES = `types: [opened, edited, closed, reopened, synchronize, labeled, unlabeled, assigned, unassigned]`;

interface Row {
  readonly title: string;
  readonly recording: Recording;
  readonly eventName: string;
  readonly action: string | null;
}

/** Every recorded delivery with each of GitHub's names that it starts. */
const ROWS: readonly Row[] = RECORDINGS.flatMap((recording) =>
  Object.keys(HOLDS).flatMap((eventName): readonly Row[] => {
    const facts = readFacts(recording.message, projectOf(recording));
    const keys = eventName.startsWith('pull_request') ? `{${TYPES}}` : '';
    const pipeline = pipelineOf(`on: {${eventName}: ${keys}}\njobs: {a: {runs-on: x, steps: [{run: x}]}}\n`);
    const targetBranch = facts.pullRequest?.targetBranch ?? null;
    const match = matchTrigger(pipeline, { ...facts, targetBranch, headMessage: '', changedPaths: [] });
    if (match.kind !== 'match') return [];
    return [{ title: `${recording.name} as ${eventName}`, recording, eventName, action: match.action }];
  }),
);

function projectOf({ message }: Recording) {
  return { instance: RECORDED_INSTANCE, fullname: message.msg.project_fullname };
}

function contextsOf({ recording, eventName, action }: Omit<Row, 'title'>): JsonObject {
  const commit = 'c'.repeat(40);
  const before = 'b'.repeat(40);
  const ref = eventName.startsWith('pull_request') ? 'refs/pull/1/merge' : 'refs/heads/main';
  const resolved = { eventName, action, ref, commit, before, defaultBranch: 'main', headMessage: 'a change' };
  return readContexts(recording.message, projectOf(recording), resolved).github;
}

function event(row: Omit<Row, 'title'>): Json | undefined {
  return contextsOf(row)['event'];
}

describe('github.event', () => {
  it('is tested for every name of the alias table', () => {
    expect([...new Set(ROWS.map(({ eventName }) => eventName))].sort()).toEqual(Object.keys(HOLDS).sort());
  });

  it.each(ROWS)('of $title holds what GitHub gives', (row) => {
    const payload = event(row);
    const missing = [...ALWAYS, ...HOLDS[row.eventName]!].filter((path) => {
      const value = valueAt(payload, ...path.split('.'));
      return value === undefined || (value === null && !path.endsWith('.body'));
    });
    expect(missing).toEqual([]);
  });

  it.each(ROWS.filter(({ action }) => action === 'labeled' || action === 'unlabeled'))(
    'of $title names the label',
    (row) => {
      expect(valueAt(event(row), 'label', 'name')).toMatch(/./);
    },
  );

  it.each(ROWS.filter(({ eventName }) => eventName === 'issue_comment'))(
    'of $title has issue.pull_request only on a pull-request',
    (row) => {
      const isPull = row.recording.message.topic.startsWith('pull-request.');
      expect(valueAt(event(row), 'issue', 'pull_request') !== undefined).toBe(isPull);
    },
  );

  it.each(ROWS.filter(({ eventName }) => eventName.startsWith('pull_request')))(
    'of $title knows its own project',
    (row) => {
      const { recording } = row;
      const own =
        valueAt(recording.message.msg, 'pullrequest', 'repo_from', 'fullname') ===
        recording.message.msg.project_fullname;
      const github = contextsOf(row);
      const head = valueAt(github['event'], 'pull_request', 'head', 'repo', 'full_name');
      expect(head === github['repository']).toBe(own);
      expect(valueAt(github['event'], 'pull_request', 'base', 'sha')).toBe('b'.repeat(40));
    },
  );
});

describe('github.event of what the house itself tells', () => {
  const recording = RECORDINGS[0]!;
  const own = (eventName: string, action: string | null, msg: JsonObject) => {
    const message = { ...recording.message, topic: eventName, msg: { ...recording.message.msg, ...msg } };
    return event({ recording: { ...recording, message }, eventName, action });
  };

  it('names the line of a schedule', () => {
    expect(own('schedule', null, { schedule: '0 4 * * *' })).toMatchObject({ schedule: '0 4 * * *' });
  });

  it('shows the run that a chain follows', () => {
    const run = {
      id: 3,
      name: 'CI',
      conclusion: 'success',
      event: 'push',
      head_branch: 'main',
      head_sha: 'a'.repeat(40),
    };
    expect(own('workflow_run', 'completed', { workflow_run: run })).toMatchObject({
      action: 'completed',
      workflow_run: run,
      workflow: { name: 'CI' },
    });
  });

  it('shows what a dispatch brings', () => {
    expect(own('workflow_dispatch', null, { inputs: { word: 'x' } })).toMatchObject({ inputs: { word: 'x' } });
    expect(own('repository_dispatch', 'deploy', { client_payload: { to: 1 } })).toMatchObject({
      action: 'deploy',
      client_payload: { to: 1 },
    });
  });
});
