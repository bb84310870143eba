/** What Pagure's messages look like in the contexts of a pipeline. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readContexts } from '../../src/forge/pagure/contexts.js';
import type { ResolvedEvent } from '../../src/forge/forge.js';
import { NO_COMMIT } from '../../src/model/event.js';
import { hostileMessage } from './hostile.js';
import { RECORDED_INSTANCE, recording } from './recordings.js';

const HEAD = '4d6f4cad6f836e90f42d0fd020c4ff5e3712edc3';
const RESOLVED: ResolvedEvent = {
  eventName: 'push',
  action: null,
  ref: 'refs/heads/main',
  commit: HEAD,
  before: null,
  defaultBranch: 'main',
  headMessage: 'add m2',
};
const PULL: ResolvedEvent = { ...RESOLVED, eventName: 'pull_request', ref: 'refs/pull/1/merge' };

function contextsOf(number: string, resolved: Partial<ResolvedEvent> = {}) {
  const { message } = recording(number);
  const project = { instance: RECORDED_INSTANCE, fullname: message.msg.project_fullname };
  return readContexts(message, project, { ...RESOLVED, ...resolved });
}

describe('the contexts of a push', () => {
  it('hold all of github that needs no run', () => {
    const { event, ...github } = contextsOf('007').github;
    expect(event).toBeDefined();
    expect(github).toEqual({
      actor: 'alice',
      triggering_actor: 'alice',
      actor_id: '',
      api_url: `${RECORDED_INSTANCE}/api/0`,
      graphql_url: '',
      server_url: RECORDED_INSTANCE,
      repository: 'lab',
      repository_owner: 'alice',
      repository_id: '1',
      repositoryUrl: `${RECORDED_INSTANCE}/lab.git`,
      ref: 'refs/heads/main',
      ref_name: 'main',
      ref_type: 'branch',
      ref_protected: false,
      sha: HEAD,
      head_ref: '',
      base_ref: '',
      event_name: 'push',
    });
  });

  it('shape the payload as GitHub does', () => {
    expect(contextsOf('007').github['event']).toEqual({
      ref: 'refs/heads/main',
      before: '561b351ee85cad936499e97d2e293c0a4fd62034',
      after: HEAD,
      created: false,
      deleted: false,
      forced: false,
      base_ref: null,
      compare: `${RECORDED_INSTANCE}/lab/c/561b351ee85cad936499e97d2e293c0a4fd62034..${HEAD}`,
      pusher: { name: 'alice' },
      commits: [{ id: HEAD, message: 'add m2' }],
      head_commit: { id: HEAD, message: 'add m2' },
      repository: {
        id: 1,
        name: 'lab',
        full_name: 'lab',
        description: 'Lab project',
        default_branch: 'main',
        html_url: `${RECORDED_INSTANCE}/lab`,
        clone_url: `${RECORDED_INSTANCE}/lab.git`,
        private: false,
        fork: false,
        owner: { login: 'alice' },
      },
      sender: { login: 'alice' },
    });
  });

  it('name its commits as GitHub does where git has told of them', () => {
    const said = { tree: 'b'.repeat(40), message: 'add m2', committedAt: '2026-03-01T12:00:00+00:00' };
    const author = { authorName: 'Ada', authorEmail: 'ada@example.org' };
    const people = { ...author, committerName: 'Bob', committerEmail: 'bob@example.org' };
    const first = { ...said, ...people, id: 'a'.repeat(40), message: 'add m1' };
    const event = contextsOf('007', { commits: [first, { ...said, ...people, id: HEAD }] }).github['event'];
    const head = {
      id: HEAD,
      tree_id: 'b'.repeat(40),
      distinct: true,
      message: 'add m2',
      timestamp: '2026-03-01T12:00:00+00:00',
      url: `${RECORDED_INSTANCE}/lab/c/${HEAD}`,
      author: { name: 'Ada', email: 'ada@example.org' },
      committer: { name: 'Bob', email: 'bob@example.org' },
    };
    expect(event).toMatchObject({ commits: [{ id: 'a'.repeat(40), message: 'add m1' }, head], head_commit: head });
  });

  it('give the signed message and its words as they came', () => {
    const { message } = recording('007');
    const { event, pagure } = contextsOf('007');
    expect(event).toEqual({ topic: message.topic, msg: message.msg });
    expect(pagure).toEqual({
      topic: 'git.receive',
      project: 'lab',
      instance: RECORDED_INSTANCE,
      pull_request_id: null,
      agent: 'alice',
    });
  });

  it('name the pull-request that a merge came from', () => {
    expect(contextsOf('060').pagure['pull_request_id']).toBe(2);
  });

  it('of a tag that came as a branch follow git, not the message', () => {
    const resolved = { ref: 'refs/tags/v1.3', commit: 'dd3022256e5a80671fe54090d3e15ca16253832f' };
    const { github } = contextsOf('017', resolved);
    expect(github).toMatchObject({ ref_type: 'tag', ref_name: 'v1.3' });
    expect(github['event']).toMatchObject({ ref: 'refs/tags/v1.3', created: true, before: NO_COMMIT });
  });

  it('of a created tag have a push as payload', () => {
    const { github } = contextsOf('012', { ref: 'refs/tags/v1.0' });
    expect(github['event']).toMatchObject({ ref: 'refs/tags/v1.0', created: true, head_commit: { id: HEAD } });
  });

  it('take what git knows to have been before', () => {
    expect(contextsOf('011', { before: 'a'.repeat(40) }).github['event']).toMatchObject({
      before: 'a'.repeat(40),
      forced: true,
    });
  });

  it('name the namespace as owner', () => {
    expect(contextsOf('023').github).toMatchObject({ repository: 'rpms/bash', repository_owner: 'rpms' });
    expect(contextsOf('047').github).toMatchObject({ repository: 'forks/bob/lab', repository_owner: 'bob' });
  });
});

describe('the contexts of other events', () => {
  it('of a created and of a deleted ref', () => {
    expect(contextsOf('008', { eventName: 'create' }).github['event']).toMatchObject({
      ref: 'feature/one',
      ref_type: 'branch',
      master_branch: 'main',
      pusher_type: 'user',
    });
    expect(contextsOf('019', { eventName: 'delete' }).github['event']).toMatchObject({ ref: 'v1.0', ref_type: 'tag' });
  });

  it('of an own pull-request', () => {
    const { github } = contextsOf('029', { ...PULL, action: 'opened' });
    expect(github).toMatchObject({
      head_ref: 'feature/one',
      base_ref: 'main',
      ref_name: '1/merge',
      ref_type: 'branch',
    });
    expect(github['event']).toMatchObject({
      action: 'opened',
      number: 1,
      pull_request: {
        number: 1,
        title: 'Feature one',
        body: 'Please review.\n\nfirst comment é',
        state: 'open',
        draft: false,
        merged: false,
        html_url: `${RECORDED_INSTANCE}/lab/pull-request/1`,
        labels: [],
        author_association: 'OWNER',
        user: { login: 'alice' },
        head: {
          ref: 'feature/one',
          sha: '379d5a0b9853c1412add721dd93b461ec3902fd7',
          label: 'alice:feature/one',
          repo: { full_name: 'lab', fork: false, clone_url: `${RECORDED_INSTANCE}/lab.git` },
        },
        base: { ref: 'main', repo: { full_name: 'lab' } },
      },
    });
  });

  it('of a pull-request from a fork name the fork that can be cloned', () => {
    expect(contextsOf('048', PULL).github['event']).toMatchObject({
      pull_request: {
        author_association: 'NONE',
        head: {
          label: 'bob:bobfix',
          repo: { full_name: 'forks/bob/lab', fork: true, clone_url: `${RECORDED_INSTANCE}/forks/bob/lab.git` },
        },
      },
    });
  });

  it('of a remote pull-request have no source repository', () => {
    const { message } = recording('029');
    const pullrequest = {
      ...(message.msg['pullrequest'] as object),
      repo_from: null,
      remote_git: 'https://x.example/y.git',
    };
    const msg = { ...message.msg, pullrequest };
    const project = { instance: RECORDED_INSTANCE, fullname: 'lab' };
    const { github } = readContexts({ topic: message.topic, msg }, project, PULL);
    expect(github['event']).toMatchObject({ pull_request: { head: { repo: null } } });
  });

  it('of an update have the author as actor, not the word pagure', () => {
    expect(contextsOf('053', PULL).github).toMatchObject({ actor: 'bob', triggering_actor: 'bob' });
    expect(contextsOf('053', PULL).pagure['agent']).toBe('pagure');
  });

  it('of a merge say merged', () => {
    expect(contextsOf('062', PULL).github['event']).toMatchObject({ pull_request: { merged: true, state: 'closed' } });
    expect(contextsOf('064', PULL).github['event']).toMatchObject({ pull_request: { merged: false, state: 'closed' } });
  });

  it('of a label name it', () => {
    expect(contextsOf('041', PULL).github['event']).toMatchObject({
      action: 'labeled',
      label: { name: 'ci' },
      pull_request: { labels: [{ name: 'ci' }, { name: 'urgent' }] },
    });
  });

  it('of a comment on a pull-request show an issue that is one', () => {
    const { github } = contextsOf('033', { eventName: 'issue_comment' });
    expect(github).toMatchObject({ head_ref: '', base_ref: '' });
    expect(github['event']).toMatchObject({
      action: 'created',
      comment: { id: 2, body: '[citest]', user: { login: 'bob' }, author_association: 'NONE' },
      issue: { number: 1, pull_request: { html_url: `${RECORDED_INSTANCE}/lab/pull-request/1` } },
    });
  });

  it('of a comment on an issue show the issue', () => {
    const event = contextsOf('074', { eventName: 'issue_comment' }).github['event'];
    expect(event).toMatchObject({
      comment: { id: 1, body: 'me too 🚀', user: { login: 'alice' }, author_association: 'OWNER' },
      issue: { number: 3, title: 'It breaks é', body: 'steps…\n* one', state: 'open', user: { login: 'bob' } },
    });
    expect(event).not.toHaveProperty('issue.pull_request');
  });

  it('of an edited comment show the edited one', () => {
    expect(contextsOf('045', { eventName: 'issue_comment' }).github['event']).toMatchObject({
      action: 'edited',
      comment: { id: 3, body: '/retest edited' },
    });
  });

  it('of a closed and of an assigned issue', () => {
    expect(contextsOf('099', { eventName: 'issues' }).github['event']).toMatchObject({
      action: 'closed',
      issue: { number: 3, state: 'closed', labels: [{ name: 'bug' }] },
    });
    expect(contextsOf('100', { eventName: 'issues' }).github['event']).toMatchObject({
      action: 'assigned',
      assignee: { login: 'bob' },
    });
  });

  it('of a raw topic have the payload of its kind', () => {
    expect(contextsOf('029', { eventName: 'pull-request.new' }).github['event']).toMatchObject({
      action: 'opened',
      number: 1,
    });
    expect(contextsOf('003', { eventName: 'Test.notification' }).github['event']).toMatchObject({
      sender: { login: '' },
      repository: { full_name: 'lab', id: null },
    });
  });

  it('never take another project for ours', () => {
    const { message } = recording('007');
    const repo = { ...(message.msg['repo'] as object), fullname: 'other', id: 99 };
    const { github } = readContexts(
      { topic: 'git.receive', msg: { ...message.msg, repo } },
      { instance: RECORDED_INSTANCE, fullname: 'lab' },
      RESOLVED,
    );
    expect(github).toMatchObject({ repository: 'lab', repository_id: '', repository_owner: '' });
  });

  it('are made without an error from whatever a message holds', () => {
    const eventName = fc.constantFrom('push', 'pull_request', 'issue_comment', 'issues', 'create', 'delete', 'x.y');
    fc.assert(
      fc.property(hostileMessage, eventName, (message, name) => {
        const contexts = readContexts(
          message,
          { instance: RECORDED_INSTANCE, fullname: 'lab' },
          { ...RESOLVED, eventName: name },
        );
        expect(() => JSON.stringify(contexts)).not.toThrow();
      }),
      { numRuns: 500 },
    );
  });
});
