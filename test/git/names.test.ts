/** Which texts are passed to git at all: refs by git's own rules, ids of 40 hex digits, folders that stay inside. */
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { branchOf, isFolder, isObjectId, isRefName } from '../../src/git/names.js';

function gitAccepts(ref: string): boolean {
  try {
    execFileSync('git', ['check-ref-format', ref], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const PARTS = [
  'a',
  'main',
  '-x',
  '.',
  '..',
  '.a',
  'a.',
  'a.lock',
  'lock',
  '@',
  '@{',
  '{',
  ' ',
  '~',
  '^1',
  ':',
  '?',
  '*',
  '[',
];
const MORE = ['\\', '\n', '\t', '\x7f', '\u00e9', '', '//', '--upload-pack=x', '$(x)', '`x`', ';', '"', "'"];

describe('a ref', () => {
  it('is accepted exactly when git accepts it', { timeout: 240_000 }, () => {
    const name = fc.array(fc.constantFrom(...PARTS, ...MORE), { minLength: 1, maxLength: 4 });
    const joined = fc.tuple(name, fc.constantFrom('', '/')).map(([parts, glue]) => `refs/heads/${parts.join(glue)}`);
    fc.assert(
      fc.property(joined, (ref) => isRefName(ref) === gitAccepts(ref)),
      { numRuns: 300 },
    );
  });

  it.each(['main', 'HEAD', '-x', '--all', '', 'refs', 'refs/', 'xrefs/heads/a', ' refs/heads/a'])(
    '%j is none',
    (text) => {
      expect(isRefName(text)).toBe(false);
    },
  );

  it('longer than a thousand characters is none', () => {
    expect(isRefName(`refs/heads/${'a'.repeat(1_000)}`)).toBe(false);
  });

  it('is a branch below refs/heads/ only', () => {
    expect(branchOf('refs/heads/feature/one')).toBe('feature/one');
    expect(branchOf('refs/tags/v1')).toBeNull();
    expect(branchOf('refs/heads/')).toBeNull();
    expect(branchOf('refs/heads/a..b')).toBeNull();
  });
});

describe('an object id', () => {
  it('is 40 lower-case hex digits and nothing around them', () => {
    expect(isObjectId('0'.repeat(40))).toBe(true);
    for (const text of ['0'.repeat(39), '0'.repeat(41), 'A'.repeat(40), `${'0'.repeat(40)}\n`, ` ${'0'.repeat(40)}`]) {
      expect(isObjectId(text)).toBe(false);
    }
  });
});

describe('a folder', () => {
  it.each(['', 'a', '.github/workflows', '-x', 'a b/\u00e9'])('%j is one', (text) => expect(isFolder(text)).toBe(true));
  it.each(['/', 'a/', '/a', 'a//b', '.', '..', 'a/..', './a', 'a\n', '\0'])('%j is none', (text) => {
    expect(isFolder(text)).toBe(false);
  });
});
