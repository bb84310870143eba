/** Text from outside on one line. */
import { describe, expect, it } from 'vitest';
import { cut, oneLine } from '../../src/kernel/one-line.js';

describe('one line', () => {
  it.each([
    ['a\nb\r\n\tc', 'a b c'],
    ['\u0000a\u001b[31mb\u0085\u2028c\u2029', 'a [31mb c'],
    ['invoice\u202egpj.exe', 'invoicegpj.exe'],
    ['a\u2066b\u2069c\u061cd\u200ee\u200ff', 'abcdef'],
    ['a\u200bb\u{e0041}', 'ab'],
    ['नि\u200dष \u{1f469}\u200d\u{1f680}', 'नि\u200dष \u{1f469}\u200d\u{1f680}'],
    [`Z${'\u0301'.repeat(50)}`, `Z${'\u0301'.repeat(4)}`],
    ['\ud800a', 'a'],
    ['  a  ', 'a'],
  ])('%j reads %j', (text, shown) => expect(oneLine(text, 80)).toBe(shown));

  it('is cut visibly, and never within a character', () => {
    expect(oneLine('abcdef', 5)).toBe('abcd…');
    expect(oneLine('abcde', 5)).toBe('abcde');
    expect(cut('abc\u{1f680}d', 5)).toBe('abc…');
  });

  it('looks at no more of a long text than it may show', () => {
    expect(oneLine(`${' '.repeat(1_000_000)}late`, 10)).toBe('');
  });
});
