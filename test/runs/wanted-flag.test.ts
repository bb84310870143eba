/** TRUST.md §5 and FACTS §4: what a flag says of a run. */
import { describe, expect, it } from 'vitest';
import { runOfUrl, wantedFlag } from '../../src/runs/wanted-flag.js';
import { COMMIT, job, run } from './samples.js';

const URL = 'https://ci.example.org';
const done = (key: string, result: 'success' | 'failure' | 'skipped' | 'error', continueOnError = false) =>
  job({ key, continueOnError }, { state: 'done', result });

describe('the wanted flag', () => {
  it('is pending while the run is not done', () => {
    expect(wantedFlag(run(), [], URL)).toMatchObject({
      status: 'pending',
      comment: 'queued or running',
      commit: COMMIT,
    });
  });

  it('says of a held run why it is held', () => {
    const held = run({ trust: 'held', trustReason: 'held: the source is not this project', state: 'waiting' });
    expect(wantedFlag(held, [], URL)).toMatchObject({
      status: 'pending',
      comment: 'held: the source is not this project',
    });
  });

  it('counts the jobs that passed and names those that were allowed to fail', () => {
    const flag = wantedFlag(run({ result: 'success' }), [done('a', 'success'), done('lint', 'failure', true)], URL);
    expect(flag).toMatchObject({ status: 'success', comment: 'passed: 2 jobs, allowed to fail: lint' });
  });

  it('names the jobs that failed', () => {
    const flag = wantedFlag(run({ result: 'failure' }), [done('a', 'success'), done('b', 'failure')], URL);
    expect(flag).toMatchObject({ status: 'failure', comment: 'failed: b (1 of 2 jobs)' });
  });

  it('reports a skipped run as success and says so', () => {
    const flag = wantedFlag(run({ result: 'skipped', reason: 'its condition was false' }), [done('a', 'skipped')], URL);
    expect(flag).toMatchObject({ status: 'success', comment: 'skipped: its condition was false' });
  });

  it('is not wanted of a run without a subject', () => {
    expect(wantedFlag(run({ subject: null }), [], URL)).toBeNull();
  });

  it('stands on the commit that its event names, also where another one is tested', () => {
    const head = 'b'.repeat(40);
    const target = run({ subject: `pull-target/3@${head}`, pipelineName: 'ci' });
    expect(target.resolved.commit).toBe(COMMIT);
    expect(wantedFlag(target, [], URL)).toMatchObject({
      commit: head,
      username: 'pagure-actions: ci (pull_request_target)',
    });
    const branch = run({ subject: `refs/heads/a@b@${head}` });
    expect(wantedFlag(branch, [], URL)?.commit).toBe(head);
  });

  it('leads to the run, and is known again by its url alone', () => {
    expect(wantedFlag(run(), [], URL)?.url).toBe('https://ci.example.org/runs/7');
    expect(runOfUrl(URL, 'https://ci.example.org/runs/7')).toBe(7);
    for (const url of ['https://ci.example.org.evil.org/runs/7', `${URL}/runs/7x`, `${URL}/runs/`, 'https://x/runs/7'])
      expect(runOfUrl(URL, url)).toBeNull();
  });
});
