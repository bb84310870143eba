/** What a ref names by the files of a mirror: the same as git says, or nothing. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KeptAnswers } from '../../src/git/mirror/kept-answers.js';
import { refInFiles } from '../../src/git/mirror/ref-file.js';
import { gitIn } from '../fixtures/repositories/restore.js';

let mirror: string;
let commit: string;

beforeEach(() => {
  mirror = mkdtempSync(`${tmpdir()}/pagure-actions-refs-`);
  gitIn(mirror, 'init', '--bare', '--quiet', '--template=', '.');
  commit = gitIn(mirror, 'commit-tree', '-m', 'one', gitIn(mirror, 'hash-object', '-t', 'tree', '-w', '/dev/null'));
  for (const ref of ['refs/heads/main', 'refs/heads/a/b']) gitIn(mirror, 'update-ref', ref, commit);
});
afterEach(() => rmSync(mirror, { recursive: true, force: true }));

describe('a ref in the files of a mirror', () => {
  it('is found in a file of its own', async () => {
    expect(await refInFiles(mirror, 'refs/heads/a/b')).toBe(commit);
  });

  it('is found where refs are packed, also the tag of a tag', async () => {
    gitIn(mirror, 'tag', '-a', '-m', 'tag', 'v1', commit);
    const tag = gitIn(mirror, 'rev-parse', 'refs/tags/v1');
    gitIn(mirror, 'pack-refs', '--all', '--prune');
    expect(await refInFiles(mirror, 'refs/heads/main')).toBe(commit);
    expect(await refInFiles(mirror, 'refs/tags/v1')).toBe(tag);
  });

  it('of its own file beats the packed one', async () => {
    gitIn(mirror, 'pack-refs', '--all', '--prune');
    const next = gitIn(mirror, 'commit-tree', '-p', commit, '-m', 'two', `${commit}^{tree}`);
    gitIn(mirror, 'update-ref', 'refs/heads/main', next);
    expect(await refInFiles(mirror, 'refs/heads/main')).toBe(next);
  });

  it('that is missing, a part of a name, a folder, symbolic or broken is left to git', async () => {
    writeFileSync(`${mirror}/refs/heads/broken`, 'nothing\n');
    gitIn(mirror, 'symbolic-ref', 'refs/heads/symbolic', 'refs/heads/main');
    mkdirSync(`${mirror}/refs/heads/folder`);
    for (const name of ['none', 'ain', 'a', 'folder', 'symbolic', 'broken'])
      expect([name, await refInFiles(mirror, `refs/heads/${name}`)]).toEqual([name, null]);
  });
});

describe('answers about objects', () => {
  it('are asked for once, but again while the object is missing', async () => {
    const kept = new KeptAnswers<string>(2);
    const asked: string[] = [];
    const ask = (name: string, answer: string | null) =>
      kept.of('mirror', name, async () => {
        asked.push(name);
        return answer;
      });
    expect([await ask('a', null), await ask('a', 'x'), await ask('a', 'y')]).toEqual([null, 'x', 'x']);
    expect(asked).toEqual(['a', 'a']);
  });

  it('of the oldest questions are forgotten, and none is given for another mirror', async () => {
    const kept = new KeptAnswers<string>(2);
    for (const name of ['a', 'b', 'c']) await kept.of('mirror', name, async () => name);
    expect(await kept.of('mirror', 'a', async () => 'again')).toBe('again');
    expect(await kept.of('mirror', 'c', async () => 'again')).toBe('c');
    expect(await kept.of('other', 'c', async () => 'again')).toBe('again');
  });
});
