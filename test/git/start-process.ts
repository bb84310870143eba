/** Starts processes for the tests of git as `process/` promises to: a closed environment, the whole group ended by `kill`. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Command, RunningProcess, TakeOutput } from '../../src/process/running-process.js';

export async function startProcess(command: Command, output: TakeOutput): Promise<RunningProcess> {
  const [program = '', ...argv] = command.argv;
  const child = spawn(program, argv, {
    cwd: command.cwd,
    env: command.env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.on('data', (chunk: Buffer) => void output(chunk, 'stdout'));
  child.stderr.on('data', (chunk: Buffer) => void output(chunk, 'stderr'));
  const exit = once(child, 'close').then(
    ([code, signal]: unknown[]) => ({ code: code as number | null, signal: signal as string | null }),
    () => ({ code: 127, signal: null }),
  );
  const signal = (name: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null && child.pid) process.kill(-child.pid, name);
  };
  return { pid: child.pid ?? 0, exit, signal, kill: () => signal('SIGKILL') };
}
