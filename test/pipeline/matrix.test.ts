/** Matrices: combinations, those of `matrices/*.json` too, names, fail-fast and max-parallel. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../src/kernel/json.js';
import type { Advance, JobStanding } from '../../src/model/plan.js';
import { advance, needsContext, planRun } from '../../src/pipeline/index.js';
import { CONTEXTS, done, pipelineOf, problemsOf } from './samples.js';

function planOf(text: string) {
  const planned = planRun(pipelineOf(text), CONTEXTS, { checkout: true });
  if (planned.kind !== 'plan') throw new Error('not planned');
  return planned.plan;
}

function advanceText(strategy: string, standing: readonly JobStanding[] = [], more = ''): Advance {
  const text = `on: push\njobs:\n  a: {runs-on: x, strategy: ${strategy}, steps: [{run: x}]${more}}\n`;
  return advance(planOf(text), standing, CONTEXTS, 'run');
}

function names(strategy: string, more = ''): string[] {
  return advanceText(strategy, [], more).changes.flatMap((change) =>
    change.kind === 'queue' ? [change.job.name] : [],
  );
}

function matrices(strategy: string): Json[] {
  return advanceText(strategy).changes.flatMap((change) => (change.kind === 'queue' ? [change.job.matrix] : []));
}

function shown({ changes, result }: Advance): string[] {
  const texts = changes.map((change) =>
    change.kind === 'cancel' ? `cancel ${change.key}` : `${change.kind} ${change.job.key}`,
  );
  return result ? [...texts, result] : texts;
}

interface MatrixCase {
  readonly says: string;
  readonly strategy: Json;
  /** Of `github.event`, and of the job that it needs. */
  readonly event?: JsonObject;
  readonly outputs?: Record<string, string>;
  readonly combinations: readonly Json[];
}

const FOLDER = new URL('matrices/', import.meta.url);

describe.each(readdirSync(FOLDER))('matrices/%s', (file) => {
  const cases = JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as MatrixCase[];

  it.each(cases)('$says', ({ strategy, event = {}, outputs = {}, combinations }) => {
    const job = { needs: 'job1', 'runs-on': 'x', strategy, steps: [{ run: 'x' }] };
    const plan = planOf(JSON.stringify({ on: 'push', jobs: { job1: { 'runs-on': 'x', steps: job.steps }, a: job } }));
    const contexts = { ...CONTEXTS, github: { ...CONTEXTS.github, event } };
    const { changes } = advance(plan, [done('job1', 'success', { outputs })], contexts, 'run');
    expect(changes.flatMap((change) => (change.kind === 'queue' ? [change.job.matrix] : []))).toEqual(combinations);
  });
});

