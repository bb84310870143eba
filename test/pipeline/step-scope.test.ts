/** What the runner asks for a step: hashFiles, trusted values, outside text through names. */
import { describe, expect, it } from 'vitest';
import {
  evaluateTemplate,
  evaluateText,
  evaluateTexts,
  evaluateTrusted,
  ExpressionError,
  hashFilesIn,
  renderScript,
  type WrittenScope,
} from '../../src/pipeline/index.js';
import { scopeOf, scopeWithEvent } from './samples.js';

describe('hashFiles', () => {
  const templates = { key: "k-${{ hashFiles('**/lock', env.F) }}", other: ["${{ hashFiles('**/lock', env.F) }}", 'x'] };
  const scope = scopeOf({ env: { F: '*.json' } });

  it('is found with its arguments evaluated, each list once', () => {
    expect(hashFilesIn(templates, "hashFiles('a') != ''", scope)).toEqual([['**/lock', '*.json'], ['a']]);
  });

  it('is answered from the table', () => {
    const hashes = new Map([[JSON.stringify(['**/lock', '*.json']), 'abc']]);
    expect(evaluateTemplate(templates, { ...scope, hashes })).toEqual({ key: 'k-abc', other: ['abc', 'x'] });
    expect(() => evaluateText("${{ hashFiles('a') }}", { ...scope, hashes })).toThrow(ExpressionError);
    expect(() => evaluateText("${{ hashFiles('a') }}", scope)).toThrow(ExpressionError);
  });
});

describe('evaluateTexts', () => {
  it('makes texts of all values and merges inserted maps', () => {
    const env = { A: '${{ 1 == 1 }}', B: '${{ null }}', '${{ insert }}': '${{ fromJSON(\'{"C": 2}\') }}' };
    expect(evaluateTexts(env, scopeOf())).toEqual({ A: 'true', B: '', C: '2' });
  });
});

describe('evaluateTrusted', () => {
  const shell = '${{ github.event.title }}';

  it('refuses outside text, in any disguise', () => {
    expect(() => evaluateTrusted('shell', shell, scopeWithEvent({ title: 'bash -c "x" {0}' }))).toThrow(
      /shell may not hold text from outside/,
    );
    expect(() => evaluateTrusted('shell', '${{ toJSON(github.event) }}', scopeWithEvent({ title: 'x' }))).toThrow(
      ExpressionError,
    );
    const scope = scopeWithEvent({ title: 'a"b' }, { env: { T: 'a"b' } });
    expect(() => evaluateTrusted('shell', '${{ env.T }}', scope)).toThrow(ExpressionError);
  });

  it('takes harmless outside text and everything of ours', () => {
    expect(evaluateTrusted('shell', shell, scopeWithEvent({ title: 'bash' }))).toBe('bash');
    expect(evaluateTrusted('shell', 'bash -c "x" {0}', scopeWithEvent({ title: 'x' }))).toBe('bash -c "x" {0}');
    expect(evaluateTrusted('shell', '${{ env.S }}', scopeOf({ env: { S: 'perl {0}' } }))).toBe('perl {0}');
  });
});

describe('outside text that was changed on its way', () => {
  const title = 'a"; touch pwned; "';
  const changed = JSON.stringify(title).slice(1, -1);

  it('is followed through env by the expression that made it', () => {
    const written: WrittenScope = {
      env: [{ FIRST: '${{ toJSON(github.event.title) }}' }, { SECOND: 'x${{ env.FIRST }}' }],
      matrix: 'inside',
    };
    const scope = scopeWithEvent({ title }, { env: { FIRST: changed, SECOND: `x${changed}`, OURS: 'a; b' } });
    expect(renderScript('echo "${{ env.SECOND }}"', 'bash', { ...scope, written })).toMatchObject({
      env: { UNTRUSTED_TEXT_1: `x${changed}` },
    });
    expect(renderScript('${{ env.OURS }}', 'bash', { ...scope, written })).toMatchObject({ script: 'a; b' });
  });

  it('is followed through a matrix', () => {
    const scope = scopeWithEvent({ title }, { matrix: { t: changed }, written: { env: [], matrix: 'outside' } });
    expect(renderScript('echo "${{ matrix.t }}"', 'bash', scope)).toMatchObject({ env: { UNTRUSTED_TEXT_1: changed } });
  });
});
