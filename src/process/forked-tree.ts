/** A process tree as a Linux pid namespace whose commands are forked by a small process of ours: nothing can leave it, and it ends as one. */
import { Fault } from '../kernel/errors.js';
import { type ChildTools, type ForkedChild, forkChild } from './child.js';
import type { Forker, KeptTree, TreeForm } from './forker.js';
import { endGroups, groupRecord } from './group-tree.js';
import { neverStarted } from './never-started.js';
import { type GroupRecord, ProcessTree, type TreeProcess } from './process-tree.js';
import type { Command, TakeOutput } from './running-process.js';

export class ForkedTree extends ProcessTree {
  private readonly started = new Set<ForkedChild>();
  private ending: Promise<void> | null = null;
  private alive = true;

  private constructor(
    private readonly forker: Forker,
    private readonly tools: ChildTools,
    private readonly kept: KeptTree,
  ) {
    super();
    void kept.gone.then(() => (this.alive = false));
  }

  /** Throws a Fault when the system does not give a namespace. */
  static async open(form: TreeForm, forker: Forker, tools: ChildTools): Promise<ForkedTree> {
    return new ForkedTree(forker, tools, await forker.openTree(form));
  }

  isAlive(): boolean {
    return this.alive && this.ending === null;
  }

  records(): readonly GroupRecord[] {
    return [];
  }

  async start(command: Command, output: TakeOutput): Promise<TreeProcess> {
    if (!this.isAlive()) throw new Fault('the processes of this job were ended', { retryable: false });
    const { forker, tools, kept } = this;
    const child = await forkChild(command, output, { ...tools, forker, tree: kept.id });
    if ('code' in child) return neverStarted(child, output);
    this.started.add(child);
    void child.ended.then(() => this.started.delete(child));
    return {
      pid: child.pid,
      exit: child.exit,
      ended: child.ended,
      signal: (name) => forker.signal(kept.id, child.id, name),
      kill: () => void this.end(),
      killBranch: () => void (child.isAlive() && endGroups([groupRecord(child.pid)])),
    };
  }

  end(): Promise<void> {
    return (this.ending ??= this.endNow());
  }

  private async endNow(): Promise<void> {
    if (!this.alive) return;
    this.forker.endTree(this.kept.id);
    await this.kept.gone;
    await Promise.all([...this.started].map((child) => child.ended));
  }
}
