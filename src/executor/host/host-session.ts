/** One job's world on the host: three folders, and a process tree. */
import { accessSync, constants, statSync } from 'node:fs';
import { Fault } from '../../kernel/errors.js';
import type { ProcessStarter } from '../../process/process-starter.js';
import type { GroupRecord, ProcessTree } from '../../process/process-tree.js';
import type { Command, RunningProcess, TakeOutput } from '../../process/running-process.js';
import type { Session } from '../executor.js';
import { readBeneath, writeBeneath } from './beneath.js';

export interface HostPlace {
  /** Root of all jobs of the executor, which no job may change the way to. */
  readonly top: string;
  /** The job's folder in it; `workspace`, `temp` and `home` are its parts. */
  readonly name: string;
}

export interface HostSessionParts {
  readonly place: HostPlace;
  readonly baseEnv: Readonly<Record<string, string>>;
  readonly starter: ProcessStarter;
  readonly tree: ProcessTree;
  /** Called after each start of a command, before `run` returns, where processes may outlive this program. */
  readonly remember: (groups: readonly GroupRecord[]) => Promise<void>;
  /** Called once, when all processes are dead. */
  readonly takeAway: () => void;
}

/**
 * What a command leaves in the background lives on for the next ones, as on any machine; it ends with the session. Killing one
 * command ends all of them where trees are namespaces, since nobody could tell whose orphan is whose; the next command gets a
 * new tree.
 */
export class HostSession implements Session {
  readonly workspace: string;
  readonly temp: string;
  readonly baseEnv: Readonly<Record<string, string>>;
  private tree: ProcessTree;
  private closing: Promise<void> | null = null;

  constructor(private readonly parts: HostSessionParts) {
    const folder = `${parts.place.top}/${parts.place.name}`;
    this.workspace = `${folder}/workspace`;
    this.temp = `${folder}/temp`;
    this.baseEnv = parts.baseEnv;
    this.tree = parts.tree;
  }

  async run(command: Command, output: TakeOutput): Promise<RunningProcess> {
    if (this.closing) throw new Fault('the job has been closed', { retryable: false });
    if (!this.tree.isAlive()) await this.plantTree();
    const started = await this.tree.start(command, output);
    const groups = this.tree.records();
    if (groups.length > 0) await this.parts.remember(groups);
    return started;
  }

  async put(path: string, bytes: Uint8Array | string, mode = 0o600): Promise<void> {
    const names = namesBelow(this.temp, path);
    if (!names) throw new Fault(`${path} is not below the temp folder`, { retryable: false });
    writeBeneath(this.parts.place.top, [this.parts.place.name, 'temp', ...names], { bytes, mode });
  }

  async read(path: string, limitBytes: number): Promise<Buffer | null> {
    const { top, name } = this.parts.place;
    for (const part of ['temp', 'workspace']) {
      const names = namesBelow(`${top}/${name}/${part}`, path);
      if (names) return readBeneath(top, [name, part, ...names], limitBytes);
    }
    throw new Fault(`${path} is below neither the temp folder nor the workspace`, { retryable: false });
  }

  async which(program: string, path: string): Promise<string | null> {
    for (const folder of path.split(':').filter((entry) => entry.startsWith('/'))) {
      if (isProgram(`${folder}/${program}`)) return `${folder}/${program}`;
    }
    return null;
  }

  close(): Promise<void> {
    return (this.closing ??= this.tree.end().then(() => this.parts.takeAway()));
  }

  private async plantTree(): Promise<void> {
    await this.tree.end();
    this.tree = await this.parts.starter.openTree();
  }
}

/** The names that lead from a folder to a path below it; null when it is not, or not plainly, below. */
function namesBelow(folder: string, path: string): readonly string[] | null {
  if (!path.startsWith(`${folder}/`)) return null;
  const names = path.slice(folder.length + 1).split('/');
  return names.every((name) => name !== '' && name !== '.' && name !== '..' && !name.includes('\0')) ? names : null;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
