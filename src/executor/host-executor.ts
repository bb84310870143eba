/** Runs jobs on this machine, as the user that the program runs as: for projects whose committers own the machine. */
import { mkdir, readdir, realpath, rename } from 'node:fs/promises';
import { Fault } from '../kernel/errors.js';
import type { ProcessStarter } from '../process/process-starter.js';
import { Executor, type Session, type SessionRequest } from './executor.js';
import { baseEnv } from './host/base-env.js';
import { codeOf } from './host/beneath.js';
import { deleteFolder } from './host/delete-folder.js';
import { endRememberedGroups, forgetGroups, rememberGroups } from './host/group-file.js';
import { HostSession } from './host/host-session.js';

export interface HostExecutorParts {
  /** Absolute folder of this executor alone: `jobs/` the living, `deleting/` the dead, `groups/` what to end at the next start. */
  readonly root: string;
  /** The program's own environment; of it PATH, the language and the time zone are passed on. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly starter: ProcessStarter;
  /** Told of folders that could not be deleted; the next start tries again. */
  readonly report: (fault: unknown) => void;
}

/**
 * `open` is safe to call for many jobs at once. Folders of a job are `<root>/jobs/<job>-<attempt>/{workspace,temp,home}`, mode
 * 0700. Nothing is shared between jobs but the machine itself.
 */
export class HostExecutor extends Executor {
  readonly label = 'host';
  private readonly deletions = new Set<Promise<void>>();
  private moved = 0;

  constructor(private readonly parts: HostExecutorParts) {
    super();
  }

  describe(): string {
    return `jobs run as the user of this program and may read all that it may; ${this.parts.starter.ending.line}`;
  }

  async open(request: SessionRequest): Promise<Session> {
    const name = `${request.jobId}-${request.attempt}`;
    const opening = await Promise.allSettled([this.parts.starter.openTree(), this.makeFolders(name)] as const);
    const [tree, top] = opening;
    if (tree.status === 'fulfilled' && top.status === 'fulfilled') return this.session(name, top.value, tree.value);
    if (tree.status === 'fulfilled') await tree.value.end();
    throw tree.status === 'rejected' ? tree.reason : (top as PromiseRejectedResult).reason;
  }

  async endLeftovers(): Promise<void> {
    await endRememberedGroups(this.folder('groups'));
    const left = await readdir(this.folder('jobs')).catch(() => []);
    for (const name of left) await this.moveAway(name);
    for (const name of await readdir(this.folder('deleting')).catch(() => [])) this.deleteLater(name);
  }

  /** Resolves when the folders of all closed jobs are deleted: before the program ends. */
  async settle(): Promise<void> {
    while (this.deletions.size > 0) await Promise.all(this.deletions);
  }

  private folder(name: 'jobs' | 'deleting' | 'groups'): string {
    return `${this.parts.root}/${name}`;
  }

  private session(name: string, top: string, tree: Awaited<ReturnType<ProcessStarter['openTree']>>): Session {
    const { starter, env } = this.parts;
    return new HostSession({
      place: { top, name },
      baseEnv: baseEnv(env, `${top}/${name}/home`),
      starter,
      tree,
      remember: async (groups) => {
        if (groups.length > 0) await rememberGroups(this.folder('groups'), name, groups);
      },
      takeAway: () => this.takeAway(name),
    });
  }

  /** The real path of the folder of all jobs: what a job is told must be what its tools find out. */
  private async makeFolders(name: string): Promise<string> {
    const jobs = this.folder('jobs');
    try {
      await mkdir(jobs, { recursive: true, mode: 0o700 });
      await this.makeFresh(name);
      for (const part of ['workspace', 'temp', 'home']) await mkdir(`${jobs}/${name}/${part}`, { mode: 0o700 });
      return await realpath(jobs);
    } catch (cause) {
      throw new Fault(`the folders of a job cannot be made in ${jobs}`, { cause, retryable: true });
    }
  }

  private async makeFresh(name: string): Promise<void> {
    const folder = `${this.folder('jobs')}/${name}`;
    await mkdir(folder, { mode: 0o700 }).catch(async (thrown: unknown) => {
      if (codeOf(thrown) !== 'EEXIST') throw thrown;
      this.deleteLater(await this.moveAway(name));
      await mkdir(folder, { mode: 0o700 });
    });
  }

  /** A folder that cannot be moved is no reason to call the job broken. */
  private async takeAway(name: string): Promise<void> {
    await forgetGroups(this.folder('groups'), name);
    await this.moveAway(name).then((moved) => this.deleteLater(moved), this.parts.report);
  }

  /** Out of the way of a next attempt at once; deleting may take long. */
  private async moveAway(name: string): Promise<string> {
    await mkdir(this.folder('deleting'), { recursive: true, mode: 0o700 });
    for (;;) {
      const to = `${name}.${this.moved++}`;
      try {
        await rename(`${this.folder('jobs')}/${name}`, `${this.folder('deleting')}/${to}`);
        return to;
      } catch (cause) {
        if (codeOf(cause) === 'ENOTEMPTY' || codeOf(cause) === 'EEXIST') continue;
        throw new Fault(`the folder of job ${name} cannot be moved away`, { cause, retryable: true });
      }
    }
  }

  private deleteLater(name: string): void {
    const deletion = deleteFolder(this.folder('deleting'), name).catch(this.parts.report);
    this.deletions.add(deletion);
    void deletion.finally(() => this.deletions.delete(deletion));
  }
}
