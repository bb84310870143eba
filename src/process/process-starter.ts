/** Starts processes so that each ends with its whole tree. */
import type { Clock } from '../kernel/clock.js';
import type { ChildTools } from './child.js';
import { detectTreeEnding, enteredEnding, groupEnding } from './detect-tree-ending.js';
import { Forkers } from './forkers.js';
import { PipeStock } from './pipe-stock.js';
import type { ProcessTree, TreeEnding } from './process-tree.js';
import type { Command, RunningProcess, TakeOutput } from './running-process.js';

/** One per program, made in its main thread. */
export class ProcessStarter {
  constructor(
    /** How trees end here; its `line` belongs into the start-up message. */
    readonly ending: TreeEnding,
    private readonly tools: ChildTools,
    private readonly forkers = new Forkers(),
  ) {}

  /**
   * Tries once what works on this machine (some 30 ms).
   * @param folder for the pipes of the processes: private, made if need be, nothing stays in it.
   */
  static async detect(folder: string, clock: Clock): Promise<ProcessStarter> {
    const [tools, forkers] = [{ clock, pipes: new PipeStock(folder) }, new Forkers()];
    return new ProcessStarter(await detectTreeEnding(tools, forkers), tools, forkers);
  }

  /** With process groups, whatever the machine can do: for tests of the least way. */
  static withGroups(folder: string, clock: Clock): ProcessStarter {
    const tools = { clock, pipes: new PipeStock(folder) };
    return new ProcessStarter(groupEnding(tools), tools);
  }

  /** With namespaces that the system's own tools make and enter, or null: for tests of the way of a machine without Perl. */
  static async withTools(folder: string, clock: Clock): Promise<ProcessStarter | null> {
    const tools = { clock, pipes: new PipeStock(folder) };
    const ending = await enteredEnding(tools);
    return ending && new ProcessStarter(ending, tools);
  }

  /** A tree that several commands share; whoever opens it ends it. Throws a Fault when the system gives none. */
  openTree(): Promise<ProcessTree> {
    return this.ending.open();
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

  /** Gives back what was made ahead, and ends what is left of its trees. */
  close(): void {
    this.tools.pipes.close();
    this.forkers.close();
  }
}
