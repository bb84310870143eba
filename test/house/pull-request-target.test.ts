/** `pull_request_target` through the whole house: the default branch's text, beside what the pull-request's own commits say. */
import { describe, expect, it, vi } from 'vitest';
import { restoreRepository, setRef } from '../fixtures/repositories/restore.js';
import { recording } from '../forge/recordings.js';
import { commitFile } from './commit-file.js';
import { openHouse, ShiftedClock, temporaryFolder } from './house.js';

const PUSH = recording('006');
const HEAD = PUSH.message.msg['end_commit'] as string;
const FOLDER = '.pagure/pipelines';

const pipeline = (on: string, run = 'true') => `on: ${on}\njobs: {one: {runs-on: host, steps: [{run: "${run}"}]}}\n`;

/** `number`: the recording that comes; its head stands where it stood if the pull-request is of the project itself. */
async function told(number: string, options: { main?: string; pull?: string; server?: Record<string, string> }) {
  const repositories = temporaryFolder('repositories');
  const lab = restoreRepository('lab', repositories);
  setRef(lab, 'refs/heads/main', HEAD);
  const main = options.main === undefined ? HEAD : commitFile(lab, 'main', `${FOLDER}/ci.yml`, options.main);
  const recorded = recording(number);
  const { commit_stop: head, branch_from: source } = recorded.message.msg['pullrequest'] as Record<string, string>;
  if (number === '029') setRef(lab, `refs/heads/${source}`, head!);
  const house = await openHouse({ clock: new ShiftedClock(recorded.message.timestamp * 1000 + 60_000), repositories });
  await house.register('lab', recorded.key, options.server ?? {});
  expect(await house.post(recorded)).toBe(202);
  await house.settle();
  return { house, main, head };
}

describe('pull_request_target', () => {
  it('runs the default branch for a pull-request of a fork, restricted, with its branches and payload', async () => {
    const says =
      'echo saw ${{ github.head_ref }} ${{ github.base_ref }} ${{ github.event.number }} ${{ github.sha }} ${{ github.event.pull_request.base.sha }}';
    const { house, main } = await told('048', { main: pipeline('pull_request_target', says) });
    const [run, ...more] = await house.runs();
    expect(more).toEqual([]);
    expect(run).toMatchObject({ pipelineKey: `repo:${FOLDER}/ci.yml`, trust: 'restricted', result: 'success' });
    expect(run!.pipelineCommit).toBe(main);
    expect(run!.resolved).toMatchObject({ eventName: 'pull_request_target', ref: 'refs/heads/main', commit: main });
    // So that its groups are not those of another stranger's pull-request (TRUST.md §2).
    expect(run!.resolved.pullRequest).toBe(2);
    expect(await house.log({ id: 1, attempt: 1 })).toContain(`saw bobfix main 2 ${main} ${main}`);
  });

  it('shows its flag on the head of the pull-request, beside that of its own run', async () => {
    const { house, head } = await told('029', { server: { both: pipeline('[pull_request, pull_request_target]') } });
    await house.untilDone(2);
    await vi.waitUntil(() => house.pagure.flagsOf(head!).filter(({ status }) => status === 'success').length === 2);
    expect(
      house.pagure
        .flagsOf(head!)
        .map(({ username }) => username)
        .sort(),
    ).toEqual(['pagure-actions: both', 'pagure-actions: both (pull_request_target)']);
    expect(house.pagure.flagsOf(HEAD)).toEqual([]);
  });

  it('of a file that names pull_request too starts both, each on its own ground', async () => {
    const { house, head } = await told('029', { server: { both: pipeline('[pull_request, pull_request_target]') } });
    const runs = (await house.runs()).toReversed();
    expect(runs.map(({ resolved }) => [resolved.eventName, resolved.ref, resolved.commit])).toEqual([
      ['pull_request', 'refs/pull/1/merge', head],
      ['pull_request_target', 'refs/heads/main', HEAD],
    ]);
    expect(await house.decisions(1)).toMatchObject([
      {
        outcome: 'started',
        runId: 1,
        reason:
          'on pull_request matches pull-request.new (opened); on pull_request_target matches pull-request.new (opened)',
      },
    ]);
  });

  it('is never read from the commits of the pull-request', async () => {
    const { house } = await told('029', { server: { ci: pipeline('{pull_request_target: {branches: [other]}}') } });
    expect(await house.runs()).toEqual([]);
    const [decision] = await house.decisions(1);
    expect(decision).toMatchObject({ outcome: 'filtered' });
    expect(decision!.reason).toContain('pull_request_target: branches [other] do not match main');
  });

  it('starts once for an update and the comment that tells of it', async () => {
    const { house } = await told('050', { server: { t: pipeline('pull_request_target') } });
    await house.post(recording('051'));
    await house.settle();
    expect((await house.runs()).map(({ resolved }) => resolved.eventName)).toEqual(['pull_request_target']);
  });
});
