/** Runs jobs on this machine, as the user that the program runs as: for projects whose committers own the machine. */
import type { ProcessStarter } from '../process/process-starter.js';
import { Executor, type Session, type SessionRequest } from './executor.js';
import { baseEnv } from './host/base-env.js';
import { endRememberedGroups, forgetGroups, rememberGroups } from './host/group-file.js';
import { HostSession } from './host/host-session.js';
import { JobFolders } from './host/job-folders.js';
import { SpareFiles } from './host/spare-files.js';
import { type KeptTools, type ToolFolder, ToolFolders } from './host/tool-folders.js';

export interface HostExecutorParts {
  /** Absolute folder of this executor alone: `jobs/` the living, `deleting/` the dead, `groups/` what to end at the next start, `tools/` what jobs keep for the next ones. */
  readonly root: string;
  /** The program's own environment; of it PATH, the language and the time zone are passed on. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly starter: ProcessStarter;
  /** Told of folders that could not be moved or deleted; the next start tries again. */
  readonly report: (fault: unknown) => void;
  /** How long tools are kept that no job has asked for; left out: for ever. */
  readonly kept?: KeptTools;
}

/**
 * `open` is safe to call for many jobs at once. Folders of a job are `<root>/jobs/<job>-<attempt>/{workspace,temp,home}`, mode
 * 0700. Jobs share the machine itself, and those of one project and
 * trust the folder `tools/<project>-<trust>`.
 */
export class HostExecutor extends Executor {
  readonly label = 'host';
  private readonly folders: JobFolders;
  private readonly tools: ToolFolders;
  private readonly groups: string;

  constructor(private readonly parts: HostExecutorParts) {
    super();
    this.folders = new JobFolders(parts.root, parts.report);
    const tools = `${parts.root}/tools`;
    this.tools = new ToolFolders(tools, parts.kept ?? null, (name) =>
      this.folders.discard(`${tools}/${name}`, `tools-${name}`),
    );
    this.groups = `${parts.root}/groups`;
  }

  describe(): string {
    return `jobs run as the user of this program and may read all that it may; ${this.parts.starter.ending.line}`;
  }

  async open(request: SessionRequest): Promise<Session> {
    const { starter, env } = this.parts;
    const name = `${request.jobId}-${request.attempt}`;
    const opening = starter.openTree();
    let tools: ToolFolder | null = null;
    let spare: SpareFiles | null = null;
    try {
      const folder = this.folders.make(name);
      spare = new SpareFiles(folder);
      spare.fill(request.emptyFiles ?? 0);
      const { path: toolCache, leave } = (tools = this.tools.enter(`${request.projectId}-${request.trust}`));
      const tree = await opening;
      return new HostSession({
        folder,
        toolCache,
        baseEnv: baseEnv(env, `${folder}/home`),
        starter,
        tree,
        spare,
        remember: (groups) => rememberGroups(this.groups, name, groups),
        takeAway: () => this.takeAway(name, leave),
      });
    } catch (thrown) {
      tools?.leave();
      spare?.close();
      await opening.then((tree) => tree.end()).catch(() => undefined);
      throw thrown;
    }
  }

  async endLeftovers(): Promise<void> {
    await endRememberedGroups(this.groups);
    this.folders.takeAllAway();
  }

  /** Resolves when the folders of all closed jobs are deleted: before the program ends. */
  settle(): Promise<void> {
    return this.folders.settle();
  }

  /** A folder that cannot be moved is no reason to call the job broken. */
  private takeAway(name: string, leaveTools: () => void): void {
    forgetGroups(this.groups, name);
    for (const act of [() => this.folders.takeAway(name), leaveTools]) {
      try {
        act();
      } catch (fault) {
        this.parts.report(fault);
      }
    }
  }
}
