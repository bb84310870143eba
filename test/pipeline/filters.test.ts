/** Filter patterns: GitHub's documented examples, edges, and what hostile ones cost. */
import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { matchTrigger } from '../../src/pipeline/index.js';
import { pipelineOf, problemsOf, PUSH } from './samples.js';

interface FilterCase {
  readonly patterns: readonly string[];
  readonly text?: string;
  readonly match?: boolean;
  readonly malformed?: boolean;
}

const FOLDER = new URL('filters/', import.meta.url);

function textOf(patterns: readonly string[]): string {
  return `on: {push: {branches: ${JSON.stringify(patterns)}}}\njobs: {a: {runs-on: x, steps: [{run: x}]}}\n`;
}

function matches(patterns: readonly string[], branch: string): boolean {
  return matchTrigger(pipelineOf(textOf(patterns)), { ...PUSH, ref: `refs/heads/${branch}` }).kind === 'match';
}

describe.each(readdirSync(FOLDER))('filters/%s', (file) => {
  const cases = JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as FilterCase[];

  it.each(cases.filter((one) => !one.malformed))('$patterns on $text is $match', ({ patterns, text = '', match }) => {
    expect(matches(patterns, text)).toBe(match);
  });

  const malformed = cases.filter((one) => one.malformed);
  it.runIf(malformed.length > 0)('finds malformed patterns at reading', () => {
    for (const { patterns } of malformed)
      expect(problemsOf(textOf(patterns)).join(), patterns.join()).toContain('bad-pattern');
  });
});

describe('a hostile pattern', () => {
  it.each([
    ['*a'.repeat(30), 'a'.repeat(250)],
    ['**a'.repeat(30), `${'a'.repeat(249)}b`],
    ['*'.repeat(1) + '[a-z]+*'.repeat(30), 'z'.repeat(250)],
    ['**/'.repeat(30) + 'x', 'a/'.repeat(125)],
    ['a?'.repeat(125) + 'b', 'a'.repeat(250)],
  ])('of 30 stars on 250 characters takes under 50 ms: %s', (pattern, text) => {
    const pipeline = pipelineOf(textOf([pattern]));
    const times = Array.from({ length: 20 }, () => {
      const before = performance.now();
      matchTrigger(pipeline, { ...PUSH, ref: `refs/heads/${text}` });
      return performance.now() - before;
    });
    expect(Math.min(...times)).toBeLessThan(50);
  });

  it('answers as a simple recursion does', () => {
    const letter = fc.constantFrom('a', 'b', '/', '*', '**');
    fc.assert(
      fc.property(
        fc.array(letter, { minLength: 1, maxLength: 6 }),
        fc.string({ unit: fc.constantFrom('a', 'b', '/'), maxLength: 7 }),
        (parts, text) => {
          const pattern = parts.join('');
          if (pattern.includes('***')) return;
          expect(matches([pattern], text)).toBe(simple(pattern, text));
        },
      ),
      { numRuns: 300 },
    );
  });
});

// The meaning of `*`, `**` and `**/` written down the plain way.
function simple(pattern: string, text: string, atStart = true): boolean {
  if (pattern === '') return text === '';
  const tails = Array.from({ length: text.length + 1 }, (_, index) => index);
  if (pattern.startsWith('**/') && atStart) {
    return (
      simple(pattern.slice(3), text, true) ||
      tails.some((index) => text[index] === '/' && simple(pattern.slice(3), text.slice(index + 1), true))
    );
  }
  if (pattern.startsWith('**')) return tails.some((index) => simple(pattern.slice(2), text.slice(index), false));
  if (pattern.startsWith('*'))
    return tails.some(
      (index) => !text.slice(0, index).includes('/') && simple(pattern.slice(1), text.slice(index), false),
    );
  return text[0] === pattern[0] && simple(pattern.slice(1), text.slice(1), pattern[0] === '/');
}
