/** Steps in the background, and the steps that wait for them and stop them. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../src/kernel/errors.js';
import { isRunning, markOf, scratchFolder } from '../process/starters.js';
import { HastyClock } from './hasty-clock.js';
import { byNumber, outcomes, runSteps } from './one-job.js';
import type { RunOptions } from './run-yaml.js';

const ends = scratchFolder();

/** Each step that has ended leaves a file of its id. */
const marksEnds: RunOptions['prepare'] = (order, link) => {
  const record = link.stepFinished.bind(link);
  link.stepFinished = async (step) => {
    await record(step);
    writeFileSync(join(ends, step.id), '');
  };
  return order;
};

describe('a step in the background', () => {
  it('runs while the next one does', async () => {
    const told = await runSteps(`
- background: true
  run: until [ -e second ]; do sleep 0.01; done; echo "first saw second"
- run: touch second`);
    expect(told.log).toContain('first saw second');
    expect(told.result.result).toBe('success');
  });

  it('shows its outputs, variables, paths and outcome only when it is collected', async () => {
    const told = await runSteps(
      `
- id: bg
  background: true
  run: |
    mkdir -p bin; printf '#!/bin/sh\\necho from tool' > bin/tool; chmod +x bin/tool
    echo "out=value" >> "$GITHUB_OUTPUT"; echo "VAR=value" >> "$GITHUB_ENV"; echo "$PWD/bin" >> "$GITHUB_PATH"
- run: |
    until [ -e ${ends}/bg ]; do sleep 0.01; done
    echo "before <\${{ steps.bg.outputs.out }}> <\${{ steps.bg.outcome }}> <$VAR>"; ! tool
- wait: bg
- run: echo "after <\${{ steps.bg.outputs.out }}> <\${{ steps.bg.outcome }}> <$VAR>"; tool`,
      { prepare: marksEnds },
    );
    expect(told.log).toContain('before <> <> <>');
    expect(told.log).toContain('after <value> <success> <value>');
    expect(told.log).toContain('from tool');
    expect(told.result.result).toBe('success');
  });

  it('fails the step that collects it, and the job', async () => {
    const told = await runSteps(`
- { id: bad, background: true, run: exit 3 }
- { id: other, background: true, run: echo fine }
- run: echo between
- wait: [bad, other]
- run: echo no
- if: failure()
  run: echo "saw \${{ steps.bad.outcome }}"`);
    expect(outcomes(told)).toEqual(['failure', 'success', 'success', 'failure', 'skipped', 'success']);
    expect(byNumber(told)[3]?.reason).toContain('exit code 3');
    expect(told.log).toContain('saw failure');
    expect(told.result.result).toBe('failure');
  });

  it('may fail where it, or what collects it, has continue-on-error', async () => {
    const told = await runSteps(`
- { id: a, background: true, run: exit 1, continue-on-error: true }
- { wait: a }
- { id: b, background: true, run: exit 1 }
- { wait: b, continue-on-error: true }
- run: echo "\${{ steps.a.conclusion }} \${{ steps.b.conclusion }}"`);
    expect(outcomes(told)).toEqual(['failure', 'success', 'failure', 'failure', 'success']);
    expect(told.log).toContain('success failure');
    expect(told.result.result).toBe('success');
  });

  it('that nobody waits for is collected at the end, and the job takes its failure', async () => {
    const told = await runSteps(
      '- { background: true, run: "until [ -e next ]; do sleep 0.01; done; exit 4" }\n- run: touch next',
    );
    expect(outcomes(told)).toEqual(['failure', 'success']);
    expect(told.result).toMatchObject({ result: 'failure', reason: expect.stringContaining('exit code 4') });
  });

  it('that is canceled by a step does not count, and the others go on', async () => {
    const told = await runSteps(`
- { id: server, background: true, run: "touch up; sleep ${markOf(7100)}" }
- { id: other, background: true, run: "until [ -e stop ]; do sleep 0.01; done; echo other ended" }
- run: until [ -e up ]; do sleep 0.01; done
- cancel: server
- run: echo "is \${{ steps.server.outcome }}"; touch stop
- wait-all:`);
    expect(outcomes(told)).toEqual(['canceled', 'success', 'success', 'success', 'success', 'success']);
    expect(told.log).toContain('is cancelled');
    expect(told.log).toContain('other ended');
    expect(told.result.result).toBe('success');
  });

  it('that ignores every signal is killed by a cancel, and nothing else with it', async () => {
    const told = await runSteps(
      `
- { id: deaf, background: true, run: "trap '' INT TERM; touch up; while :; do sleep 0.1; done" }
- { id: other, background: true, run: "until [ -e stop ]; do sleep 0.01; done; echo other ended" }
- run: until [ -e up ]; do sleep 0.01; done
- cancel: deaf
- run: touch stop
- wait: other`,
      { clock: new HastyClock() },
    );
    expect(outcomes(told)).toEqual(['canceled', 'success', 'success', 'success', 'success', 'success']);
    expect(told.log).toContain('other ended');
  });

  it('that fails before it is canceled makes the cancel fail', async () => {
    const told = await runSteps(
      `
- { id: bad, background: true, run: exit 5 }
- run: until [ -e ${ends}/bad ]; do sleep 0.01; done
- cancel: bad`,
      { prepare: marksEnds },
    );
    expect(outcomes(told)).toEqual(['failure', 'success', 'failure']);
  });

  it('is canceled with its job, whatever its condition', async () => {
    const mark = markOf(7101);
    const told = await runSteps(
      `
- { id: a, background: true, if: always(), run: "echo ready; sleep ${mark}" }
- wait: a
- { if: always(), run: "echo cleaned \${{ steps.a.outcome }}" }`,
      { onLog: (log, cancel) => /^ready$/m.test(log) && cancel('by alice') },
    );
    expect(outcomes(told)).toEqual(['canceled', 'success', 'success']);
    expect(told.log).toContain('cleaned cancelled');
    expect(told.result.result).toBe('canceled');
    expect(isRunning(mark)).toBe(false);
  });

  it('has a time of its own', async () => {
    const told = await runSteps('- { id: a, background: true, timeout-minutes: 0.001, run: sleep 60 }\n- wait: a');
    expect(outcomes(told)).toEqual(['failure', 'failure']);
    expect(byNumber(told)[0]?.reason).toContain('timeout-minutes');
  });

  it('whose expression cannot be evaluated fails what collects it', async () => {
    const told = await runSteps(
      '- { id: a, background: true, run: "echo ${{ fromJSON(\'{\') }}" }\n- run: echo yes\n- wait: a',
    );
    expect(outcomes(told)).toEqual(['failure', 'success', 'failure']);
  });

  it('is evaluated when it is reached', async () => {
    const told = await runSteps(`
- run: echo A=first >> "$GITHUB_ENV"
- { id: a, background: true, run: "until [ -e go ]; do sleep 0.01; done; echo got $A" }
- run: echo A=second >> "$GITHUB_ENV"; touch go
- wait: a`);
    expect(told.log).toContain('got first');
  });
});

