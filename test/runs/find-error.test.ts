/** The first line of a log that tells what went wrong. */
import { describe, expect, it } from 'vitest';
import { errorPlace, excerptOf } from '../../src/runs/find-error.js';

const CLOSING = '##[error]Process completed with exit code 2.';
const HEAD = ['##[group]Run make test || echo error', '\u001b[36;1mmake test || echo error\u001b[0m', '##[endgroup]'];

describe('the first error of a step', () => {
  it.each([
    ['of a compiler', ['cc -c a.c', 'a.c:1:2: error: expected expression', 'make: *** [a.o] Error 1', CLOSING], 1],
    ['of a log command', ['building', '##[error]the database is away', 'FAILED test_a', CLOSING], 1],
    ['before one of a log command', ['Traceback (most recent call last):', '##[error]told later'], 0],
    ['of Python', ['collected 2 items', "E   AssertionError: 'a' != 'b'", CLOSING], 1],
    ['of a shell', ['hello', 'bash: frobnicate: command not found', CLOSING], 1],
    ['in colours', ['fine', '\u001b[31mFAIL\u001b[0m src/a.test.ts', CLOSING], 1],
    ['is not a count of none', ['0 errors, 0 failed', 'no error here', 'fatal: not a git repository', CLOSING], 2],
    ['is not in the command itself', [...HEAD, 'ok', 'boom: panic', CLOSING], 4],
    ['is where the runner ends when nothing else tells', [...HEAD, 'hm', CLOSING], 4],
  ])('%s', (_, lines, place) => {
    expect(errorPlace(lines)).toBe(place);
  });

  it('is not found in a log that tells of none', () => {
    expect(errorPlace(['all is well', 'terror and mirrors'])).toBeNull();
  });

  it('comes with ten lines on both sides, counted among the lines of the step', () => {
    const lines = Array.from({ length: 100 }, (_, at) => (at === 50 ? 'error: here' : `line ${at}`));
    const excerpt = excerptOf(lines, { step: 3, skipped: 1_000, lineCount: 1_100 })!;
    expect(excerpt).toMatchObject({ step: 3, firstLine: 1_041, errorLine: 1_051, lineCount: 1_100 });
    expect(excerpt.lines).toEqual(lines.slice(40, 61));
  });

  it('is looked for in time that grows with the log alone', () => {
    const hostile = ['a'.repeat(2_000_000), 'not '.repeat(500_000), '##[error]'.repeat(200_000), ': '.repeat(100_000)];
    expect(errorPlace(hostile.map((line) => `x${line}`))).toBe(2);
  });
});
