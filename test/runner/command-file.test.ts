/** What a step may write into GITHUB_ENV, GITHUB_OUTPUT and GITHUB_PATH. */
import { describe, expect, it } from 'vitest';
import { readPairs, readPaths } from '../../src/runner/job/command-file.js';

describe('a command file', () => {
  it.each<[string, string, Record<string, string>]>([
    ['plain pairs', 'A=1\nB=two words\n', { A: '1', B: 'two words' }],
    ['a value with the marker of a block', 'A=x<<y\n', { A: 'x<<y' }],
    ['a value with further equals signs', 'A=b=c==\n', { A: 'b=c==' }],
    ['an empty value', 'A=\n', { A: '' }],
    ['a block', 'A<<END\none\ntwo=2\n\nEND\nB=1', { A: 'one\ntwo=2\n', B: '1' }],
    ['an empty block', 'A<<END\nEND\n', { A: '' }],
    ['a block whose delimiter holds an equals sign', 'A<<E=F\nx\nE=F\n', { A: 'x' }],
    ['empty lines between', '\n\nA=1\n\n', { A: '1' }],
    ['a byte order mark', '\uFEFFA=1', { A: '1' }],
    ['a carriage return, which stays', 'A=1\r\n', { A: '1\r' }],
    ['the later of two', 'A=1\nA=2\n', { A: '2' }],
    ['a name of the language', '__proto__=1\n', Object.fromEntries([['__proto__', '1']])],
  ])('may hold %s', (_what, text, expected) => {
    const { pairs, fault } = readPairs(text);
    expect([Object.fromEntries(pairs), fault]).toEqual([expected, null]);
  });

  it.each([
    ['a line without a sign', 'A=1\nnonsense\nB=2', "'nonsense' is neither"],
    ['an empty name', '=1', 'neither'],
    ['a block without a name', '<<END\nx\nEND', 'neither'],
    ['a block without a delimiter', 'A<<\nx', 'neither'],
    ['a block without an end', 'A=1\nB<<END\nx\nEND ', "delimiter 'END' of B is missing"],
  ])('is malformed by %s; the pairs before it count', (_what, text, fault) => {
    const read = readPairs(text);
    expect(read.fault).toContain(fault);
    expect(read.pairs).toEqual(text.startsWith('A=1') ? [['A', '1']] : []);
  });

  it('holds one folder per line', () => {
    expect(readPaths('/a\n\n/b c\n')).toEqual(['/a', '/b c']);
  });
});
