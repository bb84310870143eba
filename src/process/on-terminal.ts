/** A program that talks to the person at this program's own terminal. */
import { spawn } from 'node:child_process';
import { spawned } from './child.js';
import type { Command, Exit } from './running-process.js';

/**
 * It has stdin, stdout and stderr of this program, and belongs to no tree: the person ends it. Resolves when it has ended.
 * Rejects with the error of the system call when it cannot be started.
 */
export async function runOnTerminal({ argv, cwd, env }: Command): Promise<Exit> {
  const [program = '', ...args] = argv;
  const child = spawn(program, args, { cwd, env, stdio: 'inherit' });
  const exit = new Promise<Exit>((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })));
  await spawned(child);
  return exit;
}
