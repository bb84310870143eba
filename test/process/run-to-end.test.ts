/** Commands that the server itself runs: bounded in output and time. */
import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/process/running-process.js';
import { runToEnd, type RunLimits } from '../../src/process/run-to-end.js';
import { clock, command, eventually, isRunning, markOf, script, startersUnderTest } from './starters.js';

const starters = await startersUnderTest();
const limits = { limitBytes: 1_000, timeoutMs: 20_000 };

describe.each(starters)('with process trees as %s', (kind, starter) => {
  const run = (what: Command, within: RunLimits) => runToEnd((output) => starter.start(what, output), within, clock);

  it('gives exit code, stdout and stderr', async () => {
    const result = await run(script('echo out; echo err >&2; exit 3'), limits);
    expect({ ...result, stdout: String(result.stdout), stderr: String(result.stderr) }).toEqual({
      code: 3,
      stdout: 'out\n',
      stderr: 'err\n',
      endedBy: 'itself',
    });
  });

  it('keeps no more than the limit and lets the command go on', async () => {
    const result = await run(command(['seq', '1', '100000']), limits);
    expect([result.code, result.stdout.length]).toEqual([0, 1_000]);
  });

  it('says a signal as a shell does', async () => {
    expect((await run(script('kill -9 $$'), limits)).code).toBe(137);
  });

  it('kills the whole tree when the time is over', async () => {
    const mark = markOf(5201, kind);
    const result = await run(script(`sleep ${mark} & sleep ${mark}`), { ...limits, timeoutMs: 200 });
    expect([result.code, result.endedBy]).toEqual([137, 'limit']);
    await eventually(() => !isRunning(mark));
  });

  it('kills the whole tree when the signal aborts, also one that was aborted before', async () => {
    const aborting = new AbortController();
    const running = run(command(['sleep', '1000']), { ...limits, signal: aborting.signal });
    clock.after(50, () => aborting.abort());
    expect((await running).endedBy).toBe('abort');
    const late = await run(command(['sleep', '1000']), { ...limits, signal: aborting.signal });
    expect(late.endedBy).toBe('abort');
  });
});