describe('a job that breaks', () => {
  it('ends what runs in the background, and says how it ended, before it says its own end', async () => {
    const mark = markOf(7_110);
    const told = await runSteps(
      `- { id: bg, background: true, run: "touch up; sleep ${mark}" }\n- run: until [ -e up ]; do sleep 0.01; done; rm -rf "$RUNNER_TEMP"; ln -s /tmp "$RUNNER_TEMP"\n- run: echo no`,
    );
    expect(told.result.result).toBe('error');
    expect(outcomes(told)).toEqual(['error', 'success', 'error']);
    expect(isRunning(mark)).toBe(false);
  });

  it('whose link is lost kills what runs in the background', async () => {
    const mark = markOf(7_111);
    const lost = new Refusal('conflict', 'attempt-lost', 'not held any more');
    const running = runSteps(
      `- { background: true, run: "touch up; sleep ${mark}" }\n- run: until [ -e up ]; do sleep 0.01; done\n- run: echo no`,
      {
        prepare: (order, link) => {
          link.stepStarted = async ({ number }) => {
            if (number === 3) throw lost;
          };
          return order;
        },
      },
    );
    await expect(running).rejects.toBe(lost);
    expect(isRunning(mark)).toBe(false);
  });
});

describe('ten background steps', () => {
  it('of which one fails, one is canceled and one never ends leave a job that ends as it should', async () => {
    const good = [3, 4, 5, 6, 7, 8, 9].map((n) => `- { id: s${n}, background: true, run: echo s${n} done }`);
    const mark = markOf(7102);
    const told = await runSteps(
      `
- { id: s0, background: true, run: exit 9 }
- { id: s1, background: true, run: "sleep ${markOf(7103)}" }
- { id: s2, background: true, timeout-minutes: 0.005, run: "sleep ${mark}" }
${good.join('\n')}
- cancel: s1
- { wait-all: true }
- { if: always(), run: "echo \${{ steps.s0.outcome }} \${{ steps.s1.outcome }} \${{ steps.s2.outcome }} \${{ steps.s9.outcome }}" }`,
    );
    expect(outcomes(told).slice(0, 3)).toEqual(['failure', 'canceled', 'failure']);
    expect(outcomes(told).slice(3, 12)).toEqual([...Array<string>(8).fill('success'), 'failure']);
    expect(told.log).toContain('failure cancelled failure success');
    expect(isRunning(mark)).toBe(false);
  });

  it('run at once, and an eleventh waits for a slot', async () => {
    const ten = Array.from({ length: 10 }, (_, n) => {
      return `- { background: true, run: "touch up-${n}; until [ -e go ]; do sleep 0.01; done" }`;
    });
    const told = await runSteps(`
${ten.join('\n')}
- { background: true, run: touch eleventh }
- run: |
    for n in 0 1 2 3 4 5 6 7 8 9; do until [ -e up-$n ]; do sleep 0.01; done; done
    test ! -e eleventh; touch go
- wait-all:
- run: test -e eleventh`);
    expect(told.result.result).toBe('success');
    expect(told.started.map(({ number }) => number).indexOf(11)).toBeGreaterThan(10);
  });

  it('that waits for a slot when it is canceled never starts', async () => {
    const ten = Array.from({ length: 10 }, () => '- { background: true, run: "until [ -e go ]; do sleep 0.01; done" }');
    const told = await runSteps(
      `${ten.join('\n')}\n- { id: late, background: true, run: touch started }\n- cancel: late\n- run: touch go`,
    );
    expect(byNumber(told)[10]).toMatchObject({
      id: 'late',
      outcome: 'canceled',
      reason: 'it was canceled before it started',
    });
    expect(told.started.map(({ id }) => id)).not.toContain('late');
    expect(told.result.result).toBe('success');
  });
});

describe('parallel', () => {
  it('runs its steps beside each other, and waits for all', async () => {
    const told = await runSteps(`
- parallel:
    - { id: a, run: "until [ -e b ]; do sleep 0.01; done; touch a; echo x=1 >> $GITHUB_OUTPUT" }
    - { id: b, run: "touch b; until [ -e a ]; do sleep 0.01; done; echo x=2 >> $GITHUB_OUTPUT" }
- run: echo "\${{ steps.a.outputs.x }}\${{ steps.b.outputs.x }}"`);
    expect(outcomes(told)).toEqual(['success', 'success', 'success', 'success']);
    expect(told.log).toMatch(/^12$/m);
  });

  it('fails when one of them does', async () => {
    const told = await runSteps('- parallel: [{ run: exit 1 }, { run: echo fine }]\n- run: echo no');
    expect(outcomes(told)).toEqual(['failure', 'success', 'failure', 'skipped']);
    expect(told.result.result).toBe('failure');
  });
});
