/** Calls of other pipelines: linking, inputs, keys and names of their jobs, results and outputs. */
import { describe, expect, it } from 'vitest';
import type { Advance, JobStanding, Plan } from '../../src/model/plan.js';
import {
  advance,
  linkCalls,
  type LoadedPipeline,
  needsContext,
  type Pipeline,
  planRun,
  readPipeline,
} from '../../src/pipeline/index.js';
import { CONTEXTS, done } from './samples.js';

function languageOf(text: string, file = 'ci.yml'): Pipeline {
  const { pipeline, problems } = readPipeline(text, { file, scope: 'language' });
  if (!pipeline) throw new Error(problems.map((problem) => problem.message).join('\n'));
  return pipeline;
}

function loaded(files: Record<string, string>): ReadonlyMap<string, LoadedPipeline> {
  return new Map(
    Object.entries(files).map(([key, text]) => [
      key,
      { kind: 'loaded', pipeline: languageOf(text, key), checkout: true },
    ]),
  );
}

function planOf(text: string, files: Record<string, string>): Plan {
  const linked = linkCalls(languageOf(text), loaded(files));
  if (linked.kind !== 'linked') throw new Error(JSON.stringify(linked));
  const planned = planRun(linked.pipeline, CONTEXTS, { checkout: true });
  if (planned.kind !== 'plan') throw new Error('not planned');
  return planned.plan;
}

function problemOf(text: string, files: Record<string, string>): string {
  const linked = linkCalls(languageOf(text), loaded(files));
  return linked.kind === 'problems'
    ? linked.problems.map(({ code, line, message }) => `${line} ${code}: ${message}`).join('\n')
    : linked.kind;
}

function shown({ changes, result }: Advance): string[] {
  const texts = changes.map((change) =>
    change.kind === 'cancel' ? `cancel ${change.key}` : `${change.kind} ${change.job.key} (${change.job.name})`,
  );
  return result ? [...texts, result] : texts;
}

const CALLER = `on: push
jobs:
  call: {uses: ./lib.yml, with: {who: alice, many: 3}, secrets: inherit}
  after: {needs: call, runs-on: x, if: "needs.call.outputs.word == 'hi'", steps: [{run: x}]}
`;
const LIB = `on:
  workflow_call:
    inputs: {who: {type: string, required: true}, many: {type: number}, flag: {type: boolean}, dear: {type: string, default: '\${{ github.actor }}'}}
    outputs: {word: {value: '\${{ jobs.one.outputs.w }}'}}
env: {LIB: '1'}
jobs:
  one: {runs-on: "\${{ inputs.who }}", steps: [{run: x}], outputs: {w: x}}
  two: {name: Two, needs: one, runs-on: x, if: inputs.many == 3, steps: [{run: x}]}
`;

describe('linkCalls', () => {
  it('asks for the files that it lacks, those of files too', () => {
    expect(linkCalls(languageOf(CALLER), new Map())).toEqual({
      kind: 'needs',
      needs: [{ repository: null, ref: null, path: 'lib.yml' }],
    });
    const remote = 'on: push\njobs: {a: {uses: org/repo/ci/x.yml@v1}}';
    const inner = 'on: workflow_call\njobs: {a: {uses: ./ci/y.yml}, b: {uses: $/ci/z.yml}}';
    expect(linkCalls(languageOf(remote), loaded({ 'org/repo/ci/x.yml@v1': inner }))).toEqual({
      kind: 'needs',
      needs: [
        { repository: 'org/repo', ref: 'v1', path: 'ci/y.yml' },
        { repository: 'org/repo', ref: 'v1', path: 'ci/z.yml' },
      ],
    });
  });

  it.each([
    [
      'an undeclared input',
      'on: push\njobs:\n  a: {uses: ./lib.yml, with: {who: x, other: 1}}',
      '3 bad-call: ./lib.yml: it has no input `other`',
    ],
    [
      'a missing input',
      'on: push\njobs:\n  a: {uses: ./lib.yml}',
      '3 bad-call: ./lib.yml: the input `who` must be given',
    ],
    [
      'an undeclared secret',
      'on: push\njobs:\n  a: {uses: ./lib.yml, with: {who: x}, secrets: {s: y}}',
      '3 bad-call: ./lib.yml: it has no secret `s`',
    ],
  ])('finds %s', (_, text, problem) => {
    expect(problemOf(text, { './lib.yml': LIB })).toBe(problem);
  });

  it('finds all that is wrong with all calls at once, each once', () => {
    const lib = 'on: {workflow_call: {inputs: {who: {type: string, required: true}, many: {type: number}}, secrets: {K: {required: true}}}}\njobs: {a: {uses: ./inner.yml}}';
    const text = `on: push
jobs:
  a: {uses: ./lib.yml, with: {other: 1, many: x}}
  b: {uses: ./gone.yml}
  c: {uses: ./lib.yml, with: {who: x}, secrets: inherit}
  d: {uses: ./lib.yml, with: {who: x, many: '\${{ 1 }}'}, secrets: {K: x}}
`;
    const files = loaded({ './lib.yml': lib, './inner.yml': 'on: push\njobs: {a: {runs-on: x, steps: [{run: x}]}}' });
    const linked = linkCalls(languageOf(text), new Map([...files, ['./gone.yml', { kind: 'missing', reason: 'gone' }]]));
    if (linked.kind !== 'problems') throw new Error(linked.kind);
    expect(linked.problems.map(({ line, message }) => `${line} ${message}`)).toEqual([
      '3 ./lib.yml: it has no input `other`',
      '3 ./lib.yml: the input `who` must be given',
      '3 ./lib.yml: the secret `K` must be given',
      '3 ./lib.yml: the input `many` must be a number',
      '4 ./gone.yml cannot be called: gone',
      '2 ./inner.yml: it has no `on: workflow_call`',
    ]);
  });

  it('refuses a file that is not made to be called', () => {
    expect(
      problemOf('on: push\njobs: {a: {uses: ./b.yml}}', {
        './b.yml': 'on: push\njobs: {a: {runs-on: x, steps: [{run: x}]}}',
      }),
    ).toContain('workflow_call');
  });

  it('ends at ten levels, fifty files and five thousand jobs', () => {
    expect(
      problemOf('on: push\njobs: {a: {uses: ./a.yml}}', { './a.yml': 'on: workflow_call\njobs: {a: {uses: ./a.yml}}' }),
    ).toContain('nested more than 10');
    const many = `on: push\njobs: {${Array.from({ length: 51 }, (_, n) => `j${n}: {uses: ./${n}.yml}`).join()}}`;
    const leaf = 'on: workflow_call\njobs: {a: {runs-on: x, steps: [{run: x}]}}';
    expect(problemOf(many, Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`./${n}.yml`, leaf])))).toContain(
      'at most 50 files',
    );
    const wide = (next: number) =>
      `on: workflow_call\njobs: {${Array.from({ length: 100 }, (_, n) => `j${n}: {uses: ./${next}.yml}`).join()}}`;
    const files = Object.fromEntries([
      ...Array.from({ length: 8 }, (_, n) => [`./${n}.yml`, wide(n + 1)]),
      ['./8.yml', leaf],
    ]);
    expect(problemOf('on: push\njobs: {a: {uses: ./0.yml}}', files)).toContain('more than 5000 jobs');
  });
});

