/** The small process that forks all others: that nothing it has forked outlives it, that it is replaced, that jobs cannot see it. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PIPE_BYTES } from '../../src/process/forker-program.js';
import { command, eventually, Heard, isRunning, markOf, outcome, script, startersUnderTest } from './starters.js';

const [[kind, starter] = []] = await startersUnderTest();
const forkers = pidsNamed('pagure-actions: starts processes');

describe.skipIf(starter === undefined || kind === 'group' || forkers.length !== 1)('a forker', () => {
  it('that is killed takes its trees with it, and another takes its place', async () => {
    const mark = markOf(5401);
    const heard = new Heard();
    const escaped = `env -i setsid bash -c '(setsid sleep ${mark} < /dev/null > /dev/null 2>&1 &) &'`;
    const started = await starter!.start(script(`${escaped}; echo ready; sleep ${mark}`), heard.take);
    await heard.hears('ready');
    await eventually(() => isRunning(`sleep\0${mark}`));
    process.kill(forkers[0]!, 'SIGKILL');
    expect(await started.exit).toEqual({ code: null, signal: 'SIGKILL' });
    await eventually(() => !isRunning(`sleep\0${mark}`));
    const { exit, text } = await outcome((output) => starter!.start(script('echo again'), output));
    expect([exit.code, text]).toEqual([0, 'again\n']);
  });

  it('says of a tree that it has ended when it is killed', async () => {
    const tree = await starter!.openTree();
    for (const pid of pidsNamed('pagure-actions: starts processes')) process.kill(pid, 'SIGKILL');
    await eventually(() => !tree.isAlive());
    await expect(tree.start(command(['true']), () => undefined)).rejects.toThrow('were ended');
    await tree.end();
  });

  it('and the keeper of a tree cannot be seen from inside, nor are their pipes left open there', async () => {
    const names = 'cat /proc/[0-9]*/cmdline | tr "\\0" "\\n" | grep -c "keep[s] a process\\|start[s] processes"';
    const look = script(`${names}; ls /proc/self/fd | grep -c "^[4-9]$"`);
    expect((await outcome((output) => starter!.start(look, output))).text).toBe('0\n0\n');
  });

  it('gives commands pipes that hold what is printed while nobody reads for a moment', async () => {
    const sizes = `print join ' ', map { fcntl $_, 1032, 0 } *STDOUT, *STDERR`;
    const { text } = await outcome((output) => starter!.start(command(['perl', '-e', sizes]), output));
    expect(text).toBe(`${PIPE_BYTES} ${PIPE_BYTES}`);
  });

  it('ends a tree whose process 1 was killed from outside', async () => {
    const tree = await starter!.openTree();
    const heard = new Heard();
    const started = await tree.start(script('echo ready; sleep 1000'), heard.take);
    await heard.hears('ready');
    for (const pid of pidsNamed('pagure-actions: reaps orphans')) process.kill(pid, 'SIGKILL');
    expect(await started.exit).toEqual({ code: null, signal: 'SIGKILL' });
    await eventually(() => !tree.isAlive());
    await tree.end();
  });
});

/** Of this test: other programs on the machine may have their own. */
function pidsNamed(name: string): readonly number[] {
  const pids = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry));
  return pids.map(Number).filter((pid) => read(`/proc/${pid}/cmdline`).startsWith(name) && isOurs(pid));
}

function isOurs(pid: number): boolean {
  for (let at = pid; at > 1; at = Number(/^PPid:\t(\d+)$/m.exec(read(`/proc/${at}/status`))?.[1] ?? 0))
    if (at === process.pid) return true;
  return false;
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
