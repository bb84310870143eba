/** The other end of the small process that forks all others: gives it orders, and hears what became of them. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Socket } from 'node:net';
import { constants } from 'node:os';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { Fault } from '../kernel/errors.js';
import { forkerProgram } from './forker-program.js';
import type { Exit } from './running-process.js';
import { findTool } from './tools.js';

/** How a namespace is made. */
export interface TreeForm {
  /** The user of a user namespace of its own, or none. */
  readonly user: 'none' | 'current' | 'root';
  /** Does it get a `/proc` of its own, so that its tools see its process ids? */
  readonly proc: 'own' | 'shared';
}

/** What is run, and the named pipes that take its output. */
export interface ForkOrder {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Forked {
  /** Told to its `signal`. */
  readonly id: number;
  readonly pid: number;
  readonly ended: Promise<Exit>;
}

/** Where a command came to nothing, with the number of the system's error. */
export interface NotForked {
  readonly where: string;
  readonly errno: number;
}

export interface KeptTree {
  readonly id: number;
  /** Process 1 of the namespace, as seen from outside. */
  readonly first: number;
  /** Resolves when no process of it is left. */
  readonly gone: Promise<void>;
}

const KILLED: Exit = { code: null, signal: 'SIGKILL' };
const LOST: NotForked = { where: 'forker', errno: 0 };

/**
 * One process, and small while this program grows: a fork costs what the forking process is large, and a server that forks
 * itself answers nobody meanwhile. It ends with this program, and all namespaces with it. When it ends by itself the commands in
 * namespaces end as killed ones, and whoever asks next starts another.
 */
export class Forker {
  private readonly starting = new Map<number, (answer: Forked | NotForked) => void>();
  private readonly running = new Map<number, (exit: Exit) => void>();
  private readonly opening = new Map<number, (answer: KeptTree | null) => void>();
  private readonly kept = new Map<number, () => void>();
  private given = 0;
  private alive = true;

  private constructor(private readonly child: ChildProcess & { readonly stdin: Writable; readonly stdout: Readable }) {
    child.once('exit', () => this.lose());
  }

  /** Null where there is no Perl, or it does not come to work. Call it from the main thread: it ends with the thread that made it. */
  static async start(): Promise<Forker | null> {
    const [perl, program] = [await findTool('perl'), forkerProgram(process.arch)];
    if (perl === null || program === null) return null;
    const child = spawn(perl, program.args, { cwd: '/', env: {}, detached: true, stdio: ['pipe', 'pipe', 'ignore'] });
    child.stdin.on('error', () => undefined);
    child.stdin.write(program.input);
    const lines = createInterface(child.stdout);
    const isReady = await Promise.race([
      once(lines, 'line').then(() => true),
      once(child, 'exit').then(() => false),
      once(child, 'error').then(() => false),
    ]).catch(() => false);
    if (!isReady) return null;
    const forker = new Forker(child);
    lines.on('line', (line) => forker.hear(line));
    child.unref();
    forker.keepProgramAlive();
    return forker;
  }

  isAlive(): boolean {
    return this.alive;
  }

  /** Throws a Fault when the system gives no namespace. */
  async openTree({ user, proc }: TreeForm): Promise<KeptTree> {
    const id = ++this.given;
    const answer = new Promise<KeptTree | null>((resolve) => this.opening.set(id, resolve));
    this.order([id, 'open', user, proc]);
    const tree = await answer;
    if (tree === null) throw new Fault('no process namespace can be made', { retryable: true });
    return tree;
  }

  /** In a tree, or beside all of them (0), as the leader of a session of its own. */
  run(tree: number, { argv, cwd, env, stdout, stderr }: ForkOrder): Promise<Forked | NotForked> {
    const id = ++this.given;
    const answer = new Promise<Forked | NotForked>((resolve) => this.starting.set(id, resolve));
    const pairs = Object.entries(env).map(([name, value]) => `${name}=${value}`);
    this.order([tree, 'run', id, cwd, stdout, stderr, argv.length, ...argv, ...pairs]);
    return answer;
  }

  /** To the command and its group, while it is alive. */
  signal(tree: number, id: number, name: NodeJS.Signals): void {
    this.order([tree, 'signal', id, name.replace(/^SIG/, '')]);
  }

  endTree(tree: number): void {
    this.order([tree, 'end']);
  }

  /** Ends it and all namespaces. */
  close(): void {
    this.child.kill('SIGKILL');
  }

  private order(fields: readonly (string | number)[]): void {
    if (!this.alive) return this.lose();
    const bytes = Buffer.from(fields.join('\0'));
    this.child.stdin.write(Buffer.concat([Buffer.from(`${bytes.length}\n`), bytes]));
    this.keepProgramAlive();
  }

  private hear(line: string): void {
    this.settle(line);
    this.keepProgramAlive();
  }

  private settle(line: string): void {
    const [word = '', first, ...rest] = line.split(' ');
    const id = Number(first);
    switch (word) {
      case 'tree':
        return this.opened(id, Number(rest[0]));
      case 'no-tree':
        return settle(this.opening, id, null);
      case 'gone':
        settle(this.opening, id, null);
        return settle(this.kept, id, undefined);
      case 'started':
        return this.started(id, Number(rest[0]));
      case 'failed':
        return settle(this.starting, id, { where: rest[0] ?? '', errno: Number(rest[1]) });
      case 'ended':
        return settle(this.running, id, exitOf(rest[0] ?? '-', Number(rest[1])));
    }
  }

  private opened(id: number, first: number): void {
    const gone = new Promise<void>((resolve) => this.kept.set(id, resolve));
    settle(this.opening, id, { id, first, gone });
  }

  private started(id: number, pid: number): void {
    const ended = new Promise<Exit>((resolve) => this.running.set(id, resolve));
    settle(this.starting, id, { id, pid, ended });
  }

  /** Only while somebody waits for an answer, as a child of one's own would. */
  private keepProgramAlive(): void {
    const { stdin, stdout } = this.child;
    const isAwaited = [this.opening, this.starting, this.running, this.kept].some(({ size }) => size > 0);
    for (const stream of [stdin, stdout]) {
      if (stream instanceof Socket) void (isAwaited ? stream.ref() : stream.unref());
    }
  }

  /** What it has forked into namespaces dies with it. */
  private lose(): void {
    this.alive = false;
    for (const id of [...this.opening.keys()]) settle(this.opening, id, null);
    for (const id of [...this.starting.keys()]) settle(this.starting, id, LOST);
    for (const id of [...this.running.keys()]) settle(this.running, id, KILLED);
    for (const id of [...this.kept.keys()]) settle(this.kept, id, undefined);
  }
}

function settle<T>(waiting: Map<number, (answer: T) => void>, id: number, answer: T): void {
  const tell = waiting.get(id);
  waiting.delete(id);
  tell?.(answer);
}

function exitOf(code: string, signal: number): Exit {
  return code === '-' ? { code: null, signal: nameOf(signal) } : { code: Number(code), signal: null };
}

function nameOf(signal: number): string {
  return Object.entries(constants.signals).find(([, number]) => number === signal)?.[0] ?? `signal ${signal}`;
}