describe('a call', () => {
  const plan = planOf(CALLER, { './lib.yml': LIB });

  it('starts the jobs of the called file with its inputs, env and name', () => {
    const { changes } = advance(plan, [], CONTEXTS, 'run');
    expect(changes).toMatchObject([
      {
        kind: 'queue',
        job: {
          key: 'call/one',
          id: 'call/one',
          name: 'call / one',
          runsOn: ['alice'],
          checkout: true,
          call: {
            env: { LIB: '1' },
            secrets: ['inherit'],
            inputs: { who: 'alice', many: 3, flag: false, dear: 'alice' },
          },
        },
      },
    ]);
  });

  it('goes on inside and gives its result and outputs to the jobs behind it', () => {
    const one = done('call/one', 'success', { outputs: { w: 'hi' } });
    expect(shown(advance(plan, [one], CONTEXTS, 'run'))).toEqual(['queue call/two (call / Two)']);
    expect(needsContext(plan, 'call/two', [one])).toEqual({ one: { result: 'success', outputs: { w: 'hi' } } });
    const two = done('call/two', 'success');
    expect(shown(advance(plan, [one, two], CONTEXTS, 'run'))).toEqual(['queue after (after)']);
    expect(needsContext(plan, 'after', [one, two], CONTEXTS)).toEqual({
      call: { result: 'success', outputs: { word: 'hi' } },
    });
  });

  it('fails with its jobs', () => {
    const standing = [done('call/one', 'failure')];
    expect(shown(advance(plan, standing, CONTEXTS, 'run'))).toEqual([
      'end call/two (call / Two)',
      'end after (after)',
      'failure',
    ]);
  });

  it('ends as one when it is skipped', () => {
    const skipped = planOf(CALLER.replace('secrets: inherit', 'if: false'), { './lib.yml': LIB });
    expect(shown(advance(skipped, [], CONTEXTS, 'run'))).toEqual(['end call (call)', 'end after (after)', 'skipped']);
  });

  it('fails when a computed input has the wrong type', () => {
    const wrong = planOf(CALLER.replace('many: 3', "many: '${{ github.actor }}'"), { './lib.yml': LIB });
    expect(advance(wrong, [], CONTEXTS, 'run').changes[0]).toMatchObject({
      kind: 'end',
      result: 'failure',
      reason: expect.stringContaining('must be a number') as string,
    });
  });

  it('runs once for each combination of a matrix', () => {
    const text =
      'on: push\njobs: {c: {uses: ./lib.yml, strategy: {matrix: {n: [1, 2]}, max-parallel: 1}, with: {who: "w${{ matrix.n }}"}}}';
    const matrix = planOf(text, { './lib.yml': LIB });
    expect(shown(advance(matrix, [], CONTEXTS, 'run'))).toEqual(['queue c[0]/one (c (1) / one)']);
    const first: JobStanding[] = [done('c[0]/one', 'success'), done('c[0]/two', 'skipped')];
    expect(shown(advance(matrix, first, CONTEXTS, 'run'))).toEqual(['queue c[1]/one (c (2) / one)']);
    const failed: JobStanding[] = [done('c[0]/one', 'failure'), done('c[0]/two', 'skipped')];
    expect(shown(advance(matrix, failed, CONTEXTS, 'run'))).toEqual(['end c[1] (c (2))', 'failure']);
  });

  it('is canceled inside when the run is', () => {
    const standing: JobStanding[] = [{ ...done('call/one', 'canceled') }];
    expect(shown(advance(plan, standing, CONTEXTS, 'cancel'))).toEqual([
      'end call/two (call / Two)',
      'end after (after)',
      'canceled',
    ]);
  });

  it('calls calls', () => {
    const outer = 'on: push\njobs: {a: {uses: ./mid.yml}}';
    const mid = 'on: workflow_call\njobs: {b: {uses: ./lib.yml, with: {who: bob}}}';
    expect(shown(advance(planOf(outer, { './mid.yml': mid, './lib.yml': LIB }), [], CONTEXTS, 'run'))).toEqual([
      'queue a/b/one (a / b / one)',
    ]);
  });
});

