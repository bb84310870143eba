/** An explanation stays within 2,000 tokens, whoever wrote what is in it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunExplanation } from '../../src/model/explanation.js';
import { fitEvent, fitExplanation, MOST_TOKENS, weightOf } from '../../src/runs/fit-explanation.js';

const MOST_WEIGHT = MOST_TOKENS * 3;
const HOSTILE = ['\u{1f600}', '漢', '"\\', '\u202e\u0007\n', 'a', '\u001b[2J', 'ß'];

function explanation(text: string, count: number): RunExplanation {
  const many = Array.from({ length: count }, (_, at) => `${at} ${text}`);
  return {
    says: text,
    run: {
      ...{ id: 7, number: 3, pipeline: text, project: text, state: 'done', result: 'failure' },
      ...{ ref: text, commit: 'c'.repeat(40), title: text },
    },
    failure: {
      job: { id: 1, name: text, reason: text },
      step: { number: 2, name: text, exitCode: 1 },
      error: { firstLine: 11, errorLine: 11 + Math.floor(count / 2), lines: many },
      annotations: many.map((message) => ({ level: 'error', place: text, message })),
    },
    alsoFailed: many,
    problems: many,
    since: {
      run: { id: 5, number: 2, commit: 'd'.repeat(40) },
      note: text,
      commits: many.map((title) => ({ commit: 'e'.repeat(40), author: text, title })),
      commitCount: count,
      files: many,
      fileCount: count,
    },
    next: many,
    shortened: false,
  };
}

describe('an explanation', () => {
  it.each(HOSTILE)('of %j again and again is not longer than it may be, and says that it is shortened', (unit) => {
    const fitted = fitExplanation(explanation(unit.repeat(5_000), 21));
    expect(weightOf(JSON.stringify(fitted))).toBeLessThanOrEqual(MOST_WEIGHT);
    expect(fitted.shortened).toBe(true);
  });

  it('is never longer than it may be', () => {
    const text = fc.string({ unit: fc.constantFrom(...HOSTILE, ' ', 'b'), maxLength: 3_000 });
    fc.assert(
      fc.property(text, fc.nat(30), (unit, count) => {
        const weight = weightOf(JSON.stringify(fitExplanation(explanation(unit, count + 1))));
        expect(weight).toBeLessThanOrEqual(MOST_WEIGHT);
      }),
      { numRuns: 200 },
    );
  });

  it('keeps the lines next to the error, in their order and under their numbers', () => {
    const { failure } = fitExplanation(explanation('x'.repeat(200), 21));
    const { lines, firstLine, errorLine } = failure!.error!;
    expect(lines[errorLine - firstLine]).toMatch(/^10 x/);
    expect(lines.map((line) => Number(line.split(' ')[0]))).toEqual(lines.map((_, at) => firstLine - 11 + at));
    expect(lines.length).toBeGreaterThan(5);
  });

  it('of what is short is whole', () => {
    const short = explanation('ok', 3);
    const fitted = fitExplanation(short);
    expect(fitted.shortened).toBe(false);
    expect(fitted.failure?.error?.lines).toEqual(short.failure?.error?.lines);
    expect(fitted.since?.files).toEqual(short.since?.files);
  });

  it('holds nothing that a terminal obeys or that turns the reading direction', () => {
    const text = JSON.stringify(fitExplanation(explanation('a\u001b[31mb\u202ec\u0007d', 3)));
    expect(text).not.toMatch(/\\u001b|\u202e|\\u0007/);
  });

  it('of an event is bounded as well, and counts what is left out', () => {
    const pipelines = Array.from({ length: 300 }, (_, at) => ({
      pipeline: `p${at}`,
      runId: at + 1,
      says: '漢'.repeat(99),
    }));
    const fitted = fitEvent({ says: 'x'.repeat(999), pipelines, more: 0, command: null });
    expect(weightOf(JSON.stringify(fitted))).toBeLessThanOrEqual(MOST_WEIGHT);
    expect(fitted.pipelines.length + fitted.more).toBe(300);
  });
});
