/** The runner with real processes: steps, environment, command files, cancel and time-outs. */
import { describe, expect, it } from 'vitest';
import { HastyClock } from './hasty-clock.js';
import { runYaml, type RunOptions, type Told } from './run-yaml.js';

/** A pipeline of one job with these steps. */
const job = (steps: string, more = '') => `
on: push
env: { FROM: pipeline, WHO: pipeline }
jobs:
  one:
    runs-on: host
    env: { FROM: job }
    ${more}
    steps:
${steps.replace(/^/gm, '      ')}
`;

const run = (steps: string, options?: RunOptions, more?: string) => runYaml(job(steps, more), options);
const outcomes = (told: Told) => told.steps.filter((step) => step.number > 0).map((step) => step.outcome);

describe('steps', () => {
  it('run in order, each in a process of its own, in the checkout', async () => {
    const told = await run('- run: cat README.md && x=1\n- run: echo "x is ${x:-unset}"');
    expect(told.result).toEqual({ result: 'success', reason: null, outputs: {}, masks: [] });
    expect(told.log).toContain('# Lab');
    expect(told.log).toContain('x is unset');
  });

  it('are announced before they run, and end with their exit code', async () => {
    const told = await run('- run: exit 7');
    expect(told.started.map((step) => step.number)).toEqual([0, 1]);
    expect(told.steps.at(-1)).toMatchObject({ outcome: 'failure', exitCode: 7, reason: 'exit code 7' });
    expect(told.result).toMatchObject({ result: 'failure', reason: 'Run exit 7: exit code 7' });
  });

  it('after a failing one are skipped, unless their condition says otherwise', async () => {
    const told = await run(
      '- run: "false"\n- run: echo no\n- if: failure()\n  run: echo yes\n- if: always()\n  run: echo also',
    );
    expect(outcomes(told)).toEqual(['failure', 'skipped', 'success', 'success']);
    expect(told.result.result).toBe('failure');
  });

  it('may fail when they say so', async () => {
    const told = await run(
      '- run: exit 1\n  id: lint\n  continue-on-error: true\n- run: echo ${{ steps.lint.outcome }} ${{ steps.lint.conclusion }}',
    );
    expect(told.log).toContain('failure success');
    expect(told.result.result).toBe('success');
  });

  it('fail by name when they ask actions/checkout for what it does not do here', async () => {
    const told = await run('- uses: actions/checkout@v4\n  with: { repository: somebody/else }');
    expect(told.result).toMatchObject({ result: 'failure', reason: expect.stringContaining('repository') });
  });

  it('that use actions/checkout get the commit in an otherwise empty workspace', async () => {
    const told = await run(
      '- run: ls -A | wc -l\n- uses: actions/checkout@v4\n- run: git status --short && cat README.md',
    );
    expect(told.log).toMatch(/^0$/m);
    expect(told.log).toContain('# Lab');
    expect(told.result.result).toBe('success');
  });

  it('may name another shell, and a folder of the workspace', async () => {
    const told = await run('- shell: sh\n  working-directory: sub\n  run: pwd && cat file', {
      files: { 'sub/file': 'deep' },
    });
    expect(told.log).toMatch(/workspace\/sub\ndeep/);
  });

  it('fail with 127 for a program that is not there, and go on to be reported', async () => {
    expect(outcomes(await run('- run: no-such-program'))).toEqual(['failure']);
  });
});

