/** Hostile files: names that mean something to JavaScript, at the limits, and documents made at random. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advance, foreseeJobs, jsonSchema, matchTrigger, planRun, readPipeline } from '../../src/pipeline/index.js';
import { CONTEXTS, pipelineOf, problemsOf, PUSH } from './samples.js';

const NAMES = ['constructor', 'toString', 'hasOwnProperty', 'valueOf'];
const STEPS = '{runs-on: x, steps: [{run: ls}]}';
const JOB = `jobs: {a: ${STEPS}}\n`;

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

describe('a file of problems', () => {
  const all = (text: string) => readPipeline(text, { file: 'a' }).problems;
  const keys = (count: number) => Array.from({ length: count }, (_, index) => `kname${index}: 1\n`).join('');

  it('tells the first 100 by place, and how many more there are', () => {
    const problems = all(`on: push\n${JOB}${keys(9_000)}`);
    expect(problems).toHaveLength(101);
    expect(problems.map(({ line }) => line)).toEqual(Array.from({ length: 101 }, (_, index) => index + 3));
    expect(problems.at(-1)).toMatchObject({ severity: 'error', code: 'more-problems', message: '8900 more errors from here on' });
    expect(all(`on: push\n${JOB}${keys(100)}`).map(({ code }) => code)).not.toContain('more-problems');
    expect(all(`on: push\n${JOB}${keys(101)}`).at(-1)?.message).toBe('1 more error from here on');
  });

  it('tells an error behind any number of warnings', () => {
    const script = '${{ github.event.x }} '.repeat(2_000);
    const problems = all(`on: push\njobs: {a: {runs-on: x, steps: [{run: "${script}"}, {nope: 1, run: x}]}}`);
    expect(problems.filter(({ severity }) => severity === 'warning')).toHaveLength(101);
    expect(problems.filter(({ severity }) => severity === 'error').map(({ code }) => code)).toEqual(['unknown-key']);
  });

  it('tells a problem that its aliases repeat once', () => {
    const steps = '*s, '.repeat(500);
    const problems = all(`on: push\njobs: {a: {runs-on: x, steps: [&s {run: x, nope: 1}, ${steps}]}}`);
    expect(problems.map(({ code }) => code)).toEqual(['unknown-key']);
  });

  it('gets hints for its first words alone, however many words they are near to', () => {
    const jobs = (from: number) => Array.from({ length: 1_800 }, (_, index) => ` jobnumber${from + index}: ${STEPS}\n`).join('');
    const needs = Array.from({ length: 90 }, (_, index) => `jobnumberr${index}x`).join(', ');
    const problems = all(`on: push\njobs:\n${jobs(0)} last: {needs: [${needs}], runs-on: x, steps: [{run: ls}]}\n`);
    expect(problems).toHaveLength(90);
    expect(problems[0]?.message).toContain('did you mean `jobnumber0`?');
    expect(problems.at(-1)?.message).not.toContain('did you mean');
  });
});

describe('what is written once and costs often', () => {
  const steps = (list: string) => `on: push\njobs: {a: {runs-on: x, steps: [${list}]}}\n`;

  it('is refused when aliases repeat a long text', () => {
    const text = `{run: &a "${'x'.repeat(100_000)}"}`;
    expect(problemsOf(steps(`${text}, ${'{run: *a}, '.repeat(5)}`))).toEqual([]);
    expect(problemsOf(steps(`${text}, ${'{run: *a}, '.repeat(6)}`)).join()).toContain('file-too-large');
  });

  it('is refused when it is a quarter of a million wrong escapes', () => {
    const problems = readPipeline(`on: push\nname: "ok \\n ${'\\u'.repeat(250_000)}"\n${JOB}`, { file: 'a' }).problems;
    expect(problems.map(({ line, column, code }) => `${line}:${column} ${code}`)).toEqual(['2:14 yaml-syntax']);
  });

  it.each([
    ['exclude', 'bad-matrix'],
    ['include', 'bad-matrix'],
  ])('is refused when each of 65,025 combinations is held against each %s', (key, code) => {
    const axis = Array.from({ length: 255 }, (_, index) => index).join();
    const items = '{a: x, b: x}, '.repeat(3_000);
    const matrix = `{a: [${axis}], b: [${axis}], ${key}: [${items}]}`;
    const text = `on: push\njobs: {a: {runs-on: x, strategy: {matrix: ${matrix}}, steps: [{run: ls}]}}\n`;
    expect(problemsOf(text).join()).toContain(code);
  });

  it('is refused when a pattern is longer than 1,000 characters', () => {
    const on = (length: number) => `on: {push: {branches: ["${'a'.repeat(length)}"]}}\n${JOB}`;
    expect(problemsOf(on(1_000))).toEqual([]);
    expect(problemsOf(on(1_001))).toEqual(['1:24 bad-pattern']);
  });

  it('finds a circle of 1,800 jobs, and names its first ones', () => {
    const jobs = Array.from({ length: 1_800 }, (_, index) => ` j${index}: {needs: j${(index + 1) % 1_800}, ${STEPS.slice(1)}\n`);
    const [problem, ...more] = readPipeline(`on: push\njobs:\n${jobs.join('')}`, { file: 'a' }).problems;
    expect(more).toEqual([]);
    expect(problem).toMatchObject({ code: 'needs-circle', line: 3 });
    expect(problem?.message).toMatch(/circle: `j0` → `j1799` → .* → … → `j0`$/);
  });

  it('knows a time zone however often it is named, and no wrong one', () => {
    const lines = (zone: (index: number) => string) =>
      Array.from({ length: 300 }, (_, index) => `{cron: "0 0 1 1 *", timezone: ${zone(index)}}`).join();
    expect(problemsOf(`on: {schedule: [${lines(() => 'Europe/Berlin')}]}\n${JOB}`)).toEqual([]);
    const problems = readPipeline(`on: {schedule: [${lines((index) => `X/B${index}`)}]}\n${JOB}`, { file: 'a' }).problems;
    expect(problems.at(-1)?.message).toBe('200 more errors from here on');
  });

  it('reads a line of 90,000 ranges', () => {
    expect(problemsOf(`on: {schedule: [{cron: "0 0 ${'1-31,'.repeat(90_000)}1 1 *"}]}\n${JOB}`)).toEqual([]);
  });
});

describe('a chain of 1,500 jobs', () => {
  const chain = (first: string) => {
    const jobs = Array.from({ length: 1_500 }, (_, index) => ` j${index}: {${index === 0 ? first : `needs: j${index - 1}, `}${STEPS.slice(1)}\n`);
    const planned = planRun(pipelineOf(`on: push\njobs:\n${jobs.join('')}`), CONTEXTS, { checkout: true });
    if (planned.kind !== 'plan') throw new Error('not planned');
    return planned.plan;
  };

  it('is foreseen in one go', () => {
    const states = foreseeJobs(chain(''), CONTEXTS).map(({ state }) => state);
    expect(states).toEqual(['ready', ...Array<string>(1_499).fill('waits')]);
  });

  it('is skipped in one go', () => {
    const { changes, result } = advance(chain('if: github.ref == 1, '), [], CONTEXTS, 'run');
    expect([changes.length, result]).toEqual([1_500, 'skipped']);
  });
});
