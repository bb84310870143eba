/**
 * Pwn requests (actions/checkout v7, TRUST.md §7.4): a pipeline of the default branch, started by a comment, another run, a flag or
 * a dispatch, checks out what a stranger proposed and runs it with the project's secrets. The checkout refuses whatever the
 * project's own branches and tags do not lead to, in each spelling.
 */
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { JobOrder } from '../../src/model/job-order.js';
import { byNumber, runSteps } from '../runner/one-job.js';

const HEAD = 'a-branch-of-the-fork';

function git({ source }: JobOrder, ...args: readonly string[]): string {
  const who = ['-c', 'user.name=Eve', '-c', 'user.email=eve@example.org'];
  return execFileSync('git', ['-C', source.mirror, ...who, ...args], { encoding: 'utf8' }).trim();
}

/** The stranger's commit lies in the mirror, and even has the refs that a forge gives to pull-requests. */
function attacked(order: JobOrder, eventName: string): JobOrder {
  const tree = git(order, 'rev-parse', 'HEAD^{tree}');
  const sha = git(order, 'commit-tree', '-p', order.source.commit, '-m', 'pwned', tree);
  git(order, 'update-ref', 'refs/pull/7/head', sha);
  git(order, 'update-ref', 'refs/pull/7/merge', sha);
  git(order, 'update-ref', 'refs/requests/7/head', sha);
  git(order, 'update-ref', `refs/remotes/fork/${HEAD}`, sha);
  const head = { sha, ref: HEAD, repo: { full_name: 'stranger/lab' } };
  const event = {
    issue: { number: 7, pull_request: {} },
    pull_request: { number: 7, head },
    workflow_run: { head_sha: sha, head_branch: HEAD },
    inputs: { ref: sha, branch: HEAD },
  };
  const github = { ...order.contexts.github, event_name: eventName, event };
  return { ...order, contexts: { ...order.contexts, github } };
}

const EVENTS = [
  'issue_comment',
  'workflow_run',
  'pull_request_target',
  'pull-request.flag.added',
  'workflow_dispatch',
  'repository_dispatch',
  'schedule',
];

const INPUTS = [
  'ref: "${{ github.event.pull_request.head.sha }}"',
  'ref: "${{ github.event.workflow_run.head_sha }}"',
  'ref: "${{ github.event.inputs.ref }}"',
  'ref: "${{ github.event.pull_request.head.ref }}"',
  'ref: "refs/pull/${{ github.event.issue.number }}/head"',
  'ref: "refs/pull/${{ github.event.issue.number }}/merge"',
  'ref: "refs/heads/../pull/7/head"',
  'ref: "pull/7/head"',
  'ref: "refs/requests/7/head"',
  `ref: "refs/remotes/fork/${HEAD}"`,
  `ref: "fork/${HEAD}"`,
  'repository: "${{ github.event.pull_request.head.repo.full_name }}"',
  'repository: stranger/lab, ref: main',
];

describe.each(EVENTS)('a run of %s', (eventName) => {
  it('checks out nothing that the branches and tags of the project do not lead to', async () => {
    const steps = INPUTS.map(
      (input) => `- { continue-on-error: true, uses: actions/checkout@v4, with: { ${input}, path: there } }`,
    );
    const told = await runSteps(`${steps.join('\n')}\n- run: test ! -e there`, {
      prepare: (order) => attacked(order, eventName),
    });
    expect(byNumber(told).map(({ outcome }) => outcome)).toEqual([...INPUTS.map(() => 'failure'), 'success']);
  });

  it('still checks out its own commit and branches', async () => {
    const told = await runSteps(
      '- uses: actions/checkout@v4\n- { uses: actions/checkout@v4, with: { ref: main } }\n- { uses: actions/checkout@v4, with: { ref: "${{ github.event.repository.default_branch || github.ref }}" } }',
      { prepare: (order) => attacked(order, eventName) },
    );
    expect(told.result.result).toBe('success');
  });
});
