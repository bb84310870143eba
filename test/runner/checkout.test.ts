/** The built-in actions/checkout: its inputs, each once. */
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { JobOrder } from '../../src/model/job-order.js';
import { byNumber, outcomes, runSteps } from './one-job.js';

const FILES = { 'a/x': 'ax', 'a/deep/y': 'ay', 'b/z': 'bz', top: 'top' };

type Prepared = (order: JobOrder) => JobOrder;

function mirrorGit({ source }: JobOrder, ...args: readonly string[]): string {
  const who = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org'];
  return execFileSync('git', ['-C', source.mirror, ...who, ...args], { encoding: 'utf8' }).trim();
}

/** A second commit, with a file `second` beside those of the first, that nothing leads to. */
function secondCommit(order: JobOrder): string {
  const blob = mirrorGit(order, 'rev-parse', `${order.source.commit}:README.md`);
  const tree = execFileSync('git', ['-C', order.source.mirror, 'mktree'], {
    encoding: 'utf8',
    input: `100644 blob ${blob}\tsecond\n`,
  }).trim();
  return mirrorGit(order, 'commit-tree', '-p', order.source.commit, '-m', 'second', tree);
}

/** Makes these refs name the second commit; the title of the event is its id. */
function withSecond(refs: readonly string[], change: Prepared = (order) => order): Prepared {
  return (order) => {
    const second = secondCommit(order);
    for (const ref of refs) mirrorGit(order, 'update-ref', ref, second);
    const github = { ...order.contexts.github, event: { second } };
    return change({ ...order, contexts: { ...order.contexts, github } });
  };
}

/** Gives the mirror another branch and a tag. */
const moreRefs = {
  files: FILES,
  prepare: (order: JobOrder) => {
    mirrorGit(order, 'branch', 'other', order.source.commit);
    mirrorGit(order, 'tag', 'v1', order.source.commit);
    return order;
  },
};

