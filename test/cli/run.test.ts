/** `run`: what runs, on what, and what it is told by the command line. */
import { describe, expect, it } from 'vitest';
import { jobsOf, jobWith, PIPELINE, printed, resultsOf, Tree, treeWith } from './run-scene.js';

const ONE = jobWith('[{run: "echo ran"}]');

describe('run without a file', () => {
  it('runs the pipelines that a push of HEAD would start, and no others', async () => {
    const tree = treeWith(ONE)
      .write('.pagure/pipelines/docs.yml', jobWith('[{run: "echo docs"}]', { on: "{push: {paths: ['docs/**']}}" }))
      .write('.pagure/pipelines/code.yml', jobWith('[{run: "echo code"}]', { on: "{push: {paths: ['src/**']}}" }))
      .write('.pagure/pipelines/pull.yml', jobWith('[{run: "echo pull"}]', { on: 'pull_request' }))
      .commit()
      .write('src/main.c', 'x')
      .commit();
    const ran = await tree.run('--json');
    expect(ran.code).toBe(0);
    expect(ran.events.filter(({ event }) => event === 'run-started').map(({ file }) => file)).toEqual([
      PIPELINE,
      '.pagure/pipelines/code.yml',
    ]);
    expect([...printed(ran)].sort()).toEqual(['code', 'ran']);
  });

  it('takes for the push what the remote does not have yet', async () => {
    const tree = treeWith(jobWith('[{run: "echo ran"}]', { on: "{push: {paths: ['src/**']}}" }));
    tree.git('branch', 'there');
    tree.git('remote', 'add', 'origin', '.');
    tree.git('fetch', '--quiet', 'origin');
    tree.git('branch', '--quiet', '--set-upstream-to=origin/there');
    tree.write('src/x', 'x').commit().write('README', 'x').commit();
    expect((await tree.run('--json')).events.some(({ event }) => event === 'run-started')).toBe(true);
  });

  it('says when nothing would start, and why', async () => {
    const ran = await treeWith(jobWith('[{run: "echo no"}]', { on: '{push: {branches: [release]}}' })).run();
    expect([ran.code, ran.out]).toEqual([0, '']);
    expect(ran.err).toContain(`${PIPELINE} does not start: push: branches [release] do not match main`);
    expect(ran.err).toContain('Nothing would start.');
  });

  it('keeps to [skip ci], as a server does', async () => {
    const ran = await treeWith(ONE).commit('x [skip ci]').run();
    expect([ran.code, ran.out, ran.err]).toEqual([0, '', expect.stringContaining('skip ci')]);
  });

  it('runs nothing when a file has errors', async () => {
    const tree = treeWith(ONE).write('.pagure/pipelines/bad.yml', 'on: push\njobs: {a: {runs-on: x, stepz: []}}\n');
    const ran = await tree.run();
    expect(ran.code).toBe(2);
    expect(ran.out).toContain('.pagure/pipelines/bad.yml:2:24: `stepz` is not a key');
    expect(ran.out).not.toContain('[a]');
  });

  it.each([
    ['in no repository', 'this is no git repository'],
    ['without pipelines', 'there is no pipeline in .pagure/pipelines'],
  ])('%s is wrong', async (where, says) => {
    const tree = new Tree();
    if (where === 'without pipelines') tree.commit();
    const ran = await tree.run();
    expect([ran.code, ran.err]).toEqual([2, expect.stringContaining(says)]);
  });
});

