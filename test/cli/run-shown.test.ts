/** `run`: how it is shown: as JSON, as plain lines, and on a terminal; and what is said before anything runs. */
import { describe, expect, it } from 'vitest';
import { jobWith, jobsOf, PIPELINE, treeWith, withoutColours } from './run-scene.js';

const TWO = `name: CI
on: push
jobs:
  build: {runs-on: x, steps: [{name: Make, run: "echo made"}, {name: Later, if: failure(), run: "echo no"}]}
  test: {needs: build, runs-on: x, steps: [{id: check, run: "printf 'no line end'; exit 3"}]}
`;

describe('--json', () => {
  it('prints one event per line, in the order in which it happened', async () => {
    const { events } = await treeWith(TWO).run('--json');
    const told = events
      .filter(({ event }) => event !== 'log')
      .map(({ event, job, step }) => [event, job, step].join(' ').trim());
    expect(told).toEqual([
      'run-started',
      ...['job-queued build', 'job-started build'],
      ...['step-started build 0', 'step-finished build 0', 'step-started build 1', 'step-finished build 1'],
      ...['step-finished build 2', 'job-finished build'],
      ...['job-queued test', 'job-started test', 'step-started test 0', 'step-finished test 0'],
      ...['step-started test 1', 'step-finished test 1', 'job-finished test'],
      ...['run-finished', 'result'],
    ]);
    expect(events.every(({ at }) => typeof at === 'string')).toBe(true);
  });

  it('ends with the outcome of every job and step', async () => {
    const ran = await treeWith(TWO).run('--json');
    expect(ran.events.at(-1)).toMatchObject({ event: 'result', result: 'failure' });
    const [build, test] = jobsOf(ran);
    expect(build?.steps.map(({ outcome }) => outcome)).toEqual(['success', 'success', 'skipped']);
    expect(test).toMatchObject({ result: 'failure', steps: [{ id: '__setup' }, { id: 'check', exitCode: 3 }] });
  });

  it('tells problems as events, and nothing else', async () => {
    const ran = await treeWith(TWO.replace('needs: build', 'needs: bild')).run('--json');
    expect(ran.code).toBe(2);
    expect(ran.events).toEqual([
      expect.objectContaining({ event: 'problem', file: PIPELINE, line: 5, severity: 'error' }),
    ]);
  });
});

describe('plain lines', () => {
  it('carry the name of their job, and no script', async () => {
    const { out, code } = await treeWith(TWO).run();
    expect(code).toBe(1);
    expect(out.replace(/\d+\.\ds/g, '0.0s')).toBe(
      [
        'CI: push on refs/heads/main',
        '[build] step 1: Make',
        '[build] made',
        '[build] step 1: success (0.0s)',
        '[build] step 2: Later: skipped',
        '[build] success (0.0s)',
        "[test] step 1: Run printf 'no line end'; exit 3",
        '[test] no line end',
        '[test] error: exit code 3',
        '[test] step 1: failure (0.0s, exit code 3)',
        "[test] failure (0.0s, Run printf 'no line end'; exit 3: exit code 3)",
        'CI: failure (0.0s)',
        '',
      ].join('\n'),
    );
  });

  it('hold nothing that a terminal would obey', async () => {
    const steps = String.raw`[{run: 'printf "\033[31mred\033[0m\033]0;title\007\rover\n"'}]`;
    const { out } = await treeWith(jobWith(steps)).run();
    expect(out).toContain('[a] red\n[a] over\n');
  });

  it('of steps that run side by side name their step', async () => {
    const steps = '[{run: "echo back; sleep 0.3; echo again", background: true}, {run: "sleep 0.1; echo front"}]';
    const { out } = await treeWith(jobWith(steps)).run();
    expect(out).toContain('[a] 2: front\n');
  });
});

