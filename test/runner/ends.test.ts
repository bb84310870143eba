/** How jobs end that do not go as they should: lost links, broken worlds, wrong expressions, cancels at any time. */
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../src/kernel/errors.js';
import { isRunning, markOf } from '../process/starters.js';
import { HastyClock } from './hasty-clock.js';
import { runYaml, type RecordingLink, type RunOptions, type Told } from './run-yaml.js';

const job = (steps: string, more = '') => `
on: push
jobs:
  one:
    runs-on: host
    ${more}
    steps:
${steps.replace(/^/gm, '      ')}
`;
const run = (steps: string, options?: RunOptions, more?: string) => runYaml(job(steps, more), options);
const outcomes = (told: Told) => told.steps.filter((step) => step.number > 0).map((step) => step.outcome);
const cancelAt = (part: string): RunOptions => ({ onLog: (log, cancel) => log.includes(part) && cancel('by alice') });

describe('a link that rejects', () => {
  const lost = new Refusal('conflict', 'attempt-lost', 'not held any more');
  let seen: RecordingLink | null = null;
  const losing = (change: (link: RecordingLink) => void): RunOptions => ({
    prepare: (order, link) => {
      seen = link;
      change(link);
      return order;
    },
  });

  it('at the start of a step: its process is never spawned, and nothing more is said', async () => {
    const options = losing((link) => {
      link.stepStarted = async (step) => {
        if (step.number === 1) throw lost;
      };
    });
    await expect(run('- run: touch /tmp/never-spawned; echo spawned', options)).rejects.toBe(lost);
    expect([seen?.text.includes('spawned'), seen?.result]).toEqual([false, null]);
  });

  it('at a piece of the log: the step is killed at once', async () => {
    const options = losing((link) => {
      link.log = async (parts) => {
        const bytes = Buffer.concat(parts.map((part) => part.bytes));
        if (bytes.includes('ready\n') && !bytes.includes('echo')) throw lost;
      };
    });
    await expect(run(`- run: trap '' INT TERM; echo ready; sleep ${markOf(7001)}`, options)).rejects.toBe(lost);
    expect([isRunning(markOf(7001)), seen?.result]).toEqual([false, null]);
  });
});

describe('a broken world', () => {
  it('before the first step is a fault that may be tried again, said on step 0', async () => {
    const options: RunOptions = {
      prepare: (order) => ({ ...order, source: { ...order.source, commit: '0'.repeat(39) + '1' } }),
    };
    await expect(run('- run: echo no', options)).rejects.toMatchObject({ name: 'Fault', retryable: true });
  });

  it('after the first step started is the result error of step and job', async () => {
    const steps =
      '- run: rm -rf "$RUNNER_TEMP"; ln -s /tmp "$RUNNER_TEMP"\n- run: echo no\n- if: always()\n  run: echo no';
    const told = await run(steps);
    expect(told.result).toMatchObject({ result: 'error', reason: expect.stringContaining('cannot be written') });
    expect(outcomes(told)).toEqual(['success', 'error']);
  });
});

describe('an expression that cannot be evaluated', () => {
  it.each([
    ['if', "- if: fromJSON('{')\n  run: echo no"],
    ['env', '- env: { A: "${{ fromJSON(\'{\') }}" }\n  run: echo no'],
    ['name', '- name: "${{ fromJSON(\'{\') }}"\n  run: echo no'],
    ['run', "- run: echo ${{ fromJSON('{') }}"],
    ['timeout-minutes', "- timeout-minutes: ${{ fromJSON('0') }}\n  run: echo no"],
    ['continue-on-error', "- continue-on-error: ${{ fromJSON('3') }}\n  run: echo no"],
    ['working-directory', '- working-directory: ${{ fromJSON(\'"../.."\') }}\n  run: echo no'],
    ['shell', '- shell: ${{ fromJSON(\'"cmd"\') }}\n  run: echo no'],
    ['with', '- uses: actions/checkout@v4\n  with: { path: "${{ fromJSON(\'{\') }}" }'],
  ])('in `%s` fails its step alone, which says why', async (_key, step) => {
    const told = await run(`${step}\n- if: failure()\n  run: echo after`);
    expect(outcomes(told)).toEqual(['failure', 'success']);
    expect(told.steps[1]?.reason).toBeTruthy();
    expect(told.log).toContain('##[error]');
  });

  it('in the env of the job fails the job before its first step', async () => {
    const told = await run('- run: echo no', {}, 'env: { A: "${{ fromJSON(\'{\') }}" }');
    expect(told.result).toMatchObject({ result: 'failure', reason: expect.stringContaining('env: ') });
    expect(outcomes(told)).toEqual([]);
  });

  it('in its outputs fails the job after its last step', async () => {
    const told = await run('- run: echo yes', {}, 'outputs: { a: "${{ fromJSON(\'{\') }}" }');
    expect(told.result).toMatchObject({ result: 'failure', reason: expect.stringContaining('outputs: ') });
    expect(outcomes(told)).toEqual(['success']);
  });
});