describe('run with a file', () => {
  it('runs it whatever its filters say, and says that a server would not', async () => {
    const ran = await treeWith(jobWith('[{run: "echo ran"}]', { on: '{push: {branches: [release]}}' })).run(PIPELINE);
    expect([ran.code, ran.out]).toEqual([0, expect.stringContaining('[a] ran\n')]);
    expect(ran.err).toContain('a server would not start it for this: push: branches [release] do not match main');
  });

  it('takes the one event that the file knows', async () => {
    const ran = await treeWith(jobWith('[{run: "echo $GITHUB_EVENT_NAME"}]', { on: 'pull_request' })).run(PIPELINE);
    expect(ran.out).toContain('[a] pull_request\n');
  });

  it('refuses an event that the file does not know', async () => {
    const ran = await treeWith(ONE).run(`${PIPELINE} --event-name pull_request`);
    expect([ran.code, ran.out, ran.err]).toEqual([2, '', expect.stringContaining('does not start on pull_request')]);
  });

  it('that is piped in works on the repository where the verb is called', async () => {
    const ran = await treeWith(ONE, { here: 'x' }).run('-', { input: jobWith('[{run: ls}]') });
    expect([ran.code, ran.out]).toEqual([0, expect.stringContaining('[a] here\n')]);
  });

  it('works on the folder that its own folder of pipelines stands in', async () => {
    const tree = treeWith(ONE).write(`inner/${PIPELINE}`, jobWith('[{run: ls}]')).write('inner/file', 'x');
    const ran = await tree.run(`inner/${PIPELINE}`);
    expect(ran.out).toContain('[a] file\n');
  });

  it('that is missing is wrong', async () => {
    const ran = await treeWith(ONE).run('nope.yml');
    expect([ran.code, ran.err]).toEqual([2, expect.stringContaining('nope.yml cannot be read')]);
  });
});

describe('a workspace', () => {
  it('is a copy of the tree as it stands, of its own for each job', async () => {
    const tree = treeWith(
      `on: push
jobs:
  one: {runs-on: x, steps: [{run: "cat kept new; touch mine; ls"}]}
  two: {needs: one, runs-on: x, steps: [{run: "ls; git log -1 --format=%s; git status --short"}]}
`,
      { kept: 'old', '.gitignore': 'build\n' },
    );
    tree.write('kept', 'changed\n').write('new', 'new\n').write('build/out', 'no');
    const ran = await tree.run('--json');
    expect(printed(ran)).toEqual([
      ...['changed', 'new', 'kept', 'mine', 'new'],
      ...['kept', 'new', 'a change', ' M kept', '?? new'],
    ]);
  });

  it('begins empty in the folders of other forges, until actions/checkout fills it', async () => {
    const path = '.github/workflows/ci.yml';
    const tree = new Tree()
      .write(path, jobWith('[{run: ls}, {uses: actions/checkout@v4}, {run: ls}]'))
      .write('file', 'x');
    const ran = await tree.commit().run('--json');
    expect([ran.code, printed(ran).filter((line) => line === 'file')]).toEqual([0, ['file']]);
  });

  it('is checked out at another branch or commit where a step names one', async () => {
    const steps = (sha: string) =>
      `[{uses: actions/checkout@v4, with: {ref: old}}, {run: cat file}, {uses: actions/checkout@v4, with: {ref: ${sha}}}, {run: cat file}, {uses: actions/checkout@v4, with: {ref: main}}, {run: cat file}]`;
    const tree = new Tree().write('file', 'old\n').commit();
    const sha = tree.git('rev-parse', 'HEAD');
    tree.git('branch', 'old');
    tree
      .write(PIPELINE, jobWith(steps(sha)))
      .write('file', 'new\n')
      .commit()
      .write('file', 'changed\n');
    const ran = await tree.run('--json');
    expect([ran.code, printed(ran)]).toEqual([0, ['old', 'old', 'changed']]);
  });

  it('may be any folder, in no repository too', async () => {
    const tree = new Tree()
      .write('ci.yml', jobWith('[{run: ls -A}]'))
      .write('some/.hidden', 'x')
      .write('some/file', 'x');
    const ran = await tree.run('ci.yml --workspace some --json');
    expect([ran.code, printed(ran)]).toEqual([0, ['.hidden', 'file']]);
  });

  it('that is no folder is wrong', async () => {
    const ran = await treeWith(ONE).run('--workspace nope');
    expect([ran.code, ran.err]).toEqual([2, expect.stringContaining('nope is no folder')]);
  });

  it('is gone when the run is over, and so is all that was temporary', async () => {
    const tree = treeWith(jobWith('[{run: "mkdir x; touch x/y; chmod 500 x; sleep 100 &"}]'));
    await tree.run();
    expect(tree.leftovers).toEqual([]);
  });
});

