/** Steps in the background: their form is read whole, although nothing runs them yet. */
import { describe, expect, it } from 'vitest';
import { readPipeline } from '../../src/pipeline/index.js';

function read(steps: string) {
  const text = `on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n${steps.replace(/^/gm, '      ')}\n`;
  return readPipeline(text, { file: 'ci.yml', scope: 'language' });
}

function codes(steps: string): string[] {
  return read(steps).problems.map(({ line, code }) => `${line} ${code}`);
}

describe('background steps', () => {
  it('are waited for, canceled, and written out of parallel', () => {
    const { pipeline } = read(
      '- {id: s, run: x, background: true}\n- parallel: [{id: p, run: a}, {run: b}]\n- wait: s\n- cancel: S\n- wait-all:\n',
    );
    const steps = pipeline?.jobs[0]?.steps.map(
      ({ id, background, control }) => control ?? `${id}${background ? ' &' : ''}`,
    );
    expect(steps).toEqual([
      's &',
      'p &',
      '__3 &',
      { kind: 'wait', ids: ['p', '__3'] },
      { kind: 'wait', ids: ['s'] },
      { kind: 'cancel', id: 'S' },
      { kind: 'wait-all' },
    ]);
  });

  it('must stand before what waits for them', () => {
    expect(codes('- wait: s\n- {id: s, run: x, background: true}\n')).toEqual(['6 unknown-step']);
    expect(codes('- {id: s, run: x}\n- cancel: s\n')).toEqual(['7 unknown-step']);
  });

  it('do not nest', () => {
    expect(codes('- parallel: [{parallel: [{run: x}]}, {wait-all: true}]\n')).toEqual([
      '6 nested-control',
      '6 nested-control',
    ]);
  });

  it('leave control steps their few keys', () => {
    expect(codes('- {wait-all: true, if: always()}\n')).toEqual(['6 unknown-key']);
  });
});
