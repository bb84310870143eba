/**
 * Real pipes for the output of processes. The sockets that Node gives a child cannot be opened again by name, so that
 * `echo x > /dev/stdout` and `tee /dev/stderr` would fail in every script.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, openSync, unlinkSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { Fault } from '../kernel/errors.js';
import { findTool } from './tools.js';

/** One open pipe: `writeEnd` is for the child and must be closed here once the child has it. */
export interface OutputPipe {
  readonly readEnd: Readable;
  readonly writeEnd: number;
}

interface OpenEnds {
  readonly read: number;
  readonly write: number;
}

/** How many pipes one call of `mkfifo` makes: two for each command. */
const BATCH = 32;

/** Pipes made ahead in batches; their names exist for a moment only, in a private folder. */
export class PipeStock {
  private readonly ready: OpenEnds[] = [];
  private filling: Promise<void> | null = null;
  private made = 0;

  /** @param folder made with mode 0700 if need be; only this process may use it. */
  constructor(private readonly folder: string) {}

  /** Throws a Fault when no pipe can be made (no file descriptors left, no disk). */
  async take(): Promise<OutputPipe> {
    for (let ends = this.ready.pop(); ; ends = this.ready.pop()) {
      if (ends)
        return { readEnd: new Socket({ fd: ends.read, readable: true, writable: false }), writeEnd: ends.write };
      await (this.filling ??= this.fill().finally(() => (this.filling = null)));
    }
  }

  /** Closes the pipes that nobody took. */
  close(): void {
    for (const { read, write } of this.ready.splice(0)) {
      closeSync(read);
      closeSync(write);
    }
  }

  private async fill(): Promise<void> {
    try {
      await mkdir(this.folder, { recursive: true, mode: 0o700 });
      const paths = Array.from({ length: BATCH }, () => `${this.folder}/${process.pid}-${this.made++}`);
      await makeFifos(paths);
      for (const path of paths) this.ready.push(openBothEnds(path));
    } catch (cause) {
      throw new Fault(`no pipe can be made in ${this.folder}`, { cause, retryable: true });
    }
  }
}

async function makeFifos(paths: readonly string[]): Promise<void> {
  const tool = (await findTool('mkfifo')) ?? 'mkfifo';
  const [code] = await once(spawn(tool, ['-m', '600', ...paths], { stdio: 'ignore', env: {} }), 'exit');
  if (code !== 0) throw new Error(`mkfifo ended with exit code ${code}`);
}

function openBothEnds(path: string): OpenEnds {
  const read = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
  const write = openSync(path, constants.O_WRONLY | constants.O_NOFOLLOW);
  unlinkSync(path);
  return { read, write };
}
