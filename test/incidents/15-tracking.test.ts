/**
 * Processes that hide from whoever tracks them by a mark in their environment (Jenkins' cookie, TRUST.md §7.15): they clear it,
 * leave their session and lose their parent. Here a job ends as one, and nothing is left.
 */
import { describe, expect, it } from 'vitest';
import { ProcessStarter } from '../../src/process/process-starter.js';
import { SystemClock } from '../../src/kernel/clock.js';
import { isRunning, markOf, scratchFolder } from '../process/starters.js';
import { runSteps } from '../runner/one-job.js';

const { ending } = await ProcessStarter.detect(`${scratchFolder()}/pipes`, new SystemClock());

/** Ways to leave a process behind, each with a mark. */
const ESCAPES: readonly (readonly [string, (sleep: string) => string])[] = [
  ['with an empty environment', (sleep) => `env -i ${sleep} &`],
  ['in a session of its own', (sleep) => `setsid ${sleep} &`],
  ['with an empty environment, in a session of its own', (sleep) => `env -i setsid ${sleep} > /dev/null 2>&1 &`],
  ['forked twice', (sleep) => `( ( ${sleep} ) & ) &`],
  [
    'forked twice, with an empty environment, in a session of its own',
    (sleep) => `( env -i setsid sh -c '( ${sleep} & ) & ' ) &`,
  ],
  [
    'that ignores signals',
    (sleep) => `( trap '' INT TERM HUP; env -i setsid nohup ${sleep} ) > /dev/null 2>&1 & disown -a`,
  ],
];

describe.runIf(ending.kind === 'namespace')('TRUST 7.15: a process that a step leaves behind', () => {
  it.each(ESCAPES.map(([what, text], at) => [what, text, 7_150 + at] as const))(
    '%s ends with the job',
    async (_what, text, test) => {
      const mark = markOf(test);
      const looks = `for n in 1 2 3 4 5 6 7 8 9; do pgrep -f 'sleep ${mark}' > /dev/null && echo left; sleep 0.05; done | head -1`;
      const told = await runSteps(`- run: |\n    ${text(`sleep ${mark}`)}\n- run: ${looks}`);
      expect(told.log).toMatch(/^left$/m);
      expect(isRunning(mark)).toBe(false);
      expect(told.leftFolders).toEqual([]);
    },
  );

  it('ends also when the job is canceled, and when its step runs in the background', async () => {
    const [mark, other] = [markOf(7_160), markOf(7_161)];
    const escape = (sleep: string) => `( env -i setsid sh -c '( sleep ${sleep} & ) & ' ) > /dev/null 2>&1 &`;
    const told = await runSteps(
      `- background: true\n  run: |\n    ${escape(mark)}\n    touch one; sleep 60\n- run: |\n    ${escape(other)}\n    until [ -e one ]; do sleep 0.01; done; echo ready; sleep 60`,
      { onLog: (log, cancel) => /^ready$/m.test(log) && cancel('by alice') },
    );
    expect(told.result.result).toBe('canceled');
    expect([isRunning(mark), isRunning(other)]).toEqual([false, false]);
    expect(told.leftFolders).toEqual([]);
  });
});
