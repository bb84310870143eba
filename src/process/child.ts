/** One child process of this program: spawned without a shell, its output carried, its end awaited. */
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, statSync } from 'node:fs';
import type { Clock } from '../kernel/clock.js';
import { Fault } from '../kernel/errors.js';
import { OutputPump } from './output-pump.js';
import type { OutputPipe, PipeStock } from './pipe-stock.js';
import type { Command, Exit, TakeOutput } from './running-process.js';

export interface Child {
  readonly pid: number;
  /** As `RunningProcess.exit`. */
  readonly exit: Promise<Exit>;
  /** Resolves when the process itself has ended, whatever becomes of its output. */
  readonly ended: Promise<void>;
  /** True until the process has ended: its id means nothing afterwards. */
  isAlive(): boolean;
}

/** It never came to life: a missing program or folder is an exit code, as in a shell, and never our fault. */
export interface Unstarted {
  readonly code: 126 | 127;
  readonly message: string;
}

export interface ChildTools {
  readonly clock: Clock;
  readonly pipes: PipeStock;
}

/**
 * After a process has ended, what it left running in the background may still hold its output open. We then wait until
 * nothing has come for `quietMs`, at most `rounds` times (GitHub's runner waits 5 s in any case), or until more has come
 * than a pipe can hold: by then all that the process itself wrote was taken.
 */
const AFTER_EXIT = { quietMs: 500, rounds: 10, pipeBytes: 2 * 1024 * 1024 };

/** Spawns `argv` as the leader of a session of its own. Throws a Fault when the system has no room for it. */
export async function startChild(command: Command, output: TakeOutput, tools: ChildTools): Promise<Child | Unstarted> {
  if (!isFolder(command.cwd)) return { code: 127, message: `cannot start in ${command.cwd}: no such folder` };
  const stdout = await tools.pipes.take();
  const stderr = await tools.pipes.take();
  try {
    const child = spawnLeader(command, stdout, stderr);
    await spawned(child);
    return follow(child, new OutputPump({ stdout: stdout.readEnd, stderr: stderr.readEnd }, output), tools.clock);
  } catch (cause) {
    stdout.readEnd.destroy();
    stderr.readEnd.destroy();
    return unstarted(command, cause);
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function spawnLeader(command: Command, stdout: OutputPipe, stderr: OutputPipe): ChildProcess {
  const [program = '', ...args] = command.argv;
  try {
    return spawn(program, args, {
      cwd: command.cwd,
      env: command.env,
      detached: true,
      stdio: ['ignore', stdout.writeEnd, stderr.writeEnd],
    });
  } finally {
    closeSync(stdout.writeEnd);
    closeSync(stderr.writeEnd);
  }
}

/** Resolves when the child lives; rejects with the error of the system call. */
export function spawned(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
}

function unstarted(command: Command, cause: unknown): Unstarted {
  const [program = ''] = command.argv;
  const code = (cause as NodeJS.ErrnoException).code;
  if (code === 'ENOENT' || code === 'ENOTDIR') return { code: 127, message: `${program}: command not found` };
  if (code === 'EACCES' || code === 'ENOEXEC') return { code: 126, message: `${program}: cannot be executed` };
  if (code === 'ERR_INVALID_ARG_VALUE')
    return { code: 126, message: `${program}: a NUL character in what it is given` };
  if (code === 'E2BIG') return { code: 126, message: `${program}: arguments and environment are too long` };
  throw new Fault(`${program} cannot be started`, { cause, retryable: true });
}

function follow(child: ChildProcess, pump: OutputPump, clock: Clock): Child {
  let alive = true;
  const ended = new Promise<Exit>((resolve) => {
    child.once('exit', (code, signal) => {
      alive = false;
      resolve({ code, signal });
    });
  });
  const exit = ended.then(async (result) => {
    await Promise.race([pump.done, quiet(pump, clock)]);
    pump.abandon();
    return result;
  });
  return { pid: child.pid ?? 0, exit, ended: ended.then(() => undefined), isAlive: () => alive };
}

async function quiet(pump: OutputPump, clock: Clock): Promise<void> {
  const most = pump.bytes + AFTER_EXIT.pipeBytes;
  for (let rounds = AFTER_EXIT.rounds; rounds > 0 && pump.bytes < most;) {
    const before = pump.bytes;
    await clock.sleep(AFTER_EXIT.quietMs);
    if (pump.isBusy) continue;
    if (pump.bytes === before) return;
    rounds--;
  }
}