describe('the turns of a call', () => {
  const CALL = 'on: push\njobs:\n  c: {uses: ./x.yml, with: {stage: prod}';
  const file = (head: string, jobs = 'a: {runs-on: x, steps: [{run: x}]}') =>
    `on: {workflow_call: {inputs: {stage: {type: string}}}}\n${head}jobs: {${jobs}}\n`;
  const JOB = 'runs-on: x, steps: [{run: x}]';
  const turnsOf = (text: string, files: Readonly<Record<string, string>>) =>
    advance(planOf(text, files), [], CONTEXTS, 'run').changes.flatMap((change) =>
      change.kind === 'queue'
        ? [[change.job.key, ...(change.job.call?.turns ?? []).map(({ key, concurrency }) => `${key} ${concurrency.group}`)]]
        : [],
    );

  it('are those of the call, from what the caller sees, and each of its jobs has them', () => {
    const text = `${CALL}, strategy: {matrix: {v: [1, 2]}}, concurrency: {group: "G-\${{ matrix.v }}", cancel-in-progress: true}}\n`;
    const callee = file('', `a: {${JOB}}, b: {${JOB}, concurrency: own}`);
    expect(turnsOf(text, { './x.yml': callee })).toEqual([
      ['c[0]/a', 'c[0] g-1'],
      ['c[0]/b', 'c[0] g-1'],
      ['c[1]/a', 'c[1] g-2'],
      ['c[1]/b', 'c[1] g-2'],
    ]);
    const [first, second] = advance(planOf(text, { './x.yml': callee }), [], CONTEXTS, 'run').changes;
    expect(first).toMatchObject({ job: { concurrency: null, call: { turns: [{ concurrency: { cancelInProgress: true } }] } } });
    expect(second).toMatchObject({ job: { concurrency: { group: 'own' } } });
  });

  it('are those of the called file, from its own inputs, behind those of the call', () => {
    const callee = file('concurrency: {group: "deploy-${{ inputs.stage }}", queue: max}\n');
    expect(turnsOf(`${CALL}}\n`, { './x.yml': callee })).toEqual([['c/a', 'c/ deploy-prod']]);
    expect(turnsOf(`${CALL}, concurrency: lane}\n`, { './x.yml': callee })).toEqual([['c/a', 'c lane', 'c/ deploy-prod']]);
  });

  it('are those of all calls on the way, the outermost first', () => {
    const files = { './x.yml': file('', 'd: {uses: ./y.yml, concurrency: inner}'), './y.yml': file('concurrency: file\n') };
    expect(turnsOf(`${CALL}, concurrency: outer}\n`, files)).toEqual([['c/d/a', 'c outer', 'c/d inner', 'c/d/ file']]);
  });

  it('end its later jobs when it is canceled, and let run what runs always', () => {
    const jobs = `a: {${JOB}}, b: {${JOB}, needs: a}, c: {${JOB}, needs: a, if: always()}, d: {${JOB}, needs: a, if: cancelled()}`;
    const plan = planOf(`${CALL}, concurrency: x}\n  after: {${JOB}, needs: c}\n  beside: {${JOB}}\n`, { './x.yml': file('', jobs) });
    const standing = [done('c/a', 'canceled')];
    expect(shown(advance(plan, standing, CONTEXTS, 'run', ['c']))).toEqual([
      'end c/b (c / b)',
      'queue c/c (c / c)',
      'queue c/d (c / d)',
      'queue beside (beside)',
    ]);
  });

  it('fail the call when their group is empty', () => {
    const { changes } = advance(planOf(`${CALL}, concurrency: "\${{ inputs.nope }}"}\n`, { './x.yml': file('') }), [], CONTEXTS, 'run');
    expect(changes).toMatchObject([{ kind: 'end', result: 'failure', reason: expect.stringContaining('concurrency group') }]);
  });
});
