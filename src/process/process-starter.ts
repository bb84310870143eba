/** Starts processes so that each ends with its whole tree. */
import type { Clock } from '../kernel/clock.js';
import type { ChildTools } from './child.js';
import { detectTreeEnding } from './detect-tree-ending.js';
import { GroupTree } from './group-tree.js';
import { NamespaceTree } from './namespace-tree.js';
import { PipeStock } from './pipe-stock.js';
import type { ProcessTree, TreeEnding } from './process-tree.js';
import type { Command, RunningProcess, TakeOutput } from './running-process.js';

/** One per program, made in its main thread. */
export class ProcessStarter {
  constructor(
    /** How trees end here; its `line` belongs into the start-up message. */
    readonly ending: TreeEnding,
    private readonly tools: ChildTools,
  ) {}

  /**
   * Tries once what works on this machine (some 30 ms).
   * @param folder for the pipes of the processes: private, made if need be, nothing stays in it.
   */
  static async detect(folder: string, clock: Clock): Promise<ProcessStarter> {
    const tools = { clock, pipes: new PipeStock(folder) };
    return new ProcessStarter(await detectTreeEnding(tools), tools);
  }

  /** The same, with process groups, whatever the machine can do: for tests of the lesser way. */
  static withGroups(folder: string, clock: Clock): ProcessStarter {
    return new ProcessStarter({ kind: 'group', line: 'process groups' }, { clock, pipes: new PipeStock(folder) });
  }

  /** A tree that several commands share; whoever opens it ends it. Throws a Fault when the system gives none. */
  async openTree(): Promise<ProcessTree> {
    if (this.ending.kind === 'group') return new GroupTree(this.tools);
    return NamespaceTree.open(this.ending.recipe, this.tools);
  }

  /** Starts one command in a tree of its own: when it has ended, all that it left behind is ended too. */
  async start(command: Command, output: TakeOutput): Promise<RunningProcess> {
    const tree = await this.openTree();
    try {
      const started = await tree.start(command, output);
      const over = started.ended.then(() => tree.end());
      const exit = started.exit.then((result) => over.then(() => result));
      const kill = () => void tree.end();
      return { pid: started.pid, exit, signal: started.signal, kill, killBranch: kill };
    } catch (thrown) {
      await tree.end();
      throw thrown;
    }
  }

  /** Gives back what was made ahead. */
  close(): void {
    this.tools.pipes.close();
  }
}
