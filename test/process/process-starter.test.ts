/** Both ways of running a process: exit codes, signals, output, and that nothing stays behind. */
import { describe, expect, it } from 'vitest';
import { command, eventually, Heard, isRunning, markOf, outcome, script, startersUnderTest } from './starters.js';

const starters = await startersUnderTest();

describe.each(starters)('with process trees as %s', (kind, starter) => {
  const run = (text: string) => outcome((output) => starter.start(script(text), output));

  it('gives the exit code of the command', async () => {
    expect((await run('exit 37')).exit).toEqual({ code: 37, signal: null });
  });

  it('gives the signal that ended the command', async () => {
    expect((await run('kill -SEGV $$')).exit).toEqual({ code: null, signal: 'SIGSEGV' });
  });

  it('ends a missing program with exit code 127 and says so on stderr', async () => {
    const { exit, text } = await outcome((output) => starter.start(command(['no-such-program', 'x']), output));
    expect(exit).toEqual({ code: 127, signal: null });
    expect(text).toContain('no-such-program');
  });

  it('ends a file that is no program with exit code 126', async () => {
    const { exit } = await outcome((output) => starter.start(command(['/etc/passwd']), output));
    expect(exit.code).toBe(126);
  });

  it('ends a missing working directory with exit code 127 and names it', async () => {
    const gone = script('echo never', { cwd: '/tmp/no/such/folder' });
    const { exit, text } = await outcome((output) => starter.start(gone, output));
    expect(exit.code).toBe(127);
    expect(text).toBe('cannot start in /tmp/no/such/folder: no such folder\n');
  });

  it('takes arguments as they are, without a shell', async () => {
    const odd = ['$HOME', '; touch /tmp/x', '-n', '', 'ü "\'', '*'];
    const { text } = await outcome((output) => starter.start(command(['printf', '%s|', ...odd]), output));
    expect(text).toBe(odd.map((word) => `${word}|`).join(''));
  });

  it('ends arguments that hold a NUL character with exit code 126', async () => {
    const { exit } = await outcome((output) => starter.start(command(['echo', 'a\0b']), output));
    expect(exit.code).toBe(126);
  });

  it('ends an environment that is too long with exit code 126', async () => {
    const env = { PATH: '/usr/bin:/bin', BIG: 'x'.repeat(3_000_000) };
    const { exit, text } = await outcome((output) => starter.start(script('true', { env }), output));
    expect([exit.code, text]).toEqual([126, expect.stringContaining('too long')]);
  });

  it('starts in the given folder with the given environment and nothing else', async () => {
    const env = { 'INPUT_MY-NAME': 'kept', PATH: '/usr/bin:/bin', LD_LIBRARY_PATH: '/opt/none' };
    const { text } = await outcome((output) => starter.start(command(['env'], { env, cwd: '/usr' }), output));
    expect(text.trim().split('\n').sort()).toEqual(
      Object.entries(env)
        .map((pair) => pair.join('='))
        .sort(),
    );
    const { text: cwd } = await outcome((output) => starter.start(command(['pwd'], { env, cwd: '/usr' }), output));
    expect(cwd).toBe('/usr\n');
  });

  it('finds the program by the PATH of the command', async () => {
    const lost = await outcome((output) => starter.start(command(['ls'], { env: { PATH: '/nowhere' } }), output));
    expect(lost.exit.code).toBe(127);
  });

  it('lets a script open its output again by name', async () => {
    const { text } = await run('echo one > /dev/stdout; echo two | tee /dev/stderr');
    expect(text.split('\n').sort()).toEqual(['', 'one', 'two', 'two']);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('delivers %s to the command itself, whose trap runs', async (name) => {
    const heard = new Heard();
    const started = await starter.start(
      script(`trap 'echo trapped; exit 9' ${name}; echo ready; while :; do sleep 0.01; done`),
      heard.take,
    );
    await heard.hears('ready');
    started.signal(name);
    expect(await started.exit).toEqual({ code: 9, signal: null });
    expect(heard.text).toContain('trapped');
  });

  it('ends a command without a trap by the signal it is sent at once', async () => {
    const started = await starter.start(command(['sleep', '1000']), () => undefined);
    started.signal('SIGTERM');
    expect(await started.exit).toEqual({ code: null, signal: 'SIGTERM' });
  });

  it('kills a tree that ignores every signal', async () => {
    const heard = new Heard();
    const started = await starter.start(
      script(`trap '' INT TERM HUP; sleep ${markOf(4711, kind)} & echo ready; while :; do sleep 1; done`),
      heard.take,
    );
    await heard.hears('ready');
    started.kill();
    started.kill();
    expect((await started.exit).signal).toBe('SIGKILL');
    await eventually(() => !isRunning(markOf(4711, kind)));
  });

  it('takes signals and kills after the end without complaint', async () => {
    const started = await starter.start(command(['true']), () => undefined);
    await started.exit;
    started.signal('SIGINT');
    started.kill();
    expect(await started.exit).toEqual({ code: 0, signal: null });
  });

  it('ends what a command left in the background when it has ended', async () => {
    const mark = markOf(4712, kind);
    const { exit } = await run(`sleep ${mark} & exit 3`);
    expect(exit.code).toBe(3);
    await eventually(() => !isRunning(mark));
  });

  it('kills a tree whose command has stopped itself', async () => {
    const heard = new Heard();
    const started = await starter.start(script('echo ready; kill -STOP $$; sleep 1000'), heard.take);
    await heard.hears('ready');
    started.kill();
    expect((await started.exit).signal).toBe('SIGKILL');
  });
});
