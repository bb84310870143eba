/** The difference of two texts: exact, shortest, and in the form that `git diff` prints. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffLines, type LineDiff, unifiedDiff } from '../../src/kernel/line-diff.js';
import { temporaryFolder } from '../store/open-store.js';

const NAMES = { from: 'a', to: 'b' };
const text = fc
  .array(fc.constantFrom('a\n', 'b\n', 'c\n', '\n', 'd\r\n'), { maxLength: 30 })
  .chain((lines) => fc.constantFrom('', 'a', 'end').map((last) => lines.join('') + last));

function apply(from: string, { hunks }: LineDiff): string {
  const lines = from === '' ? [] : from.split(/(?<=\n)/);
  let at = 0;
  const out: string[] = [];
  for (const hunk of hunks) {
    const start = hunk.fromCount === 0 ? hunk.fromLine : hunk.fromLine - 1;
    out.push(...lines.slice(at, start));
    expect(hunk.lines.filter(({ kind }) => kind !== 'added').map(whole)).toEqual(
      lines.slice(start, start + hunk.fromCount),
    );
    out.push(...hunk.lines.filter(({ kind }) => kind !== 'removed').map(whole));
    at = start + hunk.fromCount;
  }
  return [...out, ...lines.slice(at)].join('');
}

function whole({ text, isOpen }: { readonly text: string; readonly isOpen: boolean }): string {
  return isOpen ? text : `${text}\n`;
}

/** Length of the longest common subsequence. */
function common(from: readonly string[], to: readonly string[]): number {
  const table = Array.from({ length: from.length + 1 }, () => new Array<number>(to.length + 1).fill(0));
  for (let row = 1; row <= from.length; row++)
    for (let column = 1; column <= to.length; column++)
      table[row]![column] =
        from[row - 1] === to[column - 1]
          ? table[row - 1]![column - 1]! + 1
          : Math.max(table[row - 1]![column]!, table[row]![column - 1]!);
  return table[from.length]![to.length]!;
}

function gitDiff(from: string, to: string): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'a'), from);
  writeFileSync(join(folder, 'b'), to);
  try {
    return execFileSync('git', ['diff', '--no-index', '--minimal', 'a', 'b'], { cwd: folder, encoding: 'utf8' });
  } catch (thrown) {
    const { stdout } = thrown as { stdout: string };
    return stdout
      .slice(stdout.indexOf('@@ '))
      .replace(/(@@ .* @@).*/g, '$1')
      .replace(/^/, '--- a\n+++ b\n');
  }
}

describe('a difference', () => {
  it('leads from the one text to the other', () => {
    fc.assert(fc.property(text, text, (from, to) => void expect(apply(from, diffLines(from, to))).toBe(to)));
  });

  it('is the shortest', () => {
    fc.assert(
      fc.property(text, text, (from, to) => {
        const [a, b] = [from, to].map((one) => (one === '' ? [] : one.split(/(?<=\n)/)));
        const { removed, added } = diffLines(from, to);
        expect([removed, added]).toEqual([a!.length - common(a!, b!), b!.length - common(a!, b!)]);
      }),
    );
  });

  it('of equal texts is none', () => {
    expect(diffLines('a\nb', 'a\nb')).toEqual({ removed: 0, added: 0, hunks: [] });
    expect(unifiedDiff(NAMES, diffLines('a', 'a'))).toBe('');
  });

  const long = Array.from({ length: 40 }, (_, at) => `line ${at}\n`).join('');

  it.each([
    ['', 'a\n'],
    ['a\n', ''],
    ['a', 'a\n'],
    ['a\nb\nc\n', 'a\nx\nc\n'],
    [long, long.replace('line 3\n', '').replace('line 30\n', 'line 30\nnew\n')],
    [long, long.replace('line 3\n', '').replace('line 10\n', 'ten\n')],
    [long, long.replace('line 3\n', '').replace('line 11\n', 'eleven\n')],
    [long, `${long}last`],
  ])('%# is printed as git prints it', (from, to) => {
    expect(unifiedDiff(NAMES, diffLines(from, to))).toBe(gitDiff(from, to));
  });

  it('of two large texts without a common line is told in a moment, as a whole', () => {
    const lines = (mark: string) => Array.from({ length: 100_000 }, (_, at) => `${mark}${at}\n`).join('');
    const diff = diffLines(lines('a'), lines('b'));
    expect([diff.removed, diff.added, diff.hunks.length]).toEqual([100_000, 100_000, 1]);
  });

  it('of two texts made to be hard is bounded', () => {
    const lines = (even: string) =>
      Array.from({ length: 120_000 }, (_, at) => (at % 3 ? '\n' : `${even}${at}\n`)).join('');
    const diff = diffLines(lines('x'), lines('y'));
    expect(diff.removed).toBeGreaterThan(0);
  });
});
