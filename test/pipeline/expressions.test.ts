/** The expressions of `expressions/*.json`: each with its value, or with words of the error. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/kernel/json.js';
import { evaluateTemplate } from '../../src/pipeline/index.js';
import { CONTEXTS, scopeOf } from './samples.js';

interface ExpressionCase {
  readonly expr: string;
  readonly value?: Json;
  readonly error?: string;
}

const VARS = {
  list: [
    { name: 'a', labels: [{ n: 1 }, { n: 2 }] },
    { name: 'b', labels: [{ n: 3 }] },
  ],
  map: { x: 1, y: 2 },
};
const SCOPE = scopeOf({ contexts: { ...CONTEXTS, vars: VARS as unknown as Record<string, string> } });
const FOLDER = new URL('expressions/', import.meta.url);

describe.each(readdirSync(FOLDER))('expressions/%s', (file) => {
  const cases = JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as ExpressionCase[];

  it.each(cases)('$expr', ({ expr, value, error }) => {
    const evaluate = () => evaluateTemplate(`\${{ ${expr} }}`, SCOPE);
    if (error === undefined) expect(evaluate()).toEqual(value);
    else expect(evaluate).toThrow(error);
  });
});
