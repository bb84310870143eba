/** A process tree as a Linux pid namespace: nothing can leave it, and it ends as one. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Fault } from '../kernel/errors.js';
import { startChild, spawned, type Child, type ChildTools } from './child.js';
import { endGroups, groupRecord } from './group-tree.js';
import { neverStarted } from './never-started.js';
import { ProcessTree, type GroupRecord, type NamespaceRecipe, type TreeProcess } from './process-tree.js';
import type { Command, TakeOutput } from './running-process.js';
import { sendSignal } from './signals.js';

/** A command that was entered may not have got as far as its own program yet: how often and how soon to look again. */
const LOOK_AGAIN = { everyMs: 2, times: 1_000 };

/**
 * Process 1 of the namespace is a `cat` that waits on a pipe from us and reaps orphans. It ends when we say so, when this
 * program dies (the pipe closes, and the parent-death signal comes), and takes all others with it. Commands enter by
 * `nsenter` and get a session of their own, so that signals behave as they do anywhere.
 */
export class NamespaceTree extends ProcessTree {
  private readonly entered = new Set<Child>();
  private ending: Promise<void> | null = null;
  private alive = true;

  private constructor(
    private readonly recipe: NamespaceRecipe,
    private readonly tools: ChildTools,
    private readonly holder: ChildProcess,
    /** Process 1 of the namespace, as seen from outside. */
    private readonly first: number,
  ) {
    super();
    holder.once('exit', () => (this.alive = false));
  }

  /** Throws a Fault when the system does not give a namespace. Call it from the main thread: a tree dies with the thread that made it. */
  static async open(recipe: NamespaceRecipe, tools: ChildTools): Promise<NamespaceTree> {
    const holder = startHolder(recipe);
    try {
      await spawned(holder);
      await ready(holder);
      return new NamespaceTree(recipe, tools, holder, onlyChild(holder.pid ?? 0));
    } catch (cause) {
      holder.kill('SIGKILL');
      throw new Fault('no process namespace can be made', { cause, retryable: true });
    }
  }

  isAlive(): boolean {
    return this.alive && this.ending === null;
  }

  records(): readonly GroupRecord[] {
    return [];
  }

  async start(command: Command, output: TakeOutput): Promise<TreeProcess> {
    if (!this.isAlive()) throw new Fault('the processes of this job were ended', { retryable: false });
    const child = await startChild(enter(command, this.recipe, this.holder.pid ?? 0), output, this.tools);
    if ('code' in child) return neverStarted(child, output);
    this.entered.add(child);
    void child.ended.then(() => this.entered.delete(child));
    return {
      pid: child.pid,
      exit: child.exit,
      ended: child.ended,
      signal: (name) => this.signal(child, name, LOOK_AGAIN.times),
      kill: () => void this.end(),
      killBranch: () => endBranch(child),
    };
  }

  end(): Promise<void> {
    return (this.ending ??= this.endNow());
  }

  private async endNow(): Promise<void> {
    if (!this.alive) return;
    const gone = once(this.holder, 'exit');
    sendSignal(this.first, 'SIGKILL');
    this.resumeEntering();
    await gone;
    await Promise.all([...this.entered].map((child) => child.ended));
  }

  /**
   * `nsenter` stops itself when its command was stopped, at any moment until now; a stopped one never collects its command, and
   * the namespace waits for that.
   */
  private resumeEntering(): void {
    for (const child of this.entered) sendSignal(child.pid, 'SIGCONT');
    if (this.alive) this.tools.clock.after(LOOK_AGAIN.everyMs, () => this.resumeEntering());
  }

  private signal(child: Child, name: NodeJS.Signals, triesLeft: number): void {
    if (!child.isAlive()) return;
    const command = childrenOf(child.pid)[0];
    if (command !== undefined) {
      if (!sendSignal(-command, name)) sendSignal(command, name);
    } else if (triesLeft > 0) {
      this.tools.clock.after(LOOK_AGAIN.everyMs, () => this.signal(child, name, triesLeft - 1));
    }
  }
}

/** `nsenter`, and below it the command, which leads a group of its own. */
function endBranch(child: Child): void {
  if (child.isAlive()) endGroups([child.pid, ...childrenOf(child.pid)].map(groupRecord));
}

function startHolder(recipe: NamespaceRecipe): ChildProcess {
  const proc = recipe.proc === 'own' ? ['--mount-proc'] : [];
  const unshare = [recipe.unshare, ...recipe.user, '--pid', '--fork', '--kill-child', ...proc];
  const reaper = [recipe.env, '--ignore-signal=CHLD', recipe.cat];
  return spawn(recipe.setpriv, ['--pdeathsig', 'KILL', ...unshare, ...reaper], {
    cwd: '/',
    env: {},
    detached: true,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
}

/** The namespace is there when its `cat` answers. */
async function ready(holder: ChildProcess): Promise<void> {
  const { stdin, stdout } = holder;
  stdin?.on('error', () => undefined);
  stdin?.write('\n');
  const answered = await Promise.race([
    once(stdout ?? holder, 'data').then(() => true),
    once(holder, 'exit').then(() => false),
  ]);
  if (!answered) throw new Error(`unshare ended with exit code ${holder.exitCode}`);
  stdout?.destroy();
}

function onlyChild(pid: number): number {
  const [child] = childrenOf(pid);
  if (child === undefined) throw new Error(`process ${pid} has no child`);
  return child;
}

/** Empty for a process that has none, or is gone. */
function childrenOf(pid: number): readonly number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

/**
 * What loads code into any program that starts. It is handed over inside the namespace: in the environment of `nsenter`
 * it would run a stranger's code outside.
 */
const LOADER_NAMES = /^(LD_.*|GCONV_PATH|GLIBC_TUNABLES)$/;

function enter(command: Command, recipe: NamespaceRecipe, holder: number): Command {
  const namespaces = `/proc/${holder}/ns`;
  const user = recipe.user.length > 0 ? [`--user=${namespaces}/user`, '--preserve-credentials'] : [];
  const mounts = recipe.proc === 'own' ? [`--mount=${namespaces}/mnt`] : [];
  const all = Object.entries(command.env);
  const late = all.filter(([name]) => LOADER_NAMES.test(name)).map(([name, value]) => `${name}=${value}`);
  return {
    argv: [
      recipe.nsenter,
      ...user,
      `--pid=${namespaces}/pid_for_children`,
      ...mounts,
      `--wdns=${command.cwd}`,
      recipe.setsid,
      '--',
      ...(late.length > 0 ? [recipe.env, ...late] : []),
      ...command.argv,
    ],
    cwd: command.cwd,
    env: Object.fromEntries(all.filter(([name]) => !LOADER_NAMES.test(name))),
  };
}
