/** One start of the program on a data folder: the real main, or the second one that dies where it is told to. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { CrashPoint } from './crash-point.js';
import type { Disturbance } from './crash-main.js';

const PROGRAM = fileURLToPath(new URL('../../dist/src/main.js', import.meta.url));
const CRASH_PROGRAM = fileURLToPath(new URL('../../dist/test/crash/crash-main.js', import.meta.url));

const LISTENS = 'pagure-actions listens at';

export interface BootOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly disturbance: Disturbance | null;
  /** A program that runs this one, with its arguments; it ends as its child does. */
  readonly under?: readonly string[];
}

/** How it ended: an exit code, or the name of a signal. */
export type End = number | NodeJS.Signals;

export class Boot {
  /** What it said on both its streams. */
  output = '';
  /** Resolves with its end, whenever that is. */
  readonly ended: Promise<End>;
  private readonly child: ChildProcess;
  private readonly listeners = new Set<() => void>();
  private readonly isUnder: boolean;
  private end: End | null = null;

  constructor({ cwd, env, disturbance, under = [] }: BootOptions) {
    const start = disturbance ? [CRASH_PROGRAM, JSON.stringify(disturbance)] : [PROGRAM, 'serve'];
    const [program = '', ...argv] = [...under, process.execPath, ...start];
    this.child = spawn(program, argv, { cwd, env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    this.isUnder = under.length > 0;
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.on('data', (chunk: Buffer) => this.hear(chunk.toString('utf8')));
    this.ended = once(this.child, 'close').then(([code, signal]: unknown[]) => this.close((code ?? signal) as End));
  }

  /** The second main takes these points from now on; one that dies meanwhile takes none. */
  async arm(points: readonly CrashPoint[]): Promise<void> {
    const armed = once(this.child, 'message');
    this.child.send([...points], () => undefined);
    await Promise.race([armed, this.ended]);
  }

  signal(name: NodeJS.Signals): void {
    const pids = this.isUnder && !this.isDead ? childrenOf(this.child.pid!) : [];
    if (pids.length === 0) this.child.kill(name);
    for (const pid of pids) process.kill(pid, name);
  }

  /** Resolves when it has said `text`; rejects when it ended without. */
  async says(text: string): Promise<void> {
    while (!this.output.includes(text)) {
      if (this.end !== null) throw new Error(`it ended (${this.end}) without saying ${text}:\n${this.output}`);
      await new Promise<void>((resolve) => this.listeners.add(resolve));
    }
  }

  /** Resolves when it listens. */
  async listens(): Promise<void> {
    await this.says(LISTENS);
  }

  get isListening(): boolean {
    return this.output.includes(LISTENS);
  }

  get isDead(): boolean {
    return this.end !== null;
  }

  private hear(text: string): void {
    this.output += text;
    this.tell();
  }

  private close(end: End): End {
    this.end = end;
    this.tell();
    return end;
  }

  private tell(): void {
    const told = [...this.listeners];
    this.listeners.clear();
    for (const resolve of told) resolve();
  }
}

/** Empty when it ended meanwhile. */
function childrenOf(pid: number): readonly number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}