describe('jobs', () => {
  it('run whatever their labels are, with what the ones before gave', async () => {
    const ran = await treeWith(`on: push
jobs:
  build:
    runs-on: [self-hosted, windows-95]
    outputs: {word: "\${{ steps.say.outputs.word }}"}
    steps: [{id: say, run: 'echo word=hello >> "$GITHUB_OUTPUT"'}]
  test:
    needs: build
    strategy: {matrix: {n: [1, 2]}}
    runs-on: "label-\${{ matrix.n }}"
    steps: [{run: "echo \${{ needs.build.outputs.word }} \${{ matrix.n }}"}]
`).run('--json');
    expect(resultsOf(ran)).toEqual({ build: 'success', 'test[0]': 'success', 'test[1]': 'success' });
    expect([...printed(ran)].sort()).toEqual(['hello 1', 'hello 2']);
    expect(jobsOf(ran)[0]?.outputs).toEqual({ word: 'hello' });
  });

  it.each([
    ['a failure', '[{run: "exit 3"}]', 'failure'],
    ['what took longer than its time', '[{run: "sleep 30", timeout-minutes: 0.01}]', 'failure'],
  ])('with %s give the exit code 1', async (_what, steps, result) => {
    const ran = await treeWith(jobWith(steps)).run('--json');
    expect([ran.code, resultsOf(ran)]).toEqual([1, { a: result }]);
  });

  it('that take longer than their time are canceled, which is 1 as well', async () => {
    const job = 'jobs: {a: {runs-on: x, timeout-minutes: 0.01, steps: [{run: "sleep 30"}]}}';
    const ran = await treeWith(`on: push\n${job}\n`).run('--json');
    expect([ran.code, resultsOf(ran)]).toEqual([1, { a: 'canceled' }]);
  });

  it('need no approval for their environment', async () => {
    const job = 'jobs: {a: {runs-on: x, environment: production, steps: [{run: "echo deployed"}]}}';
    const ran = await treeWith(`on: push\n${job}\n`).run('--json');
    expect([ran.code, printed(ran)]).toEqual([0, ['deployed']]);
  });

  it('call pipelines of the working tree, which are checked out as it stands', async () => {
    const caller = 'on: push\njobs: {call: {uses: ./.pagure/pipelines/lib.yml, with: {word: hi}}}\n';
    const lib = `on: {workflow_call: {inputs: {word: {type: string}}}}
jobs: {inner: {runs-on: x, steps: [{run: "echo \${{ inputs.word }}; cat file"}]}}
`;
    const tree = treeWith(caller, { file: 'x' })
      .write('.pagure/pipelines/lib.yml', lib)
      .write('file', 'as it stands\n');
    const ran = await tree.run('--json');
    expect([ran.code, printed(ran), Object.keys(resultsOf(ran))]).toEqual([0, ['hi', 'as it stands'], ['call/inner']]);
  });

  it('of one concurrency group run one after the other; of those that wait the newest stays', async () => {
    const job = (name: string) =>
      `  ${name}: {runs-on: x, concurrency: g, steps: [{run: "echo ${name}; sleep 0.2"}]}\n`;
    const ran = await treeWith(`on: push\njobs:\n${['one', 'two', 'three'].map(job).join('')}`).run('--json');
    expect(resultsOf(ran)).toEqual({ one: 'success', two: 'canceled', three: 'success' });
    expect(jobsOf(ran).find(({ job: key }) => key === 'two')?.reason).toBe('replaced in group g');
    const order = ran.events.filter(({ event, job: key }) => /^job-(started|finished)$/.test(event) && key !== 'two');
    expect(order.map(({ event, job: key }) => `${key} ${event}`)).toEqual([
      ...['one job-started', 'one job-finished', 'three job-started', 'three job-finished'],
    ]);
  });
});

describe('--job', () => {
  const CHAIN = `on: push
jobs:
  a: {runs-on: x, steps: [{run: "echo a"}]}
  b: {needs: a, runs-on: x, steps: [{run: "echo b"}]}
  c: {needs: b, runs-on: x, steps: [{run: "echo c"}]}
  d: {runs-on: x, steps: [{run: "echo d"}]}
`;

  it('runs the job with those that it needs', async () => {
    expect(printed(await treeWith(CHAIN).run('--json --job B'))).toEqual(['a', 'b']);
  });

  it('that there is none of is wrong', async () => {
    const ran = await treeWith(CHAIN.replace('  d:', '  deploy:')).run('--job deplou');
    expect([ran.code, ran.out, ran.err]).toEqual([2, '', expect.stringContaining('did you mean deploy?')]);
  });
});

