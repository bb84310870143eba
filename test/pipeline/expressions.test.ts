/** The expressions of `expressions/*.json`: each with its value, words of the error, or what it hashes; conditions with their answer. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/kernel/json.js';
import { evaluateCondition, evaluateTemplate, hashFilesIn, type StepScope } from '../../src/pipeline/index.js';
import { CONTEXTS, scopeOf } from './samples.js';

interface ExpressionCase {
  readonly expr: string;
  readonly value?: Json;
  readonly error?: string;
  /** Arguments of its calls of `hashFiles`. */
  readonly files?: Json;
}

interface ConditionCase {
  readonly if: string;
  readonly status: StepScope['status'];
  readonly holds: boolean;
}

const VARS = {
  list: [
    { name: 'a', labels: [{ n: 1 }, { n: 2 }] },
    { name: 'b', labels: [{ n: 3 }] },
  ],
  map: { x: 1, y: 2 },
  fruits: [
    { name: 'apple', quantity: 1 },
    { name: 'orange', quantity: 2 },
    { name: 'pear', quantity: 1 },
  ],
  vegetables: {
    scallions: { colors: ['green', 'white', 'red'], ediblePortions: ['roots', 'stalks'] },
    beets: { colors: ['purple', 'red'], ediblePortions: ['roots', 'stems', 'leaves'] },
    artichokes: { colors: ['green'], ediblePortions: ['hearts', 'stems', 'leaves'] },
  },
};
const EVENT = { issue: { labels: [{ name: 'bug' }, { name: 'help wanted' }] } };
const SCOPE = scopeOf({
  contexts: {
    ...CONTEXTS,
    github: { ...CONTEXTS.github, event: EVENT },
    vars: VARS as unknown as Record<string, string>,
  },
  env: { continue: 'true', time: '3' },
  steps: { demo: { outputs: {}, outcome: 'failure', conclusion: 'failure' } },
  job: { status: 'success' },
});
const FOLDER = new URL('expressions/', import.meta.url);

describe.each(readdirSync(FOLDER))('expressions/%s', (file) => {
  const cases = JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as (ExpressionCase | ConditionCase)[];
  const conditions = cases.filter((one) => 'if' in one);

  it.each(cases.filter((one) => 'expr' in one))('$expr', ({ expr, value, error, files }) => {
    const evaluate = () => evaluateTemplate(`\${{ ${expr} }}`, SCOPE);
    if (files !== undefined) expect(hashFilesIn(`\${{ ${expr} }}`, null, SCOPE)).toEqual(files);
    else if (error === undefined) expect(evaluate()).toEqual(value);
    else expect(evaluate).toThrow(error);
  });

  it.runIf(conditions.length > 0)('holds only when it should', () => {
    for (const { if: condition, status, holds } of conditions)
      expect(evaluateCondition(condition, { ...SCOPE, status }), `${condition} after ${status}`).toBe(holds);
  });
});
