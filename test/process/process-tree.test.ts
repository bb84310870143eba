/** Several commands in one tree, and what becomes of their orphans. */
import { describe, expect, it } from 'vitest';
import { command, eventually, Heard, isRunning, markOf, outcome, script, startersUnderTest } from './starters.js';

const starters = await startersUnderTest();
const namespaces = starters.filter(([kind]) => kind !== 'group');

describe.each(starters)('with process trees as %s', (kind, starter) => {
  const mark = (test: number) => markOf(test, kind);

  it('lets a process in the background live until the tree ends', async () => {
    const tree = await starter.openTree();
    const background = script(`sleep ${mark(5001)} > /dev/null 2>&1 & echo $!`);
    const { text: pid } = await outcome((output) => tree.start(background, output));
    expect(isRunning(mark(5001))).toBe(true);
    const seen = await outcome((output) => tree.start(script(`kill -0 ${pid}`), output));
    expect(seen.exit.code).toBe(0);
    await tree.end();
    await eventually(() => !isRunning(mark(5001)));
  });

  it('starts nothing after its end', async () => {
    const tree = await starter.openTree();
    await tree.end();
    await tree.end();
    await expect(tree.start(command(['true']), () => undefined)).rejects.toThrow('were ended');
    expect(tree.isAlive()).toBe(false);
  });

  it('ends all its commands at once', async () => {
    const tree = await starter.openTree();
    const heard = new Heard();
    const text = script('echo ready; sleep 1000');
    const started = await Promise.all([1, 2, 3].map(() => tree.start(text, heard.take)));
    await heard.hears('ready\nready\nready\n');
    await tree.end();
    const exits = await Promise.all(started.map(({ exit }) => exit));
    expect(exits.map(({ signal }) => signal)).toEqual(['SIGKILL', 'SIGKILL', 'SIGKILL']);
  });

  it('ends one command with its branch, and leaves the others', async () => {
    const tree = await starter.openTree();
    const [one, inside, other] = [5_003, 5_004, 5_005].map((test) => markOf(test, kind));
    const heard = new Heard();
    const ending = await tree.start(
      script(`trap '' INT TERM; sleep ${inside} & echo up; exec sleep ${one}`),
      heard.take,
    );
    const staying = await tree.start(command(['sleep', other ?? '']), () => undefined);
    await heard.hears('up');
    await eventually(() => isRunning(other ?? ''));
    ending.killBranch();
    await ending.ended;
    await eventually(() => !isRunning(one ?? '') && !isRunning(inside ?? ''));
    expect([isRunning(other ?? ''), tree.isAlive()]).toEqual([true, true]);
    await tree.end();
    await staying.ended;
    expect(isRunning(other ?? '')).toBe(false);
  });

  it('ends commands that have only just been started', async () => {
    const tree = await starter.openTree();
    const started = await tree.start(command(['sleep', markOf(5002, kind)]), () => undefined);
    await tree.end();
    expect((await started.exit).code).not.toBe(0);
    expect(isRunning(markOf(5002, kind))).toBe(false);
  });
});

/** Leaves its environment, its session and, by a second fork, its parent; goes on when that has become a process of its own. */
const escape = (mark: string) =>
  `env -i setsid bash -c '(setsid sleep ${mark} < /dev/null > /dev/null 2>&1 &) &'; ${untilThere(mark)}`;

/** An argument of some process is exactly the mark; written so that grep does not find itself. */
const untilThere = (mark: string) =>
  `until grep -zqsx '[${mark.slice(0, 1)}]${mark.slice(1)}' /proc/[0-9]*/cmdline; do :; done`;

describe.skipIf(namespaces.length === 0).each(namespaces)('in a pid %s', (_kind, starter) => {
  it('nothing that clears its environment, changes its session and forks twice outlives a kill', async () => {
    const heard = new Heard();
    const started = await starter.start(script(`${escape(markOf(5101))}; echo ready; sleep 1000`), heard.take);
    await heard.hears('ready');
    expect(isRunning(markOf(5101))).toBe(true);
    started.kill();
    await started.exit;
    expect(isRunning(markOf(5101))).toBe(false);
  });

  it('nothing of that kind outlives the normal end of its command', async () => {
    const { exit } = await outcome((output) => starter.start(script(`${escape(markOf(5102))}`), output));
    expect([exit.code, isRunning(markOf(5102))]).toEqual([0, false]);
  });

  it('nothing of that kind outlives the end of a tree', async () => {
    const tree = await starter.openTree();
    await outcome((output) => tree.start(script(`${escape(markOf(5103))}`), output));
    expect(isRunning(markOf(5103))).toBe(true);
    await tree.end();
    expect(isRunning(markOf(5103))).toBe(false);
  });

  it('a fork bomb ends with its tree', async () => {
    const tree = await starter.openTree();
    const heard = new Heard();
    const bomb = `f() { sleep ${markOf(5104)} & (( n++ < 40 )) && f & (( n++ < 40 )) && f & }; n=0; f; echo ready; wait`;
    await tree.start(script(bomb), heard.take);
    await heard.hears('ready');
    await tree.end();
    expect(isRunning(markOf(5104))).toBe(false);
  });

  it('a command that kills all it can see does not end the tree', async () => {
    const tree = await starter.openTree();
    await outcome((output) => tree.start(script('kill -9 -1; kill -9 1'), output));
    const after = await outcome((output) => tree.start(script('echo alive'), output));
    expect(after.text).toBe('alive\n');
    await tree.end();
  });

  it('orphans are reaped', async () => {
    const orphans = '$(for i in 1 2 3; do (true & echo $!); done)';
    const gone = `for pid in ${orphans}; do while kill -0 $pid 2> /dev/null; do :; done; done; echo none`;
    const { text } = await outcome((output) => starter.start(script(gone), output));
    expect(text).toBe('none\n');
  });

  it('code that the environment loads into programs does not run outside the tree', async () => {
    const env = { PATH: '/usr/bin:/bin', LD_PRELOAD: '/no/such/library.so' };
    const { text } = await outcome((output) => starter.start(command(['true'], { env }), output));
    // The loader names each program that it could not preload into.
    expect(text).not.toMatch(/nsenter|setsid/);
    expect(text.match(/ERROR: ld.so/g)).toHaveLength(1);
  });
});