describe('a matrix', () => {
  it('compares deep and partial, by position, as the language does', () => {
    const matrix = `{matrix: {a: [{x: {y: Z, w: 1}}, {x: {y: q}}], b: [[1, 2], [3]], exclude: [{A: {x: {y: z}}, b: ['1']}]}}`;
    expect(matrices(matrix)).toHaveLength(3);
  });

  it('never overwrites an axis by an include', () => {
    expect(matrices('{matrix: {os: [a, b], include: [{os: a, x: 1}, {os: a, x: 2}]}}')).toEqual([
      { os: 'a', x: 2 },
      { os: 'b' },
    ]);
  });

  it('takes include alone', () => {
    expect(names('{matrix: {include: [{os: a, v: 1}, {os: b}]}}')).toEqual(['a (a, 1)', 'a (b)']);
  });

  it('names a combination by its axes, leaves joined, empty ones left out', () => {
    expect(names("{matrix: {a: [{x: 1, y: ''}, [b, c]], include: [{extra: e}]}}")).toEqual(['a (1)', 'a (b, c)']);
    expect(names('{matrix: {a: [1]}}', ', name: build')).toEqual(['build (1)']);
    expect(names('{matrix: {a: [1, 2]}}', ", name: 'only ${{ matrix.a }}'")).toEqual(['only 1', 'only 2']);
  });

  it('names a combination that is added by its axes first, then by the rest', () => {
    expect(names('{matrix: {os: [a], include: [{colour: red, os: b}]}}')).toEqual(['a (a)', 'a (b, red)']);
  });

  it('has a name of 100 characters at most, as at GitHub', () => {
    const [short, long] = names(`{matrix: {v: [${'x'.repeat(96)}, ${'x'.repeat(97)}]}}`);
    expect(short).toBe(`a (${'x'.repeat(96)})`);
    expect(long).toBe(`a (${'x'.repeat(94)}...`);
  });

  it('gives strategy to a job without one', () => {
    expect(
      advance(planOf('on: push\njobs: {a: {runs-on: x, steps: [{run: x}]}}'), [], CONTEXTS, 'run').changes,
    ).toMatchObject([
      { job: { key: 'a', strategy: { 'job-index': 0, 'job-total': 1, 'fail-fast': true, 'max-parallel': 1 } } },
    ]);
  });

  it('comes from the outputs of a job', () => {
    const text = `on: push\njobs:\n  a: {runs-on: x, steps: [{run: x}]}\n  b:\n    needs: a\n    runs-on: x\n    strategy: {matrix: '\${{ fromJSON(needs.a.outputs.m) }}'}\n    steps: [{run: x}]\n`;
    const standing = [done('a', 'success', { outputs: { m: '{"n":[1,2]}' } })];
    expect(shown(advance(planOf(text), standing, CONTEXTS, 'run'))).toEqual(['queue b[0]', 'queue b[1]']);
    const broken = [done('a', 'success', { outputs: { m: '{"n":[]}' } })];
    expect(advance(planOf(text), broken, CONTEXTS, 'run')).toMatchObject({
      changes: [{ kind: 'end', result: 'failure' }],
      result: 'failure',
    });
  });

  it('starts no more than max-parallel at a time', () => {
    const strategy = '{matrix: {n: [1, 2, 3]}, max-parallel: 2}';
    expect(shown(advanceText(strategy))).toEqual(['queue a[0]', 'queue a[1]']);
    const standing = [one(0, 'success'), one(1, null)];
    expect(shown(advanceText(strategy, standing))).toEqual(['queue a[2]']);
  });

  it('stops the others when one fails', () => {
    const strategy = '{matrix: {n: [1, 2, 3]}, max-parallel: 2}';
    expect(shown(advanceText(strategy, [one(0, 'failure'), one(1, null)]))).toEqual(['cancel a[1]', 'end a[2]']);
    expect(shown(advanceText(`{fail-fast: false, ${strategy.slice(1)}`, [one(0, 'failure'), one(1, null)]))).toEqual([
      'queue a[2]',
    ]);
  });

  it('counts no failure under continue-on-error', () => {
    const strategy = '{matrix: {n: [1, 2]}}';
    const standing = [{ ...one(0, 'failure'), continueOnError: true }, one(1, null)];
    expect(shown(advanceText(strategy, standing, ", continue-on-error: '${{ matrix.n == 1 }}'"))).toEqual([]);
  });

  it('gives one result and the last non-empty outputs to those behind it', () => {
    const text =
      'on: push\njobs: {a: {runs-on: x, strategy: {matrix: {n: [1, 2, 3]}}, steps: [{run: x}]}, b: {needs: a, runs-on: x, steps: [{run: x}]}}';
    const standing = [one(0, 'success', { o: '1' }), one(2, 'success', { o: '3' }), one(1, 'success', { o: '' })];
    expect(needsContext(planOf(text), 'b', standing)).toEqual({ a: { result: 'success', outputs: { o: '3' } } });
    expect(needsContext(planOf(text), 'b', standing.slice(1))).toEqual({ a: { result: '', outputs: { o: '3' } } });
  });

  it.each([
    ['an empty axis', '{matrix: {a: []}}'],
    ['an exclude key that is no axis', '{matrix: {a: [1], exclude: [{b: 1}]}}'],
    ['neither axis nor include', '{matrix: {}}'],
    ['an include without keys', '{matrix: {a: [1], include: [{}]}}'],
    ['an exclude without keys', '{matrix: {a: [1], exclude: [{}]}}'],
    [
      'more than 256 combinations',
      `{matrix: {a: [${Array.from({ length: 17 }, (_, n) => n).join()}], b: [${Array.from({ length: 17 }, (_, n) => n).join()}]}}`,
    ],
  ])('that is literal with %s is a problem of the file', (_, strategy) => {
    expect(problemsOf(`on: push\njobs: {a: {runs-on: x, strategy: ${strategy}, steps: [{run: x}]}}`).join()).toContain(
      'bad-matrix',
    );
  });
});

function one(index: number, result: 'success' | 'failure' | null, outputs: Record<string, string> = {}): JobStanding {
  const key = `a[${index}]`;
  return { key, id: 'a', state: result ? 'done' : 'running', result, continueOnError: false, outputs };
}
