/** Hostile files: names that mean something to JavaScript, at the limits, and documents made at random. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advance, jsonSchema, matchTrigger, planRun, readPipeline } from '../../src/pipeline/index.js';
import { CONTEXTS, pipelineOf, problemsOf, PUSH } from './samples.js';

const NAMES = ['constructor', 'toString', 'hasOwnProperty', 'valueOf'];
const JOB = 'jobs: {a: {runs-on: x, steps: [{run: ls}]}}\n';

function queued(text: string) {
  const planned = planRun(pipelineOf(text), CONTEXTS, { checkout: true });
  if (planned.kind !== 'plan') throw new Error('not planned');
  return advance(planned.plan, [], CONTEXTS, 'run').changes.flatMap((one) => (one.kind === 'queue' ? [one.job] : []));
}

describe.each(NAMES)('the name %s', (name) => {
  it('is a job, needed by another', () => {
    const jobs = `${name}: {runs-on: x, steps: [{run: ls}]}, b: {needs: ${name}, runs-on: x, steps: [{run: ls}]}`;
    expect(queued(`on: push\njobs: {${jobs}}\n`).map(({ key }) => key)).toEqual([name]);
  });

  it('is an axis of a matrix and a key of an include', () => {
    const matrix = `{${name}: [1, 2], include: [{${name}: 1, ${name}2: x}]}`;
    const jobs = queued(`on: push\njobs: {a: {runs-on: x, strategy: {matrix: ${matrix}}, steps: [{run: ls}]}}\n`);
    expect(jobs.map((job) => Object.entries(job.matrix ?? {}))).toEqual([
      [
        [name, 1],
        [`${name}2`, 'x'],
      ],
      [[name, 2]],
    ]);
  });

  it('is no job, step or function that somehow exists', () => {
    const job = (keys: string) => `on: push\njobs: {a: {runs-on: x, ${keys}, steps: [{run: ls}]}}\n`;
    expect(problemsOf(job(`needs: ${name}`)).join()).toContain('unknown-need');
    expect(problemsOf(job(`if: "${name}('a')"`)).join()).toContain('unknown-function');
    expect(problemsOf(job(`if: ${name}.x`)).join()).toContain('unknown-context');
    expect(problemsOf(`on: ${name}\n${JOB}`).join()).toContain('unknown-event');
    expect(problemsOf(`on: {pull_request: {types: [${name}]}}\n${JOB}`).join()).toContain('unknown-value');
    expect(problemsOf(`on: push\npermissions: {${name}: read}\n${JOB}`).join()).toContain('unknown-key');
  });

  it('is a branch like any other', () => {
    const pipeline = pipelineOf(`on: {push: {branches: [${name}]}}\n${JOB}`);
    expect(matchTrigger(pipeline, { ...PUSH, ref: `refs/heads/${name}` }).kind).toBe('match');
    expect(matchTrigger(pipeline, PUSH).kind).toBe('no');
  });
});

describe('a file', () => {
  it('of exactly 512 KiB is read, of one byte more it is not', () => {
    const text = `on: push\n${JOB}#`;
    const whole = text + 'x'.repeat(512 * 1024 - text.length);
    expect(problemsOf(whole)).toEqual([]);
    expect(problemsOf(`${whole}x`)).toEqual(['1:1 file-too-large']);
  });

  it.each(['on: \t push\n', 'on: push\t\n', 'on: push \t# why\n'])('may have tabs between words: %j', (on) => {
    expect(problemsOf(on + JOB)).toEqual([]);
  });

  it('of any JSON is read without a throw', () => {
    const known = Object.keys((jsonSchema()['properties'] ?? {}) as object);
    const key = fc.constantFrom(...known, 'a', 'runs-on', 'steps', 'run', 'push', 'matrix', 'strategy', '__proto__');
    const { tree } = fc.letrec((tie) => ({
      leaf: fc.oneof(fc.constantFrom('push', 'a', '${{ github.ref }}', '', 'x.y'), fc.integer(), fc.boolean(), fc.constant(null)),
      tree: fc.oneof({ maxDepth: 6 }, tie('leaf'), fc.array(tie('tree'), { maxLength: 3 }), fc.dictionary(key, tie('tree'), { maxKeys: 4 })),
    }));
    fc.assert(
      fc.property(tree, (document) => {
        const { pipeline, problems } = readPipeline(JSON.stringify(document), { file: 'a', scope: 'language' });
        expect(pipeline === null).toBe(problems.some(({ severity }) => severity === 'error'));
        expect(problems.map(({ code }) => code)).not.toContain('unreadable');
      }),
      { numRuns: 300 },
    );
  });
});