describe('the environment of a step', () => {
  it('goes from pipeline over job to step, and expressions see it', async () => {
    const told = await run('- env: { WHO: "step of ${{ env.FROM }}" }\n  run: echo "$WHO, $FROM"');
    expect(told.log).toContain('step of job, job');
  });

  it('holds what the runner sets, above what a step asks for', async () => {
    const told = await run(
      '- env: { GITHUB_REPOSITORY: mine }\n  run: echo "$GITHUB_REPOSITORY $CI $GITHUB_ACTIONS $RUNNER_OS"',
    );
    expect(told.log).toContain('lab true true Linux');
  });

  it("holds nothing of the server's own", async () => {
    process.env['PAGURE_ACTIONS_TEST_SECRET'] = 'leaked';
    const told = await run('- run: env');
    delete process.env['PAGURE_ACTIONS_TEST_SECRET'];
    expect(told.log).not.toContain('leaked');
  });

  it('gets what earlier steps wrote into their command files', async () => {
    const steps = [
      '- id: a\n  run: |\n    echo "LATER=yes" >> "$GITHUB_ENV"\n    mkdir bin; printf "#!/bin/sh\\necho found" > bin/tool; chmod +x bin/tool',
      '    echo "$PWD/bin" >> "$GITHUB_PATH"\n    printf "text<<END\\ntwo\\nlines\\nEND\\n" >> "$GITHUB_OUTPUT"',
      '- run: echo "$LATER" && tool && echo "${{ steps.a.outputs.text }}"',
    ];
    const told = await run(steps.join('\n'), {}, 'outputs: { text: "${{ steps.a.outputs.text }}" }');
    expect(told.log).toMatch(/yes\nfound\ntwo\nlines/);
    expect(told.result.outputs).toEqual({ text: 'two\nlines' });
  });

  it('tells of the event in a file', async () => {
    const told = await run('- run: cat "$GITHUB_EVENT_PATH"', { event: { ref: 'refs/heads/main' } });
    expect(told.log).toContain('{"ref":"refs/heads/main"}');
  });
});

describe('what ends a job', () => {
  it('is a cancel: the running step is asked to end, the rest is skipped, always() still runs', async () => {
    const told = await run(
      '- run: trap "echo asked; exit 1" INT; echo ready; sleep 60 & wait\n- run: echo no\n- if: always()\n  run: echo cleaned',
      {
        onLog: (log, cancel) => log.includes('ready\n') && cancel('canceled by alice'),
      },
    );
    expect(told.log).toContain('asked');
    expect(told.log).toContain('cleaned');
    expect(outcomes(told)).toEqual(['canceled', 'skipped', 'success']);
    expect(told.result).toMatchObject({ result: 'canceled', reason: 'canceled by alice' });
  });

  it('kills a step that ignores every signal', async () => {
    const clock = new HastyClock();
    const told = await run('- run: trap "" INT TERM; echo ready; while :; do sleep 1; done', {
      clock,
      onLog: (log, cancel) => log.includes('ready\n') && cancel('canceled by alice'),
    });
    expect(told.result.result).toBe('canceled');
  });

  it('is not the time of one step: that step fails, and the job goes on', async () => {
    const told = await run('- timeout-minutes: 0.001\n  run: sleep 60\n- if: failure()\n  run: echo after');
    expect(told.steps[1]).toMatchObject({ outcome: 'failure', reason: 'it took longer than its timeout-minutes' });
    expect(told.log).toContain('after');
  });

  it('leaves no process and no folder behind', async () => {
    const told = await run('- run: (setsid sleep 300 > /dev/null 2>&1 &) ; chmod -R a-w . ; echo done');
    expect(told.result.result).toBe('success');
    expect(told.leftFolders).toEqual([]);
  });

  it('does not cut a log in silence', async () => {
    const told = await run('- run: yes 0123456789 | head -c 100000', { logBytes: 5_000 });
    expect(Buffer.byteLength(told.log)).toBeLessThanOrEqual(5_000);
    expect(told.log).toMatch(/longer than 5000 bytes: the rest is dropped\.\n$/);
  });
});

describe('text from outside in a script', () => {
  it('never becomes code', async () => {
    const title = '"; touch pwned; echo "';
    const told = await run('- run: |\n    echo "title: ${{ github.event.pull_request.title }}"\n    test ! -e pwned', {
      event: { pull_request: { title } },
    });
    expect(told.log).toContain(`title: ${title}`);
    expect(told.result.result).toBe('success');
  });
});
