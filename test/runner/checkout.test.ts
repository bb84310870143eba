/** The built-in actions/checkout: its inputs, each once. */
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { byNumber, outcomes, runSteps } from './one-job.js';

const FILES = { 'a/x': 'ax', 'a/deep/y': 'ay', 'b/z': 'bz', top: 'top' };

/** Gives the mirror another branch and a tag. */
const moreRefs = {
  files: FILES,
  prepare: <Order extends { readonly source: { readonly mirror: string; readonly commit: string } }>(order: Order) => {
    const git = (...args: string[]) => execFileSync('git', ['-C', order.source.mirror, ...args]);
    git('branch', 'other', order.source.commit);
    git('tag', 'v1', order.source.commit);
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
    ['ref', 'other'],
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
});