describe('--matrix', () => {
  const MATRIX = `on: push
jobs:
  test:
    strategy: {matrix: {node: [20, 22], os: [linux, mac]}}
    runs-on: x
    steps: [{run: "echo \${{ matrix.node }} \${{ matrix.os }}"}]
`;

  it('runs the combinations with its values alone', async () => {
    const ran = await treeWith(MATRIX).run('--json --matrix node:22 --matrix os:mac');
    expect([ran.code, printed(ran)]).toEqual([0, ['22 mac']]);
    expect(Object.values(resultsOf(ran))).toEqual(['skipped', 'skipped', 'skipped', 'success']);
  });

  it.each([
    ['--matrix nodes:22', 'no job has an axis "nodes"; there are node, os'],
    ['--matrix node', '--matrix needs AXIS:VALUE'],
  ])('%s is wrong', async (words, says) => {
    const ran = await treeWith(MATRIX).run(words);
    expect([ran.code, ran.out, ran.err]).toEqual([2, '', expect.stringContaining(says)]);
  });
});

describe('--secret, --var and --env', () => {
  const STEP = '[{run: "echo [${{ secrets.KEY }}] ${{ vars.PLACE }} $A $B $C"}]';
  const TEXT = jobWith(STEP, { more: 'env: {A: file, C: "${{ vars.PLACE }}"}\n' });

  it('are there; a secret is masked, and env stands below that of the file', async () => {
    const words = '--json --secret KEY=hush-hush --var PLACE=here --env A=line --env B=line';
    const ran = await treeWith(TEXT).run(words);
    expect(printed(ran)).toEqual(['[***] here file line here']);
    expect(ran.out).not.toContain('hush-hush');
  });

  it('a secret without a value is taken from the environment', async () => {
    const steps = '[{run: "test ${{ secrets.KEY }} = hush-hush"}]';
    const ran = await treeWith(jobWith(steps)).run('--secret KEY', { env: { KEY: 'hush-hush' } });
    expect(ran.code).toBe(0);
  });

  it('an output that holds a secret is shown masked, and handed on as it is', async () => {
    const ran = await treeWith(`on: push
jobs:
  a:
    runs-on: x
    outputs: {key: "\${{ steps.s.outputs.key }}"}
    steps: [{id: s, run: 'echo "key=\${{ secrets.KEY }}" >> "$GITHUB_OUTPUT"'}]
  b: {needs: a, runs-on: x, steps: [{run: 'test "\${{ needs.a.outputs.key }}" = hush-hush'}]}
`).run('--json --secret KEY=hush-hush');
    expect([ran.code, jobsOf(ran)[0]?.outputs]).toEqual([0, { key: '***' }]);
    expect(ran.out).not.toContain('hush-hush');
  });

  it.each([
    ['--secret KEY', '--secret KEY: the environment has no variable KEY'],
    ['--secret =hush-hush', '--secret needs a name'],
    ['--var hush-hush', '--var needs NAME=VALUE'],
    ['--env A.B=hush-hush', '--env needs a name'],
  ])('%s is wrong, and no value is shown', async (words, says) => {
    const ran = await treeWith(TEXT).run(words);
    expect([ran.code, ran.out, ran.err]).toEqual([2, '', expect.stringContaining(says)]);
    expect(ran.err).not.toContain('hush-hush');
  });
});

describe('--actor and --repository', () => {
  const WHO = jobWith('[{run: "echo $GITHUB_ACTOR $GITHUB_REPOSITORY $GITHUB_SERVER_URL"}]');

  it('are what the machine tells, unless they are given', async () => {
    const tree = treeWith(WHO);
    expect(printed(await tree.run('--json'))).toEqual(['ada lab https://pagure.io']);
    tree.git('remote', 'add', 'origin', 'ssh://git@src.example.org/rpms/lab.git');
    expect(printed(await tree.run('--json'))).toEqual(['ada rpms/lab https://src.example.org']);
    expect(printed(await tree.run('--json --actor bob --repository ns/other'))).toEqual([
      'bob ns/other https://src.example.org',
    ]);
  });

  it.each(['--actor a;b', '--repository a//b', '--event-name a/b'])('%s is wrong', async (words) => {
    expect((await treeWith(WHO).run(words)).code).toBe(2);
  });
});

describe('--executor', () => {
  it.each([
    ['host', 0],
    ['moon', 2],
  ])('%s ends with %i', async (name, code) => {
    expect((await treeWith(ONE).run(`--executor ${name}`)).code).toBe(code);
  });
});
