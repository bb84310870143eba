/**
 * Real pipes for the output of processes. The sockets that Node gives a child cannot be opened again by name, so that
 * `echo x > /dev/stdout` and `tee /dev/stderr` would fail in every script.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  unlinkSync,
} from 'node:fs';
import { Fault } from '../kernel/errors.js';
import { PipeReader } from './pipe-reader.js';
import { findTool } from './tools.js';

/** One open pipe. A child gets `writeEnd`, or opens `path` itself. */
export interface OutputPipe {
  readonly readEnd: PipeReader;
  readonly writeEnd: number;
  readonly path: string;
  /** Closes our write end and takes the name away, when the child has it open: to be called once. */
  handedOver(): void;
}

interface OpenEnds {
  readonly path: string;
  readonly read: number;
  readonly write: number;
}

/** How many pipes one call of `mkfifo` makes: two for each command. */
const BATCH = 32;
/** When so few are left the next ones are made, so that nobody has to wait for them. */
const FEW = 12;

/** Pipes made ahead in batches. Their names last until a child has them open, in a folder that only this user may enter. */
export class PipeStock {
  private readonly ready: OpenEnds[] = [];
  private filling: Promise<void> | null = null;
  private own: string | null = null;
  private made = 0;

  /** @param folder made with mode 0700 if need be; each stock has a folder of its own in it. */
  constructor(private readonly folder: string) {}

  /** Throws a Fault when no pipe can be made (no file descriptors left, no disk). */
  async take(): Promise<OutputPipe> {
    let ends = this.ready.pop();
    for (; ends === undefined; ends = this.ready.pop()) await this.more();
    // Why none could be made is told to whoever finds none left.
    if (this.ready.length === FEW) this.more().catch(() => undefined);
    return pipeOf(ends);
  }

  /** Closes the pipes that nobody took. */
  close(): void {
    for (const { read, write } of this.ready.splice(0)) {
      closeSync(read);
      closeSync(write);
    }
    if (this.own !== null) rmSync(this.own, { recursive: true, force: true });
    this.own = null;
  }

  private more(): Promise<void> {
    return (this.filling ??= this.fill().finally(() => (this.filling = null)));
  }

  private async fill(): Promise<void> {
    try {
      const own = (this.own ??= ownFolder(this.folder));
      const paths = Array.from({ length: BATCH }, () => `${own}/${this.made++}`);
      await makeFifos(paths);
      for (const path of paths) this.ready.push(openBothEnds(path));
    } catch (cause) {
      throw new Fault(`no pipe can be made in ${this.folder}`, { cause, retryable: true });
    }
  }
}

/** Named after this process; those of processes that are gone are taken away. */
function ownFolder(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const dead = readdirSync(folder).filter((name) => !existsSync(`/proc/${Number.parseInt(name, 10)}`));
  for (const name of dead) rmSync(`${folder}/${name}`, { recursive: true, force: true });
  return mkdtempSync(`${folder}/${process.pid}-`);
}

function pipeOf({ path, read, write }: OpenEnds): OutputPipe {
  const handedOver = () => {
    closeSync(write);
    unlinkSync(path);
  };
  return { readEnd: new PipeReader(read), writeEnd: write, path, handedOver };
}

async function makeFifos(paths: readonly string[]): Promise<void> {
  const tool = (await findTool('mkfifo')) ?? 'mkfifo';
  const [code] = await once(spawn(tool, ['-m', '600', ...paths], { stdio: 'ignore', env: {} }), 'exit');
  if (code !== 0) throw new Error(`mkfifo ended with exit code ${code}`);
}

function openBothEnds(path: string): OpenEnds {
  const read = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
  const write = openSync(path, constants.O_WRONLY | constants.O_NOFOLLOW);
  return { path, read, write };
}
