/** What starts a pipeline, and which filter says no. */
import { describe, expect, it } from 'vitest';
import { matchTrigger, type TriggerEvent } from '../../src/pipeline/index.js';
import { pipelineOf, PULL_REQUEST, PUSH } from './samples.js';

function match(on: string, event: TriggerEvent) {
  return matchTrigger(pipelineOf(`on: ${on}\njobs: {a: {runs-on: x, steps: [{run: x}]}}\n`), event);
}

const TAG = { ...PUSH, topic: 'git.tag.creation', kind: 'create' as const, ref: 'refs/tags/v1' };

describe('matchTrigger', () => {
  it('matches topics as they stand and by glob', () => {
    expect(match('deploy.requested', { ...PUSH, topic: 'deploy.requested', kind: 'other' })).toMatchObject({
      kind: 'match',
      eventName: 'deploy.requested',
    });
    expect(match('pull-request.*', PULL_REQUEST)).toMatchObject({ kind: 'match', eventName: 'pull-request.new' });
    expect(match('git.receive', PULL_REQUEST)).toEqual({
      kind: 'no',
      reason: 'on names git.receive, this event is pull-request.new',
    });
  });

  it('takes push for receives and creations', () => {
    expect(match('push', PUSH)).toMatchObject({ kind: 'match', eventName: 'push' });
    expect(match('push', TAG)).toMatchObject({ kind: 'match', eventName: 'push' });
    expect(match('create', TAG)).toMatchObject({ kind: 'match', eventName: 'create' });
  });

  it('says which filter said no on which value', () => {
    expect(match("{push: {branches: [dev, '!x']}}", PUSH)).toEqual({
      kind: 'no',
      reason: 'push: branches [dev, !x] do not match main',
    });
    expect(match('{push: {branches-ignore: ma?in}}', PUSH)).toEqual({
      kind: 'no',
      reason: 'push: branches-ignore [ma?in] matches main',
    });
  });

  it('does not match tags when only branches are given, and the other way round', () => {
    expect(match('{push: {branches: ["**"]}}', TAG).kind).toBe('no');
    expect(match('{push: {tags: ["**"]}}', PUSH).kind).toBe('no');
    expect(match('{push: {tags: ["v*"]}}', TAG).kind).toBe('match');
  });

  it('takes opened, synchronize and reopened when a pull_request names no types', () => {
    expect(match('pull_request', PULL_REQUEST).kind).toBe('match');
    expect(match('pull_request', { ...PULL_REQUEST, action: 'closed' })).toEqual({
      kind: 'no',
      reason: 'pull_request: types [opened, synchronize, reopened] do not hold closed',
    });
    expect(match('{pull_request: {types: closed}}', { ...PULL_REQUEST, action: 'closed' }).kind).toBe('match');
  });

  it('asks for the changed paths only when a filter looks at them', () => {
    expect(match('push', { ...PUSH, changedPaths: null }).kind).toBe('match');
    expect(match('{push: {paths: [src/**]}}', { ...PUSH, changedPaths: null })).toEqual({
      kind: 'needs',
      what: 'changed-paths',
    });
    expect(match('{push: {paths: [src/**]}}', PUSH).kind).toBe('match');
    expect(match('{push: {paths-ignore: ["**.md"]}}', { ...PUSH, changedPaths: ['a.md', 'b/c.md'] }).kind).toBe('no');
    expect(match('{push: {paths: ["**"], branches: [x]}}', { ...PUSH, changedPaths: null }).kind).toBe('no');
  });

  it('counts path filters as matched where the paths may not be known', () => {
    const answer = match('{pull_request: {paths: [src/**]}}', { ...PULL_REQUEST, changedPaths: 'unavailable' });
    expect(answer).toMatchObject({ kind: 'match', reason: expect.stringContaining('count as matched') as string });
  });

  it('matches nothing on paths when no file changed', () => {
    expect(match('{pull_request: {paths-ignore: [x]}}', { ...PULL_REQUEST, changedPaths: [] }).kind).toBe('no');
  });

  it('skips push and pull_request by a word in the head commit, and asks for its message', () => {
    expect(match('push', { ...PUSH, headMessage: null })).toEqual({ kind: 'needs', what: 'head-message' });
    expect(match('push', { ...PUSH, headMessage: 'x [Skip CI]' })).toEqual({
      kind: 'no',
      reason: 'push: the head commit says [skip ci]',
    });
    expect(match('pull_request', { ...PULL_REQUEST, headMessage: 'x\n\nskip-checks: true\n' }).kind).toBe('no');
    expect(match('git.receive', { ...PUSH, headMessage: null }).kind).toBe('match');
  });

  it('takes comments for issue_comment, those of the forge itself not', () => {
    const event = { ...PULL_REQUEST, topic: 'pull-request.comment.added', kind: 'comment' as const, action: 'created' };
    expect(match('issue_comment', event)).toMatchObject({ kind: 'match', action: 'created' });
    expect(match('{issue_comment: {types: edited}}', event).kind).toBe('no');
    for (const action of [null, 'synchronize'])
      expect(match('[issue_comment, pull_request]', { ...event, action }).kind).toBe('no');
  });

  it('filters a topic by its users', () => {
    expect(match('{git.receive: {users: [bob]}}', PUSH)).toEqual({
      kind: 'no',
      reason: 'git.receive: users [bob] do not hold alice',
    });
    expect(match('{git.receive: {users: [alice]}}', PUSH).kind).toBe('match');
  });
});
