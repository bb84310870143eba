/** One job's world on the host: three folders, and a process tree. */
import { accessSync, constants, statSync } from 'node:fs';
import { Fault } from '../../kernel/errors.js';
import type { ProcessStarter } from '../../process/process-starter.js';
import type { GroupRecord, ProcessTree } from '../../process/process-tree.js';
import type { Command, RunningProcess, TakeOutput } from '../../process/running-process.js';
import type { Session } from '../executor.js';
import { closeFolder, moveBeneath, openTrusted, readBeneath, writeBeneath } from './beneath.js';
import type { SpareFiles } from './spare-files.js';

export interface HostSessionParts {
  /** Absolute and real; holds `workspace` and `temp`, which nobody has touched yet. */
  readonly folder: string;
  /** Absolute and real. */
  readonly toolCache: string;
  readonly baseEnv: Readonly<Record<string, string>>;
  readonly starter: ProcessStarter;
  readonly tree: ProcessTree;
  /** Closed with the session. */
  readonly spare: SpareFiles;
  /** Called after each start of a command, before `run` returns, where processes may outlive this program. */
  readonly remember: (groups: readonly GroupRecord[]) => Promise<void>;
  /** Called once, when all processes are dead. */
  readonly takeAway: () => void;
}

/** Of spare files, and of what is put without another one. */
const EMPTY_MODE = 0o600;

/**
 * What a command leaves in the background lives on for the next ones, as on any machine; it ends with the session. Killing one
 * command ends all of them where trees are namespaces, since nobody could tell whose orphan is whose; the next command gets a
 * new tree.
 */
export class HostSession implements Session {
  readonly workspace: string;
  readonly temp: string;
  readonly toolCache: string;
  readonly baseEnv: Readonly<Record<string, string>>;
  /** Held open: whatever a job puts in their place later, these are read and written. */
  private readonly opened: readonly { readonly path: string; readonly folder: number }[];
  private tree: ProcessTree;
  private closing: Promise<void> | null = null;

  constructor(private readonly parts: HostSessionParts) {
    this.workspace = `${parts.folder}/workspace`;
    this.temp = `${parts.folder}/temp`;
    this.opened = [this.temp, this.workspace].map((path) => ({ path, folder: openTrusted(path) }));
    this.toolCache = parts.toolCache;
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

  async put(path: string, bytes: Uint8Array | string, mode = EMPTY_MODE): Promise<void> {
    const place = this.placeOf(path);
    if (!path.startsWith(`${this.temp}/`) || !place) {
      throw new Fault(`${path} is not below the temp folder`, { retryable: false });
    }
    const isSpare = bytes.length === 0 && mode === EMPTY_MODE;
    if (isSpare && moveBeneath(place.folder, place.names, (to) => this.parts.spare.moveTo(to))) return;
    writeBeneath(place.folder, place.names, { bytes, mode });
  }

  expectFiles(count: number): void {
    if (!this.closing) this.parts.spare.fill(count);
  }

  async read(path: string, limitBytes: number): Promise<Buffer | null> {
    const place = this.placeOf(path);
    if (!place) throw new Fault(`${path} is below neither the temp folder nor the workspace`, { retryable: false });
    return readBeneath(place.folder, place.names, limitBytes);
  }

  async which(program: string, path: string): Promise<string | null> {
    for (const folder of path.split(':').filter((entry) => entry.startsWith('/'))) {
      if (isProgram(`${folder}/${program}`)) return `${folder}/${program}`;
    }
    return null;
  }

  close(): Promise<void> {
    return (this.closing ??= this.tree.end().then(() => {
      for (const { folder } of this.opened) closeFolder(folder);
      this.parts.spare.close();
      this.parts.takeAway();
    }));
  }

  private placeOf(path: string): { readonly folder: number; readonly names: readonly string[] } | null {
    if (this.closing) throw new Fault('the job has been closed', { retryable: false });
    for (const { path: top, folder } of this.opened) {
      const names = namesBelow(top, path);
      if (names) return { folder, names };
    }
    return null;
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