describe('a cancel', () => {
  it('before the job began starts nothing at all', async () => {
    const told = await run('- if: always()\n  run: echo no', {
      prepare: (order, link) => {
        link.controller.abort('by alice');
        return order;
      },
    });
    expect([told.started, told.result]).toEqual([
      [],
      { result: 'canceled', reason: 'by alice', outputs: {}, masks: [] },
    ]);
  });

  it('while the start of a step is being stored is seen: nothing is spawned', async () => {
    const told = await run('- run: echo spawned > /dev/stderr\n- if: cancelled()\n  run: echo after', {
      prepare: (order, link) => {
        const record = link.stepStarted.bind(link);
        link.stepStarted = async (step) => {
          if (step.number === 1) link.controller.abort('by alice');
          await record(step);
        };
        return order;
      },
    });
    expect(outcomes(told)).toEqual(['canceled', 'success']);
    expect(told.log).not.toMatch(/^spawned/m);
  });

  it('does not stop a running step whose condition still holds', async () => {
    const told = await run(
      '- if: always()\n  run: echo ready; sleep 0.3; echo whole\n- run: echo no',
      cancelAt('ready\n'),
    );
    expect(told.log).toContain('whole');
    expect([outcomes(told), told.result.result]).toEqual([['success', 'skipped'], 'canceled']);
  });

  it('sends SIGINT, then SIGTERM after 7.5 s, and kills after 2.5 s more', async () => {
    const waits: number[] = [];
    const clock = new HastyClock(waits);
    const script = "trap 'echo int' INT; trap 'echo term' TERM; echo ready; while :; do sleep 0.01 || :; done";
    const told = await run(`- run: ${JSON.stringify(script)}`, { clock, ...cancelAt('ready\n') });
    expect(told.log).toMatch(/int\n[^]*term\n/);
    expect(waits).toEqual(expect.arrayContaining([7_500, 10_000]));
    expect(outcomes(told)).toEqual(['canceled']);
  });

  it('gives what runs after it cancel-timeout-minutes in all', async () => {
    const steps = '- run: echo ready; sleep 60\n- if: always()\n  run: sleep 60\n- if: always()\n  run: echo no';
    const told = await run(steps, cancelAt('ready\n'), 'cancel-timeout-minutes: 0.05');
    expect(outcomes(told)).toEqual(['canceled', 'canceled', 'skipped']);
    expect(told.result.result).toBe('canceled');
  });

  it('by the job’s own time is canceled too, and says so', async () => {
    const told = await run('- run: sleep 60\n- if: cancelled()\n  run: echo cleaned', {}, 'timeout-minutes: 0.05');
    expect(told.result).toMatchObject({ result: 'canceled', reason: 'the job took longer than 0.05 minutes' });
    expect(told.log).toContain('cleaned');
  });

  it('does not come from a time limit that no timer can hold', async () => {
    const told = await run('- run: sleep 0.1', {}, 'timeout-minutes: 999999');
    expect(told.result.result).toBe('success');
  });
});

describe('what a step writes into its command files', () => {
  it('counts although it failed', async () => {
    const steps =
      '- id: a\n  run: echo x=1 >> "$GITHUB_OUTPUT"; echo Y=2 >> "$GITHUB_ENV"; exit 1\n- if: always()\n  run: echo "${{ steps.a.outputs.x }} $Y"';
    expect((await run(steps)).log).toMatch(/^1 2$/m);
  });

  it('fails it when it is malformed; the pairs before count', async () => {
    const told = await run('- run: printf "A=1\\nnonsense\\n" >> "$GITHUB_ENV"\n- if: always()\n  run: echo "A is $A"');
    expect(outcomes(told)).toEqual(['failure', 'success']);
    expect(told.steps[1]?.reason).toContain('nonsense');
    expect(told.log).toContain('A is 1');
  });

  it('fails it when it is too much', async () => {
    const told = await run('- run: head -c 5000000 /dev/zero | tr "\\0" x > "$GITHUB_OUTPUT"');
    expect(told.steps[1]?.reason).toContain('GITHUB_OUTPUT: more than');
  });

  it('cannot set NODE_OPTIONS, and the step goes on', async () => {
    const told = await run('- run: echo NODE_OPTIONS=--inspect >> "$GITHUB_ENV"\n- run: echo "<$NODE_OPTIONS>"');
    expect([outcomes(told), told.log.includes('<>')]).toEqual([['success', 'success'], true]);
  });

  it('is not read through a link or a pipe that it put there', async () => {
    const secret = '/etc/hostname';
    const steps = `- id: a\n  run: ln -sf ${secret} "$GITHUB_OUTPUT"; rm "$GITHUB_ENV"; mkfifo "$GITHUB_ENV"\n- run: echo next`;
    expect(outcomes(await run(steps))).toEqual(['success', 'success']);
  });
});

describe('a job', () => {
  it('of a called pipeline has the env and the inputs of the call instead of the run’s', async () => {
    const told = await runYaml(
      'on: push\nenv: { FROM: caller }\njobs:\n  one:\n    runs-on: host\n    steps:\n      - run: echo "${{ inputs.word }} <$FROM> $IN"',
      {
        prepare: (order) => ({
          ...order,
          job: { ...order.job, call: { inputs: { word: 'hello' }, env: { IN: 'callee' }, secrets: [] } },
        }),
      },
    );
    expect(told.log).toContain('hello <> callee');
  });

  it('whose background process holds the output open goes on, and the process serves the next step', async () => {
    const told = await run(`- run: sleep ${markOf(7002)} & echo $! > pid\n- run: kill -0 $(cat pid)`);
    expect(outcomes(told)).toEqual(['success', 'success']);
    expect(isRunning(markOf(7002))).toBe(false);
  });

  it('that deletes its own workspace ends as it says', async () => {
    const told = await run('- run: rm -rf "$GITHUB_WORKSPACE"\n- run: echo no');
    expect(outcomes(told)).toEqual(['success', 'failure']);
    expect([told.steps[2]?.exitCode, told.log]).toEqual([127, expect.stringContaining('no such folder')]);
  });

  it('prints binary bytes as they are', async () => {
    const told = await run('- run: printf "\\377\\000end\\n"');
    expect(told.log).toContain('\0end');
  });
});
