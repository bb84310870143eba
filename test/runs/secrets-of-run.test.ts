/** TRUST §2: secrets go to the default branch and tags unless they name more refs; a trusted pull-request counts as its source branch. */
import { describe, expect, it } from 'vitest';
import type { Run } from '../../src/model/run.js';
import { secretsOfRun } from '../../src/runs/secrets-of-run.js';
import { run } from './samples.js';

const SECRETS = [
  { name: 'PLAIN', refs: [] },
  { name: 'RELEASE', refs: ['release/*'] },
  { name: 'WHOLE', refs: ['refs/heads/feature/*'] },
];

function given(ref: string, change: Partial<Run['resolved']> = {}, trust: Run['trust'] = 'trusted') {
  const resolved = { ...run().resolved, ref, ...change };
  return secretsOfRun({ trust, resolved }, SECRETS);
}

describe('the secrets of a run', () => {
  it.each([
    ['refs/heads/main', ['PLAIN', 'RELEASE', 'WHOLE']],
    ['refs/tags/v1', ['PLAIN', 'RELEASE', 'WHOLE']],
    ['refs/heads/release/2', ['RELEASE']],
    ['refs/heads/release/2/x', []],
    ['refs/heads/feature/one', ['WHOLE']],
    ['refs/heads/other', []],
  ])('on %s are %j', (ref, names) => {
    expect(given(ref)).toEqual(names);
  });

  it.each(['restricted', 'held'] as const)('are none where it is %s, on whatever ref', (trust) => {
    expect(given('refs/heads/main', {}, trust)).toEqual([]);
  });

  it('of a trusted pull-request are those of its source branch', () => {
    expect(given('refs/pull/1/merge', { headBranch: 'release/2' })).toEqual(['RELEASE']);
    expect(given('refs/pull/1/merge', { headBranch: 'main' })).toEqual(['PLAIN', 'RELEASE', 'WHOLE']);
    expect(given('refs/pull/1/merge')).toEqual([]);
  });

  it('are none for a branch that is named like the default one but is not it', () => {
    expect(given('refs/heads/refs/heads/main')).toEqual([]);
    expect(given('refs/heads/refs/tags/v1')).toEqual([]);
  });

  it.each([
    [['!**', 'main'], ['refs/heads/main']],
    [['!refs/tags/**'], ['refs/heads/main']],
    [['!**', 'release/*'], ['refs/heads/release/2']],
    [['!main'], ['refs/tags/v1']],
    [['!**'], []],
    [
      ['release/*', '!release/2'],
      ['refs/heads/main', 'refs/tags/v1'],
    ],
    [['!**', 'refs/tags/v*'], ['refs/tags/v1']],
    [['!['], []],
  ])('with the patterns %j go to %j alone', (refs, expected) => {
    const all = ['refs/heads/main', 'refs/tags/v1', 'refs/heads/release/2', 'refs/heads/other'];
    const isGiven = (ref: string) =>
      secretsOfRun({ trust: 'trusted', resolved: { ...run().resolved, ref } }, [{ name: 'ONE', refs }]).length > 0;
    expect(all.filter(isGiven)).toEqual(expected);
  });

  it('limited to main go to a trusted pull-request from main, and to none from another branch', () => {
    const only = [{ name: 'ONE', refs: ['!**', 'main'] }];
    const of = (headBranch: string) => {
      const resolved = { ...run().resolved, ref: 'refs/pull/1/merge', headBranch };
      return secretsOfRun({ trust: 'trusted', resolved }, only);
    };
    expect([of('main'), of('feature')]).toEqual([['ONE'], []]);
  });

  it('by a pattern that is none go nowhere, and stop nothing', () => {
    const resolved = { ...run().resolved, ref: 'refs/heads/x' };
    expect(secretsOfRun({ trust: 'trusted', resolved }, [{ name: 'BAD', refs: ['[', 'x'] }])).toEqual(['BAD']);
  });
});
