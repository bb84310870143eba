/** Runs one command to its end and keeps what it said, within limits: how the server runs git over the network. */
import { constants } from 'node:os';
import type { Clock } from '../kernel/clock.js';
import type { Exit, RunningProcess, TakeOutput } from './running-process.js';

export interface RunLimits {
  /** Bytes kept of stdout, and as many of stderr; the rest is read and dropped. */
  readonly limitBytes: number;
  /** After it the whole tree is killed. */
  readonly timeoutMs: number;
  /** Kills the whole tree when it aborts. */
  readonly signal?: AbortSignal;
}

export interface RunOutcome {
  /** As a shell says it: 128 + n for a signal, 127 for a missing program. */
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  /** `limit`: it was killed for the time; `abort`: by the signal. */
  readonly endedBy: 'itself' | 'limit' | 'abort';
}

/** `start` is given the taker of the output. Throws what it throws. */
export async function runToEnd(
  start: (output: TakeOutput) => Promise<RunningProcess>,
  limits: RunLimits,
  clock: Clock,
): Promise<RunOutcome> {
  const kept = { stdout: new Kept(limits.limitBytes), stderr: new Kept(limits.limitBytes) };
  const started = await start((chunk, stream) => kept[stream].add(chunk));
  let endedBy: RunOutcome['endedBy'] = 'itself';
  const end = (by: 'limit' | 'abort') => {
    endedBy = by;
    started.kill();
  };
  const stopTimer = clock.after(limits.timeoutMs, () => end('limit'));
  const abort = () => end('abort');
  limits.signal?.addEventListener('abort', abort);
  if (limits.signal?.aborted) abort();
  const exit = await started.exit;
  stopTimer();
  limits.signal?.removeEventListener('abort', abort);
  return { code: shellCode(exit), stdout: kept.stdout.bytes(), stderr: kept.stderr.bytes(), endedBy };
}

/** The exit code as a shell would say it: 128 + the number of a signal. */
export function shellCode(exit: Exit): number {
  if (exit.code !== null) return exit.code;
  return 128 + (constants.signals[exit.signal as NodeJS.Signals] ?? 0);
}

class Kept {
  private readonly chunks: Buffer[] = [];
  private left: number;

  constructor(limitBytes: number) {
    this.left = limitBytes;
  }

  add(chunk: Buffer): void {
    const part = chunk.subarray(0, this.left);
    if (part.length > 0) this.chunks.push(part);
    this.left -= part.length;
  }

  bytes(): Buffer {
    return Buffer.concat(this.chunks);
  }
}
