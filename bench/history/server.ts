/** The real server on a filled data folder, in a process of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pinnedTo } from '../ingest/processes.js';

const SERVER_CORE = 0;
/** Of whatever a bench seals. */
export const MASTER_KEY = '0'.repeat(64);

export interface HistoryServer {
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
}

/** `root` is the project's folder. Resolves when it listens. */
export async function startServer(root: string, folder: string): Promise<HistoryServer> {
  const main = join(root, 'dist/src/main.js');
  const args = [
    ...pinnedTo(SERVER_CORE),
    process.execPath,
    main,
    'serve',
    '--data-dir',
    folder,
    '--port',
    '0',
    '--log-level',
    'error',
  ];
  const env = { ...process.env, PAGURE_ACTIONS_MASTER_KEY: MASTER_KEY };
  const child = spawn(args[0]!, args.slice(1), { stdio: ['ignore', 'pipe', 'inherit'], cwd: folder, env });
  for await (const line of createInterface(child.stdout)) {
    const [, port] = /listens at http:\/\/[^:]+:(\d+)/.exec(line) ?? [];
    if (port === undefined) continue;
    child.stdout.resume();
    return { port: Number(port), pid: child.pid ?? 0, stop: () => stop(child) };
  }
  throw new Error('the server did not start');
}

async function stop(child: ReturnType<typeof spawn>): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
