/** Expressions: GitHub's language with the corrections that its library needs. */
import { describe, expect, it } from 'vitest';
import { evaluateCondition, evaluateTemplate, evaluateText, ExpressionError } from '../../src/pipeline/index.js';
import { CONTEXTS, scopeOf } from './samples.js';

function value(expression: string, change = {}) {
  return evaluateTemplate(`\${{ ${expression} }}`, scopeOf(change));
}

describe('expressions', () => {
  it("unescape every '' of a string", () => {
    expect(value("'a''b''c'")).toBe("a'b'c");
  });

  it('keep the keys constructor and __proto__', () => {
    const text = '{"constructor": 1, "__proto__": 2, "A": 3}';
    expect(value(`fromJSON('${text}')['__proto__']`)).toBe(2);
    expect(value(`fromJSON('${text}').constructor`)).toBe(1);
    expect(value(`fromJSON('${text}').a`)).toBe(3);
    expect(value("fromJSON('{}').toString")).toBeNull();
  });

  it('look variables up by exact case', () => {
    expect(value('env.A', { env: { a: 'x' } })).toBeNull();
    expect(value('vars.A', { contexts: { ...CONTEXTS, vars: { a: 'x' } } })).toBe('x');
  });

  it.each(['constructor', 'toString', 'hasOwnProperty', '__proto__'])('do not know a function %s', (name) => {
    expect(() => value(`${name}('a')`)).toThrow(ExpressionError);
  });

  it('give an absent context no value', () => {
    expect(value('jobs.a.b')).toBeNull();
  });

  it('stop at the budget of text', () => {
    const nested = Array.from({ length: 12 }).reduce<string>(
      (inner) => `format('{0}{0}{0}{0}{0}{0}{0}{0}', ${inner})`,
      "'abcdefgh'",
    );
    expect(() => value(nested)).toThrow(/characters of text/);
  });

  it.each([
    [1.2345678901234567e19, '1.23456789012346E+19'],
    [0.1 + 0.2, '0.3'],
    [1e15, '1E+15'],
    [123456789012345, '123456789012345'],
    [0.00001234, '1.234E-05'],
    [0.0001234, '0.0001234'],
    [-1.5, '-1.5'],
    [0, '0'],
  ])('print the number %d as %s', (number, text) => {
    expect(evaluateText(number, scopeOf())).toBe(text);
  });

  it('do not take ß for SS', () => {
    expect(value("'ß' == 'SS'")).toBe(false);
    expect(value("'ä' == 'Ä'")).toBe(true);
  });

  it.each(['', ' ', 'a b', "'x", 'github.', 'format()', '1 +', "github.x == 'a' &&"])('refuse %j', (text) => {
    expect(() => value(text)).toThrow(ExpressionError);
  });

  it('refuse a chain of comparisons that would overflow the stack', () => {
    expect(() => value(Array(3000).fill('1').join('=='))).toThrow(/nested/);
  });

  it('splice lists and merge inserted maps', () => {
    expect(evaluateTemplate(['a', "${{ fromJSON('[1,2]') }}"], scopeOf())).toEqual(['a', 1, 2]);
    expect(evaluateTemplate({ '${{ insert }}': '${{ fromJSON(\'{"b":1}\') }}', c: 'x' }, scopeOf())).toEqual({
      b: 1,
      c: 'x',
    });
  });

  it('know the aliases of github', () => {
    expect(evaluateText('${{ forge.ref }} ${{ forgejo.ref }} ${{ gitea.REF }}', scopeOf())).toBe(
      'refs/heads/main refs/heads/main refs/heads/main',
    );
  });
});

describe('the if of a step', () => {
  it('implies success()', () => {
    expect(evaluateCondition(null, scopeOf({ status: 'failure' }))).toBe(false);
    expect(evaluateCondition('true', scopeOf({ status: 'failure' }))).toBe(false);
    expect(evaluateCondition('${{ true }}', scopeOf())).toBe(true);
  });

  it('asks for the status itself when it names a status function', () => {
    expect(evaluateCondition('failure() && true', scopeOf({ status: 'failure' }))).toBe(true);
    expect(evaluateCondition('always()', scopeOf({ status: 'cancelled' }))).toBe(true);
    expect(evaluateCondition('cancelled()', scopeOf({ status: 'cancelled' }))).toBe(true);
  });
});
