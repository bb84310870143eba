/** Reading a pipeline's text: what is taken, what is a problem and where. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPipeline } from '../../src/pipeline/index.js';
import { pipelineOf, problemsOf } from './samples.js';

const JOB = 'jobs:\n  a:\n    runs-on: x\n    steps:\n      - run: ls\n';

describe('readPipeline', () => {
  it('names a pipeline without a name after its file', () => {
    expect(pipelineOf(`on: push\n${JOB}`, '.pagure/pipelines/ci.yml').name).toBe('.pagure/pipelines/ci.yml');
  });

  it('reads numbers in texts as GitHub prints them', () => {
    expect(pipelineOf(`on: push\nenv: {V: 1.10, B: true, N: }\n${JOB}`).env).toEqual({ V: '1.1', B: 'true', N: '' });
  });

  it('reports all problems at once with line and column', () => {
    const text =
      'on: [push, pul_request]\njobs:\n  a:\n    runs_on: x\n    needs: [b]\n    steps: [{uses: actions/setup-node}]\n';
    expect(problemsOf(text)).toEqual([
      '1:12 unknown-event',
      '4:5 missing-key',
      '4:5 unknown-key',
      '5:13 unknown-need',
      '6:20 no-version',
    ]);
  });

  it('says what was probably meant', () => {
    const { problems } = readPipeline(`onn: push\n${JOB}`, { file: 'ci.yml' });
    expect(problems.map(({ message }) => message).join()).toContain('did you mean `on`?');
  });

  it('finds the place of a fault inside a block scalar', () => {
    const text =
      'on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: |\n          one\n          two ${{ secretz.x }}\n';
    expect(problemsOf(text)).toEqual(['8:19 unknown-context']);
  });

  it('finds the place of a fault inside folded text over several lines', () => {
    const text =
      'on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: >\n          two ${{ github.x\n            && foo.y }}\n';
    expect(problemsOf(text)).toEqual(['8:16 unknown-context']);
  });

  it('refuses by name what cannot be run yet', () => {
    const text =
      'on: push\njobs:\n  a: {runs-on: x, container: y, services: {}, steps: [{run: a, background: true}]}\n';
    const codes = readPipeline(text, { file: 'ci.yml' }).problems.map(
      ({ code, message }) => `${code} ${message.split('`')[1] ?? ''}`,
    );
    expect(codes).toEqual(['not-yet container', 'not-yet services']);
  });

  it('warns of an event that never starts here and goes on', () => {
    const { pipeline, problems } = readPipeline(`on: [push, release]\n${JOB}`, { file: 'ci.yml' });
    expect(pipeline).not.toBeNull();
    expect(problems).toMatchObject([{ severity: 'warning', code: 'never-starts' }]);
  });

  it('does not take secrets in an if', () => {
    expect(problemsOf(`on: push\n${JOB}    if: secrets.X == 'a'\n`)).toEqual(['7:9 context-not-allowed']);
  });

  it('warns of text around ${{ }} in an if', () => {
    expect(problemsOf(`on: push\n${JOB}    if: \${{ github.ref }} == 'x'\n`)).toEqual(['7:9 always-true']);
  });

  it('warns of text from outside in a script, also by way of env and matrix', () => {
    const text = `on: pull_request
env: {TITLE: '\${{ github.event.pull_request.title }}', GOOD: '\${{ github.sha }}'}
jobs:
  a:
    runs-on: x
    strategy: {matrix: {word: ['\${{ github.head_ref }}']}}
    steps:
      - run: echo \${{ env.TITLE }}
      - {run: 'echo \${{ env.AGAIN }}', env: {AGAIN: '\${{ env.TITLE }}'}}
      - run: echo \${{ matrix.word }}
      - run: echo \${{ env.OWN }}
        env: {OWN: 'x \${{ github.actor }}'}
      - run: echo \${{ env.OWN }} \${{ env.GOOD }} \${{ github.sha }}
`;
    const { problems } = readPipeline(text, { file: 'ci.yml' });
    expect(problems.map(({ line, column, code }) => `${line}:${column} ${code}`)).toEqual(
      ['8:19', '9:21', '10:19', '11:19'].map((place) => `${place} outside-text`),
    );
    expect(problems[0]?.message).toBe('${{ env.TITLE }} holds text from outside; safer is "$TITLE" in the script');
  });

  it('warns of a job that nobody has in success() and failure()', () => {
    const text = `on: push
jobs:
  build: {runs-on: x, steps: [{run: x}]}
  b: {needs: build, if: "failure('BUILD') || success('buidl')", runs-on: x, steps: [{run: x}]}
`;
    const { problems } = readPipeline(text, { file: 'ci.yml' });
    expect(problems.map(({ line, column, message }) => `${line}:${column} ${message}`)).toEqual([
      '4:46 no job `buidl` is in this file; did you mean `build`?',
    ]);
  });

  it('finds jobs that never run, and those behind them', () => {
    const job = (keys: string) => `{runs-on: x, steps: [{run: x}]${keys}}`;
    const text = `on: push
jobs:
  z: ${job(', needs: [D, a]')}
  a: ${job(", if: '${{ false }}'")}
  b: ${job(', needs: A')}
  c: ${job(', needs: b, if: "!cancelled()"')}
  d: ${job(', needs: c')}
  e: ${job(", if: '${{ false'")}
`;
    const warned = readPipeline(text, { file: 'a' }).problems.filter(({ code }) => code === 'never-runs');
    expect(warned.map(({ line, column }) => `${line}:${column}`)).toEqual(['3:45', '4:42', '5:45']);
  });

  it('finds turns that cannot be', () => {
    const long = 'g'.repeat(401);
    const job = (turns: string) => `on: push\njobs: {a: {runs-on: x, concurrency: ${turns}, steps: [{run: x}]}}\n`;
    expect(problemsOf(`on: push\nconcurrency: ${long}\n${JOB}`)).toEqual(['2:14 bad-concurrency']);
    expect(problemsOf(job(`{group: ${long}}`))).toEqual(['2:45 bad-concurrency']);
    expect(problemsOf(job('{group: a, queue: max, cancel-in-progress: true}'))).toEqual(['2:55 bad-concurrency']);
    expect(problemsOf(job('{group: a, queue: max, cancel-in-progress: false}'))).toEqual([]);
    expect(problemsOf(job('""'))).toEqual(['2:37 empty-value']);
  });

  it('says how a secret gets into an if, and a ! into a value', () => {
    const message = (text: string) => readPipeline(text, { file: 'a' }).problems[0]?.message;
    const job = (condition: string) => `on: push\njobs:\n  a:\n    if: ${condition}\n    runs-on: x\n    steps: [{run: x}]\n`;
    expect(message(job('secrets.A'))).toMatch(/`secrets` is not known here; .*put the secret into `env`/);
    expect(message(job('!failure()'))).toMatch(/Unresolved tag.*begins with ! needs quotes/);
  });

  it('finds circles of needs', () => {
    const text =
      'on: push\njobs:\n  a: {runs-on: x, needs: c, steps: [{run: x}]}\n  b: {runs-on: x, needs: A, steps: [{run: x}]}\n  c: {runs-on: x, needs: b, steps: [{run: x}]}\n';
    expect(problemsOf(text)).toEqual(['3:26 needs-circle']);
  });

  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])(
    'takes %s for an ordinary unknown key everywhere',
    (key) => {
      const text = `on: {push: {${key}: 1}}\n${key}: 1\njobs:\n  a: {runs-on: x, ${key}: 1, steps: [{run: ls, ${key}: 1}]}\n`;
      expect(readPipeline(text, { file: 'a' }).problems.map(({ code }) => code)).toEqual(Array(4).fill('unknown-key'));
    },
  );

  it('keeps __proto__ as the name of a variable', () => {
    expect(Object.keys(pipelineOf(`on: push\nenv: {__proto__: a, constructor: b}\n${JOB}`).env)).toEqual([
      '__proto__',
      'constructor',
    ]);
  });

  it.each([
    ['a duplicate key in other case', `on: push\nenv: {A: 1, a: 2}\n${JOB}`, '2:13 duplicate-key'],
    ['a merge key', `on: push\nenv:\n  <<: {A: 1}\n${JOB}`, '3:3 merge-key'],
    ['a key that is no scalar', `on: push\nenv:\n  ? [a]\n  : b\n${JOB}`, '3:5 key-not-text'],
    ['a second document', `on: push\n${JOB}---\na: b\n`, '7:1 several-documents'],
    ['a directive', `%YAML 1.2\n---\non: push\n${JOB}`, '1:1 yaml-directive'],
    ['an alias inside what it names', `on: push\nenv: &e {A: *e}\n${JOB}`, '2:13 bad-alias'],
    ['a NUL byte', `on: push\n\0${JOB}`, '2:1 control-character'],
    ['bytes that are not UTF-8', new Uint8Array([97, 58, 32, 0xff]), '1:4 not-utf-8'],
    ['an empty file', '', '1:1 file-empty'],
    ['more than 512 KiB', `#${'x'.repeat(600_000)}`, '1:1 file-too-large'],
    ['9,000 nested brackets', '['.repeat(9000), '1:101 too-deep'],
    ['deep block nesting', '- '.repeat(9000), '1:201 too-deep'],
    ['an alias bomb', bomb(), '2:20 too-many-nodes'],
    ['500,000 quotes', '"'.repeat(500_000), '1:201 too-deep'],
    ['150,000 anchors', '&a '.repeat(150_000), '1:301 too-deep'],
    ['250,000 comments', '#\n'.repeat(250_000), '100001:1 too-many-nodes'],
    ['a tab as indentation', 'on: push\njobs:\n\ta: b\n', '3:1 yaml-syntax'],
    ['a merge of documents', '---\na: b\n---\n', '3:1 several-documents'],
    ['200,000 values', `a: [${'1,'.repeat(200_000)}]`, '1:40003 too-many-nodes'],
  ])('refuses %s', (_, text, problem) => {
    expect(problemsOf(text)).toContain(problem);
  });

  it('reads anchors, aliases, a byte-order mark and CRLF', () => {
    const text = `\ufeffon: push\r\nenv: &e {A: x}\r\njobs:\r\n  a: {runs-on: x, env: *e, steps: [{run: ls}]}\r\n`;
    expect(pipelineOf(text).jobs[0]?.env).toEqual({ A: 'x' });
    expect(readPipeline(new TextEncoder().encode(text), { file: 'a' }).problems).toEqual([]);
  });

  it('reads 4,000 expressions in one text, and not as many as make a server wait', () => {
    const text = (count: number) =>
      `on: push\njobs: {a: {runs-on: x, steps: [{run: "${'${{ inputs.a }}'.repeat(count)}"}]}}`;
    expect(new Set(problemsOf(text(4_000)).map((problem) => problem.replace(/^\S+ /, '')))).toEqual(
      new Set(['outside-text', 'more-problems']),
    );
    expect(problemsOf(text(30_000))).toEqual([expect.stringMatching(/^2:\d+ too-many-nodes$/)]);
  });

  it.each([
    ['a line end that is escaped', '"a\\n${{ nope }}"'],
    ['a letter by its number', '"\\x41\\u0041${{ nope }}"'],
    ['a blank by its number', '"\\x20${{ nope }}"'],
    ['a letter of two units', '"\\U0001F600${{ nope }}"'],
    ['a doubled quote', "'it''s ${{ nope }}'"],
  ])('finds the place behind %s', (_, value) => {
    const line = `run-name: ${value}`;
    expect(problemsOf(`on: push\n${line}\n${JOB}`)).toEqual([`2:${line.indexOf('nope') + 1} unknown-context`]);
  });

  it('counts nesting of a scalar that begins like an indicator and spans lines', () => {
    expect(problemsOf(':- \tx\tjobs\n${{-')).toEqual(['1:1 wrong-kind']);
  });

  it('never throws and gives a pipeline exactly when there is no error', () => {
    const words = fc.constantFrom(
      'on',
      'jobs',
      'push',
      'a',
      'runs-on',
      'steps',
      'run',
      ':',
      '- ',
      '\n',
      '  ',
      '{',
      '}',
      '[',
      ']',
      '${{',
      '}}',
      "'",
      '&a',
      '*a',
      '|',
      '<<',
      'x',
      '!',
      '\t',
      '__proto__',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(words, { maxLength: 60 }).map((all) => all.join('')),
        ),
        (text) => {
          const { pipeline, problems } = readPipeline(text, { file: 'a' });
          expect(pipeline === null).toBe(problems.some(({ severity }) => severity === 'error'));
          expect(problems.some(({ code }) => code === 'unreadable')).toBe(false);
        },
      ),
      { numRuns: 400 },
    );
  });
});

/** Nine lists, each of nine aliases of the one before. */
function bomb(): string {
  const lines = ['on: push', 'a: &a [x,x,x,x,x,x,x,x,x]'];
  for (const [from, to] of ['ab', 'bc', 'cd', 'de', 'ef', 'fg'].map((pair) => pair.split(''))) {
    lines.push(
      `${to ?? ''}: &${to ?? ''} [${Array(9)
        .fill(`*${from ?? ''}`)
        .join(',')}]`,
    );
  }
  return lines.join('\n');
}