describe('a terminal', () => {
  it('shows the tree of jobs and a line of progress while they run, and how all ended', async () => {
    const { out } = await treeWith(TWO.replace('echo made', 'echo made; sleep 0.3')).run('', { columns: 80 });
    const plain = withoutColours(out);
    expect(plain).toMatch(/● CI push on main · \d+s\r?\n├─ ● build .*step 1\/2 Make\r?\n└─ ○ test after build\r?\n/);
    expect(plain).toMatch(/[━─]{20} 0\/2 jobs · 1 running · \d+s · Ctrl-C cancels/);
    expect(plain).toContain('build │ ▸ Make\n');
    expect(plain).toContain('build │ made\n');
    expect(plain).toMatch(
      /\n✗ CI push on main · \S+\n├─ ✓ build \S+\n└─ ✗ test \S+\n {3}✗ step 1 Run printf .*exit code 3\n$/,
    );
    expect(out).toContain('\u001b[');
  });

  it('shows what steps summed up and pointed out, above the tree', async () => {
    const script = [
      String.raw`printf "# Done\n\033[2Jall\n" >> "$GITHUB_STEP_SUMMARY"`,
      'echo "::warning file=a.c,line=3,title=Odd::so it is"',
      'seq 12 | sed "s/^/::notice::n/"',
      'exit 3',
    ];
    const steps = `\n      - name: check\n        run: |\n${script.map((line) => `          ${line}\n`).join('')}`;
    const { out } = await treeWith(`on: push\njobs:\n  a:\n    runs-on: host\n    steps:${steps}`).run('', {
      columns: 80,
    });
    const closing = withoutColours(out).slice(withoutColours(out).indexOf('Summary of'));
    const notices = Array.from({ length: 10 }, (_, at) => `  notice n${at + 1}`);
    expect(closing.replace(/✗ \.pagure[^]*/, '').split('\n')).toEqual([
      ...['Summary of a › check', '# Done', ' [2Jall', ''],
      ...['a › check', '  warning a.c:3: Odd: so it is', ...notices, '  … 2 more', '', ''],
    ]);
  });

  it('without colours still has its picture', async () => {
    const { out } = await treeWith(TWO).run('', { columns: 80, env: { NO_COLOR: '1' } });
    expect(out).not.toMatch(/\u001b\[3\dm/);
    expect(out).toContain('build │ made\n');
  });

  it('of a single job needs no name before each line', async () => {
    const { out } = await treeWith(jobWith('[{run: "echo alone"}]')).run('', { columns: 80 });
    expect(withoutColours(out)).toMatch(/(^|\n)alone\n/);
  });
});

describe('what this machine lacks', () => {
  it('is said with its place before anything runs', async () => {
    const steps = '[{uses: actions/checkout@v4}, {shell: "nosuchshell {0}", run: x}]';
    const ran = await treeWith(jobWith(steps)).run();
    expect([ran.code, ran.out]).toEqual([
      2,
      `${PIPELINE}:5:43: this machine has no nosuchshell, which the step is to be run by [lacking]\n`,
    ]);
  });

  it.each([
    ['an earlier step may bring it', '[{run: "true"}, {shell: "nosuchshell {0}", run: x}]', 1],
    ['a condition may leave it out', '[{if: failure(), shell: "nosuchshell {0}", run: x}]', 0],
    ['its failure does not count', '[{continue-on-error: true, shell: "nosuchshell {0}", run: x}]', 0],
  ])('is a warning where %s', async (_why, steps, code) => {
    const ran = await treeWith(jobWith(steps)).run();
    expect([ran.code, ran.err]).toEqual([code, expect.stringContaining('warning: this machine has no nosuchshell')]);
  });

  it.each([
    ['{uses: some/action@v1}', 'the action some/action@v1: it cannot be run here'],
    ['{uses: ./nothing}', 'the action ./nothing: there is no such action in the working tree'],
  ])('%s fails its job alone, and is said before', async (step, says) => {
    const ran = await treeWith(jobWith(`[${step}]`)).run();
    expect([ran.code, ran.err]).toEqual([1, expect.stringContaining(says)]);
    expect(ran.err).toMatch(/^\.pagure\/pipelines\/ci\.yml:5:\d+: /);
  });
});

describe('--break-before', () => {
  it('needs a terminal', async () => {
    const ran = await treeWith(TWO).run('--break-before check');
    expect([ran.code, ran.out, ran.err]).toEqual([2, '', expect.stringContaining('needs a terminal')]);
  });
});
