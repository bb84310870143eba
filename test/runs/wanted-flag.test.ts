/** TRUST.md §5 and FACTS §4: what a flag says of a run. */
import { describe, expect, it } from 'vitest';
import { runOfUrl, wantedFlag, wantedJobFlags } from '../../src/runs/wanted-flag.js';
import { COMMIT, job, plannedRun, run } from './samples.js';

const URL = 'https://ci.example.org';
const SCENE = { publicUrl: URL };
const THREE =
  'on: push\njobs:\n' + ['a', 'b', 'c'].map((id) => `  ${id}: { runs-on: host, steps: [{ run: x }] }\n`).join('');
const done = (key: string, result: 'success' | 'failure' | 'skipped' | 'error', continueOnError = false) =>
  job({ key, continueOnError }, { state: 'done', result });

describe('the wanted flag', () => {
  it('is pending while the run is not done', () => {
    expect(wantedFlag(run(), [], SCENE)).toMatchObject({
      status: 'pending',
      comment: 'queued',
      percent: null,
      commit: COMMIT,
    });
  });

  it('says how much of a run under way is done, also of jobs that are still to come', () => {
    const under = plannedRun(THREE, { state: 'running' });
    const jobs = [done('a', 'success'), job({ key: 'b' }, { state: 'running' })];
    expect(wantedFlag(under, jobs, SCENE)).toMatchObject({ comment: 'running: 1 of 3 jobs done', percent: 33 });
    const failing = wantedFlag(under, [done('a', 'failure'), done('b', 'success'), done('c', 'success')], SCENE);
    expect(failing).toMatchObject({ status: 'pending', comment: 'running: 3 of 3 jobs done, 1 failed', percent: 99 });
  });

  it('says of a run that waits for an approval what it changes', () => {
    const trustReason = 'waiting for approval: changes ci.yml and build.sh';
    const held = run({ trust: 'held', trustReason, state: 'waiting' });
    expect(wantedFlag(held, [], SCENE)).toMatchObject({ status: 'pending', comment: trustReason });
  });

  it('says of a held run why it is held', () => {
    const held = run({ trust: 'held', trustReason: 'held: the source is not this project', state: 'waiting' });
    expect(wantedFlag(held, [], SCENE)).toMatchObject({
      status: 'pending',
      comment: 'held: the source is not this project',
    });
  });

  it('counts the jobs that passed and names those that were allowed to fail', () => {
    const flag = wantedFlag(run({ result: 'success' }), [done('a', 'success'), done('lint', 'failure', true)], SCENE);
    expect(flag).toMatchObject({ status: 'success', comment: 'passed, 1 allowed failure: lint' });
    const all = wantedFlag(run({ result: 'success' }), [done('a', 'success'), done('b', 'skipped')], SCENE);
    expect(all).toMatchObject({ status: 'success', comment: 'passed: 1 job', percent: null });
  });

  it('names the jobs that failed', () => {
    const flag = wantedFlag(run({ result: 'failure' }), [done('a', 'success'), done('b', 'failure')], SCENE);
    expect(flag).toMatchObject({ status: 'failure', comment: '1 of 2 jobs passed; b failed' });
  });

  it('counts the errors that failed jobs pointed out, and names three of many jobs', () => {
    const one = [...'abc'].map((key) => done(key, 'success'));
    const bad = { ...done('t', 'failure'), name: 'test (3.12)' };
    const errors = new Map([['t', 2]]);
    const rest = [done('d', 'skipped'), done('e', 'skipped'), done('lint', 'failure', true)];
    const flag = wantedFlag(run({ result: 'failure' }), [...one, bad, ...rest], { ...SCENE, errors });
    expect(flag?.comment).toBe('3 of 7 jobs passed; test (3.12) failed: 2 errors');
    const why = { ...bad, reason: 'try it: exit code 3' };
    expect(wantedFlag(run({ result: 'failure' }), [why], SCENE)?.comment).toBe(
      'test (3.12) failed: try it: exit code 3',
    );
    const many = [...'vwxyz'].map((key) => done(key, 'failure'));
    expect(wantedFlag(run({ result: 'failure' }), many, SCENE)?.comment).toBe(
      '0 of 5 jobs passed; v, w, x and 2 more failed',
    );
    expect(wantedFlag(run({ result: 'failure' }), [bad], { ...SCENE, errors })?.comment).toBe(
      'test (3.12) failed: 2 errors',
    );
  });

  it('is one line of bounded length without blanks at its ends, whatever a job or a reason is called', () => {
    const name = `  $(id)\n\u202e${'x '.repeat(10_000)}`;
    const jobs = [...'abc'].map((key) => ({ ...done(key, 'failure'), name: `${name}${key}` }));
    for (const one of [
      wantedFlag(run({ result: 'failure', pipelineName: name }), jobs, SCENE)!,
      wantedFlag(run({ result: 'canceled', reason: name }), [], SCENE)!,
      ...wantedJobFlags(run({ result: 'failure' }), jobs, SCENE),
    ]) {
      for (const text of [one.comment, one.username]) {
        expect(text).toBe(text.trim());
        expect(text).not.toMatch(/[\n\u202e]/);
        expect(text.length).toBeLessThanOrEqual(250);
      }
    }
  });

  it('of a superseded commit is canceled and says so', () => {
    const flag = wantedFlag(run({ result: 'canceled', reason: 'superseded: the branch has moved on' }), [], SCENE);
    expect(flag).toMatchObject({ status: 'canceled', comment: 'canceled: superseded: the branch has moved on' });
  });

  it('of single jobs stands beside that of the run, each with a key of its own', () => {
    const jobs = [done('a', 'success'), done('lint', 'failure', true), done('b', 'failure'), done('c', 'skipped')];
    const flags = wantedJobFlags(run({ result: 'failure' }), jobs, { ...SCENE, errors: new Map([['b', 1]]) });
    expect(flags.map(({ jobKey, username, status, comment }) => [jobKey, username, status, comment])).toEqual([
      ['a', 'pagure-actions: CI / a', 'success', 'passed'],
      ['lint', 'pagure-actions: CI / lint', 'success', 'failed, as it may'],
      ['b', 'pagure-actions: CI / b', 'failure', 'failed: 1 error'],
      ['c', 'pagure-actions: CI / c', 'success', 'skipped'],
    ]);
    const many = Array.from({ length: 300 }, (_, at) => done(`m[${at}]`, 'success'));
    expect(wantedJobFlags(run(), many, SCENE)).toHaveLength(50);
  });

  it('reports a skipped run as success and says so', () => {
    const flag = wantedFlag(
      run({ result: 'skipped', reason: 'its condition was false' }),
      [done('a', 'skipped')],
      SCENE,
    );
    expect(flag).toMatchObject({ status: 'success', comment: 'skipped: its condition was false' });
  });

  it('is not wanted of a run without a subject', () => {
    expect(wantedFlag(run({ subject: null }), [], SCENE)).toBeNull();
  });

  it('stands on the commit that its event names, also where another one is tested', () => {
    const head = 'b'.repeat(40);
    const target = run({ subject: `pull-target/3@${head}`, pipelineName: 'ci' });
    expect(target.resolved.commit).toBe(COMMIT);
    expect(wantedFlag(target, [], SCENE)).toMatchObject({
      commit: head,
      username: 'pagure-actions: ci (pull_request_target)',
    });
    const branch = run({ subject: `refs/heads/a@b@${head}` });
    expect(wantedFlag(branch, [], SCENE)?.commit).toBe(head);
  });

  it('leads to the run, and is known again by its url alone', () => {
    expect(wantedFlag(run(), [], SCENE)?.url).toBe('https://ci.example.org/runs/7');
    expect(runOfUrl(URL, 'https://ci.example.org/runs/7')).toBe(7);
    for (const url of ['https://ci.example.org.evil.org/runs/7', `${URL}/runs/7x`, `${URL}/runs/`, 'https://x/runs/7'])
      expect(runOfUrl(URL, url)).toBeNull();
  });
});
