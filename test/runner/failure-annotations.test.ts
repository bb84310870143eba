/** What a failing step failed of stands among its annotations, as on GitHub. */
import { describe, expect, it } from 'vitest';
import { MOST_ANNOTATIONS } from '../../src/model/annotation.js';
import { byNumber, runSteps } from './one-job.js';

async function pointedOut(steps: string, options?: Parameters<typeof runSteps>[1]): Promise<readonly string[]> {
  const told = await runSteps(steps, options);
  return byNumber(told).flatMap(({ annotations }) => annotations.map(({ level, message }) => `${level}: ${message}`));
}

describe('a failing step', () => {
  it('points out its exit code behind what it pointed out itself, also where its failure is forgiven', async () => {
    const steps = '- { continue-on-error: true, run: "echo ::warning::careful; exit 3" }\n- run: "true"\n- run: exit 4';
    expect(await pointedOut(steps)).toEqual([
      'warning: careful',
      'error: Process completed with exit code 3.',
      'error: Process completed with exit code 4.',
    ]);
  });

  it('points out a signal, its time, and why it was not run', async () => {
    expect(await pointedOut('- { continue-on-error: true, run: kill -9 $$ }\n- uses: nobody/nothing@v1')).toEqual([
      'error: ended by SIGKILL',
      "error: the action 'nobody/nothing@v1' is not supported",
    ]);
    expect(await pointedOut('- { timeout-minutes: 0.005, run: exec sleep 60 }')).toEqual([
      'error: it took longer than its timeout-minutes',
    ]);
  });

  it('points out wrong commands and wrong command files, with secrets masked', async () => {
    const steps = `
- { continue-on-error: true, run: "echo ::set-env name=x::y" }
- { continue-on-error: true, run: "echo 'sesame and more' >> $GITHUB_ENV" }
- { run: "exit 1", shell: "sesame {0}" }`;
    const found = await pointedOut(steps, {
      prepare: (order) => ({ ...order, secrets: { PASS: 'sesame' } }),
    });
    expect(found[0]).toMatch(/^error: the command 'set-env' cannot be carried out/);
    expect(found[1]).toMatch(/^error: .*\*\*\* and more/);
    expect(found).toHaveLength(3);
    expect(found.join()).not.toContain('sesame');
  });

  it('has it once when a step of its action failed', async () => {
    const files = { 'a/action.yml': 'runs: { using: composite, steps: [{ run: exit 5, shell: sh }] }' };
    expect(await pointedOut('- uses: ./a', { files })).toEqual(['error: Process completed with exit code 5.']);
  });

  it('counts among what is kept of a job', async () => {
    const found = await pointedOut(`- run: yes ::notice::x | head -n ${MOST_ANNOTATIONS}; exit 2`);
    expect(found).toEqual(Array(MOST_ANNOTATIONS).fill('notice: x'));
  });
});
