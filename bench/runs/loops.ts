/** Two bash loops at once that do bare what no-op jobs do: they start a script, and make durable what became of it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nowMs } from './time.js';

/** What each turn of a loop does. */
export const LOOPS = {
  'the script and one durable line': 'bash -e noop.sh; keep',
  'in a process namespace, each of six states a durable line':
    'keep; keep; keep; keep; unshare --pid --fork --kill-child --mount-proc bash -e noop.sh; keep; keep',
} as const;

export type LoopKind = keyof typeof LOOPS;

/** Turns per second of both loops together, each of so many turns. `folder` is on the disk that the server writes to. */
export async function turnsPerSecond(kind: LoopKind, turns: number, folder: string): Promise<number> {
  writeFileSync(join(folder, 'noop.sh'), ':\n');
  const start = nowMs();
  await Promise.all([1, 2].map((loop) => runLoop(loopText(kind, turns, loop), folder)));
  return (2 * turns * 1_000) / (nowMs() - start);
}

function loopText(kind: LoopKind, turns: number, loop: number): string {
  const keep = `keep() { echo "a row that says what became of it" >> states-${loop}; sync -d states-${loop}; }`;
  return `${keep}; for ((turn = 0; turn < ${turns}; turn++)); do ${LOOPS[kind]}; done`;
}

async function runLoop(text: string, cwd: string): Promise<void> {
  const child = spawn('bash', ['-ec', text], { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = (await once(child, 'exit')) as [number];
  if (code !== 0) throw new Error(`a loop ended with exit code ${code}`);
}