describe('actions/checkout', () => {
  it('puts the commit into a folder of the workspace', async () => {
    const told = await runSteps(
      '- { id: c, uses: actions/checkout@v4, with: { path: sub/dir } }\n- run: ls; cat sub/dir/top; git -C sub/dir status --short; echo "${{ steps.c.outputs.ref }}"',
      { files: FILES },
    );
    expect(told.log).toMatch(/^sub\ntop.*refs\/heads\/main$/m);
    expect(told.result.result).toBe('success');
  });

  it('keeps out of what does not lie in the workspace', async () => {
    const told = await runSteps('- { uses: actions/checkout@v4, with: { path: ../out } }');
    expect(byNumber(told)[0]?.reason).toBe('the path of a checkout must lie in the workspace');
  });

  it('takes away what was there before, unless clean is false', async () => {
    const told = await runSteps(
      `
- run: touch stray
- { uses: actions/checkout@v4, with: { clean: false } }
- run: test -e stray; touch untracked; echo changed > top
- { uses: actions/checkout@v4, with: { clean: false } }
- run: test -e stray; test -e untracked; test "$(cat top)" = top
- uses: actions/checkout@v4
- run: test ! -e stray; test ! -e untracked; test -e a/x`,
      { files: FILES },
    );
    expect(byNumber(told).map(({ reason }) => reason)).toEqual(Array(7).fill(null));
  });

  it('writes folders of the tree alone, or what patterns name, and all of it again', async () => {
    const told = await runSteps(
      `
- { uses: actions/checkout@v4, with: { sparse-checkout: a } }
- run: test -e a/deep/y; test -e top; test ! -e b; git status --short
- uses: actions/checkout@v4
- run: test -e b/z; test -e a/x
- { uses: actions/checkout@v4, with: { path: p, sparse-checkout: "/b/*\\n!/a", sparse-checkout-cone-mode: false } }
- run: test -e p/b/z; test ! -e p/top; test ! -e p/a`,
      { files: FILES },
    );
    expect(byNumber(told).map(({ reason }) => reason)).toEqual(Array(6).fill(null));
  });

  it('has the whole history, and with fetch-depth 0 all branches and tags', async () => {
    const told = await runSteps(
      `
- uses: actions/checkout@v4
- run: git log --oneline | wc -l; git branch --all --list '*other'; git tag
- { uses: actions/checkout@v4, with: { fetch-tags: true } }
- run: git describe --tags; git branch --all --list '*other'
- { uses: actions/checkout@v4, with: { fetch-depth: 0 } }
- run: git branch --all --list '*other'; git merge-base HEAD origin/other`,
      moreRefs,
    );
    expect(told.result.result).toBe('success');
    expect(told.log).toMatch(/^1\n##/m);
    expect(told.log).toMatch(/^v1\n##[^]*^ {2}remotes\/origin\/other\n[0-9a-f]{40}$/m);
  });

  it.each([
    ['repository', 'somebody/else'],
    ['submodules', 'true'],
    ['submodules', 'recursive'],
    ['lfs', 'true'],
    ['ssh-key', 'x'],
    ['nonsense', 'x'],
  ])('refuses %s: %s by name', async (input, value) => {
    const told = await runSteps(`- { uses: actions/checkout@v4, with: { ${input}: ${value} } }`);
    expect(outcomes(told)).toEqual(['failure']);
    expect(byNumber(told)[0]?.reason).toContain(`'${input}'`);
  });

  it('takes what it would do anyway', async () => {
    const told = await runSteps(
      '- { uses: actions/checkout@v4, with: { ref: "${{ github.ref }}", repository: "${{ github.repository }}", token: "${{ github.token }}", persist-credentials: false, submodules: false, lfs: false, fetch-depth: 1 } }',
    );
    expect(told.result.result).toBe('success');
  });

  it.each([
    ['other', ['refs/heads/other'], 'refs/heads/other'],
    ['feature/x', ['refs/heads/feature/x'], 'refs/heads/feature/x'],
    ['refs/heads/other', ['refs/heads/other'], 'refs/heads/other'],
    ['v2', ['refs/tags/v2'], ''],
    ['refs/tags/v2', ['refs/tags/v2', 'refs/heads/v2'], ''],
    ['v2', ['refs/tags/v2', 'refs/heads/v2'], 'refs/heads/v2'],
    ['main', ['refs/heads/main'], 'refs/heads/main'],
    ['${{ github.ref }}', ['refs/heads/main'], 'refs/heads/main'],
    ['${{ github.event.second }}', ['refs/heads/other'], ''],
    ['${{ github.event.second }}', ['refs/tags/v2'], ''],
  ])('puts what the project has as %s into the workspace (%j)', async (ref, refs, head) => {
    const told = await runSteps(
      `
- { id: c, uses: actions/checkout@v4, with: { ref: "${ref}" } }
- run: test -e second; test "$(git rev-parse HEAD)" = '\${{ steps.c.outputs.commit }}'; test '\${{ steps.c.outputs.commit }}' = '\${{ github.event.second }}'
- run: test "$(git symbolic-ref --quiet HEAD)" = '${head}'; test '\${{ steps.c.outputs.ref }}' = '${ref}'`,
      { prepare: withSecond(refs) },
    );
    expect(byNumber(told).map(({ reason }) => reason)).toEqual([null, null, null]);
  });

  it('of a pull-request finds the branches of the project, not those of the store of the pull-request', async () => {
    const steps = `
- { uses: actions/checkout@v4, with: { ref: main, path: main } }
- run: test -e main/README.md
- { uses: actions/checkout@v4, with: { fetch-depth: 0 } }
- run: test -e second; git branch --all --list '*other*'; git rev-parse origin/main
- { uses: actions/checkout@v4, with: { ref: other } }`;
    const told = await runSteps(steps, { prepare: withSecond([], asPullRequest) });
    expect(outcomes(told)).toEqual([...Array(4).fill('success'), 'failure']);
    expect(told.log).not.toMatch(/remotes\/origin\/other/);
  });

  it('follows a tag of a tag to its commit', async () => {
    const told = await runSteps('- { uses: actions/checkout@v4, with: { ref: v3 } }\n- run: test -e second', {
      prepare: withSecond(['refs/heads/other'], (order) => {
        mirrorGit(order, 'tag', '-a', '-m', 'inner', 'v2', 'other');
        mirrorGit(order, 'tag', '-a', '-m', 'outer', 'v3', 'v2');
        return order;
      }),
    });
    expect(outcomes(told)).toEqual(['success', 'success']);
  });

  it.each(['refs/pull/7/merge', 'refs/pull/7/head'])(
    'takes %s of its own pull-request for its own commit',
    async (ref) => {
      const told = await runSteps(
        `- { id: c, uses: actions/checkout@v4, with: { ref: ${ref} } }\n- run: test -e README.md; test -z "$(git symbolic-ref -q HEAD)"`,
        { prepare: (order) => ({ ...order, source: { ...order.source, ref: 'refs/pull/7/merge' } }) },
      );
      expect(outcomes(told)).toEqual(['success', 'success']);
    },
  );

  it('takes the own commit of the run although nothing leads to it any more', async () => {
    const told = await runSteps(
      '- { uses: actions/checkout@v4, with: { ref: "${{ github.event.second }}" } }\n- run: test -e second',
      {
        prepare: (order) =>
          withSecond([], (next) => ({ ...next, source: { ...next.source, commit: secondOf(next) } }))(order),
      },
    );
    expect(outcomes(told)).toEqual(['success', 'success']);
  });

  it.each([
    'nobody',
    'v9',
    '-x',
    '--all',
    'a..b',
    'main^',
    'HEAD',
    '*',
    'refs/heads/nobody',
    '${{ github.event.second }}',
  ])('fails for %s, which the project has not', async (ref) => {
    const told = await runSteps(`- { uses: actions/checkout@v4, with: { ref: "${ref}" } }`, {
      prepare: withSecond([]),
    });
    expect(outcomes(told)).toEqual(['failure']);
    expect(byNumber(told)[0]?.reason).toMatch(/^actions\/checkout: '.+' is no branch and no tag of the project/);
  });
});

function secondOf({ contexts }: JobOrder): string {
  const event = contexts.github['event'];
  return event !== null && typeof event === 'object' && 'second' in event ? String(event['second']) : '';
}

/** The second commit is in a repository that borrows from the mirror, and a branch there. */
function asPullRequest(order: JobOrder): JobOrder {
  const project = order.source.mirror;
  const mirror = `${project}.pull`;
  const commit = secondOf(order);
  execFileSync('git', ['clone', '--quiet', '--bare', '--shared', project, mirror]);
  execFileSync('git', ['-C', mirror, 'update-ref', 'refs/heads/other', commit]);
  return { ...order, source: { ...order.source, mirror, project, commit, ref: 'refs/pull/7/merge' } };
}
