/** Starts the servers and the load generator, each in a process of its own, on a core of its own where `taskset` is there. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { LoadOrder, LoadResult } from './load.js';
import type { ServerKind } from './server.js';

const SERVER_CORE = 0;
const LOAD_CORE = 1;

export interface RunningServer {
  readonly port: number;
  /** Megabytes of memory that is no file's: what could leak. */
  memoryMb(): number;
  stop(): void;
}

/** Its database gets a folder of its own below `folder`. */
export async function startServer(kind: ServerKind, folder: string): Promise<RunningServer> {
  const own = mkdtempSync(join(folder, `${kind}-`));
  const child = start(SERVER_CORE, ['server.js', kind, own]);
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return {
    port: Number(/\d+$/.exec(line)?.[0]),
    memoryMb: () => anonymousMb(child.pid),
    stop: () => void child.kill('SIGKILL'),
  };
}

export interface LoadGenerator {
  /** One at a time. */
  run(order: LoadOrder): Promise<LoadResult>;
  stop(): void;
}

export function startLoadGenerator(): LoadGenerator {
  const child = start(LOAD_CORE, ['load.js']);
  const died = once(child, 'exit').then(() => Promise.reject(new Error('the load generator died')));
  died.catch(() => undefined);
  return {
    run: async (order) => {
      child.send(order);
      const [result] = await Promise.race([once(child, 'message') as Promise<[LoadResult]>, died]);
      return result;
    },
    stop: () => void child.kill('SIGKILL'),
  };
}

/** Is each process held on a core of its own? */
export function arePinned(): boolean {
  return availableParallelism() > 1 && spawnSync('taskset', ['-V']).status === 0;
}

/** The words in front of a command that hold it on one core. */
export function pinnedTo(core: number): string[] {
  return arePinned() ? ['taskset', '-c', String(core)] : [];
}

/** A program of the bench, by its file beside this one; it is held on the core where that is possible. */
export function start(core: number, [file = '', ...args]: string[]): ChildProcess & { stdout: Readable } {
  const argv = [...pinnedTo(core), process.execPath, join(import.meta.dirname, file), ...args];
  const child = spawn(argv[0]!, argv.slice(1), { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  return child as ChildProcess & { stdout: Readable };
}

/** Megabytes of memory of a process that is no file's. */
export function anonymousMb(pid: number | undefined): number {
  const kilobytes = /^RssAnon:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1024;
}
