/** One child process of this program: spawned without a shell, its output carried, its end awaited. */
import { spawn, type ChildProcess } from 'node:child_process';
import { statSync } from 'node:fs';
import { constants } from 'node:os';
import type { Clock } from '../kernel/clock.js';
import { Fault } from '../kernel/errors.js';
import type { Forker, NotForked } from './forker.js';
import { PIPE_BYTES } from './forker-program.js';
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

/** What a pipe of Linux holds. */
const USUAL_PIPE_BYTES = 64 * 1024;

/** Spawns `argv` as the leader of a session of its own. Throws a Fault when the system has no room for it. */
export async function startChild(command: Command, output: TakeOutput, tools: ChildTools): Promise<Child | Unstarted> {
  return withPipes(command, output, { ...tools, pipeBytes: USUAL_PIPE_BYTES }, async (pipes) => {
    const child = spawnLeader(command, pipes);
    await spawned(child);
    const ended = new Promise<Exit>((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })));
    return { pid: child.pid ?? 0, ended };
  });
}

export interface ForkedChild extends Child {
  /** What the forker calls it. */
  readonly id: number;
}

/** The same, forked by another process, in one of its trees or in none (0). */
export async function forkChild(
  command: Command,
  output: TakeOutput,
  { forker, tree, ...tools }: ChildTools & { readonly forker: Forker; readonly tree: number },
): Promise<ForkedChild | Unstarted> {
  let id = 0;
  const sized = { ...tools, pipeBytes: PIPE_BYTES };
  const child = await withPipes(command, output, sized, async ({ stdout, stderr }) => {
    if (holdsNul(command)) throw errorOf('ERR_INVALID_ARG_VALUE');
    const forked = await forker.run(tree, { ...command, stdout: stdout.path, stderr: stderr.path });
    if ('errno' in forked) throw errorOf(codeOf(forked), forked.where);
    id = forked.id;
    return forked;
  });
  return 'code' in child ? child : { ...child, id };
}

interface Pipes {
  readonly stdout: OutputPipe;
  readonly stderr: OutputPipe;
}

/** What has been started, however that was done. */
interface Started {
  readonly pid: number;
  readonly ended: Promise<Exit>;
}

async function withPipes(
  command: Command,
  output: TakeOutput,
  tools: ChildTools & { readonly pipeBytes: number },
  start: (pipes: Pipes) => Promise<Started>,
): Promise<Child | Unstarted> {
  if (!isFolder(command.cwd)) return noFolder(command);
  const pipes = { stdout: await tools.pipes.take(), stderr: await tools.pipes.take() };
  const { stdout, stderr } = pipes;
  try {
    const started = await start(pipes).finally(() => [stdout, stderr].forEach((pipe) => pipe.handedOver()));
    const pump = new OutputPump(
      { stdout: stdout.readEnd, stderr: stderr.readEnd },
      output,
      tools.clock,
      tools.pipeBytes,
    );
    return follow(started, pump, tools.clock);
  } catch (cause) {
    stdout.readEnd.destroy();
    stderr.readEnd.destroy();
    return unstarted(command, cause);
  }
}

function noFolder({ cwd }: Command): Unstarted {
  return { code: 127, message: `cannot start in ${cwd}: no such folder` };
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function spawnLeader({ argv: [program = '', ...args], cwd, env }: Command, { stdout, stderr }: Pipes): ChildProcess {
  return spawn(program, args, {
    cwd,
    env,
    detached: true,
    stdio: ['ignore', stdout.writeEnd, stderr.writeEnd],
  });
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
  if (code === 'NO_FOLDER') return noFolder(command);
  if (code === 'ENOENT' || code === 'ENOTDIR') return { code: 127, message: `${program}: command not found` };
  if (code === 'EACCES' || code === 'ENOEXEC') return { code: 126, message: `${program}: cannot be executed` };
  if (code === 'ERR_INVALID_ARG_VALUE')
    return { code: 126, message: `${program}: a NUL character in what it is given` };
  if (code === 'E2BIG') return { code: 126, message: `${program}: arguments and environment are too long` };
  throw new Fault(`${program} cannot be started`, { cause, retryable: true });
}

function follow({ pid, ended }: Started, pump: OutputPump, clock: Clock): Child {
  let alive = true;
  const exit = ended.then(async (result) => {
    alive = false;
    pump.hurry();
    const taken = new AbortController();
    await Promise.race([pump.done, quiet(pump, clock, taken.signal)]);
    // A wait that nobody waits for would keep the program alive.
    taken.abort();
    pump.abandon();
    return result;
  });
  return { pid, exit, ended: ended.then(() => undefined), isAlive: () => alive };
}

function holdsNul({ argv, cwd, env }: Command): boolean {
  return [...argv, cwd, ...Object.entries(env).flat()].some((text) => text.includes('\0'));
}

/** That it came to nothing for the command's own sake; all else is our Fault. */
function codeOf({ where, errno }: NotForked): string {
  if (where === 'folder') return 'NO_FOLDER';
  return where !== 'program' ? '' : (Object.entries(constants.errno).find(([, number]) => number === errno)?.[0] ?? '');
}

function errorOf(code: string, where = ''): Error {
  return Object.assign(new Error(`${where} ${code}`.trim()), { code });
}

async function quiet(pump: OutputPump, clock: Clock, taken: AbortSignal): Promise<void> {
  const most = pump.bytes + AFTER_EXIT.pipeBytes;
  for (let rounds = AFTER_EXIT.rounds; rounds > 0 && pump.bytes < most;) {
    const before = pump.bytes;
    await clock.sleep(AFTER_EXIT.quietMs, taken);
    if (taken.aborted) return;
    // A busy program may find that the time is over before it has read what lies there.
    await clock.nextTurn();
    if (pump.isBusy) continue;
    if (pump.bytes === before) return;
    rounds--;
  }
}
