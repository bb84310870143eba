/** A process tree where the system gives no namespaces: the process groups of its commands and all that descends from them. */
import { Fault } from '../kernel/errors.js';
import { startChild, type Child, type ChildTools } from './child.js';
import { neverStarted } from './never-started.js';
import { procEntry, procTable, type ProcEntry } from './proc-table.js';
import { ProcessTree, type GroupRecord, type TreeProcess } from './process-tree.js';
import type { Command, TakeOutput } from './running-process.js';
import { sendSignal } from './signals.js';

/** A fork bomb may outrun a look at the table; how often we look before we give up. */
const MOST_LOOKS = 50;

/** A process that forks twice, changes its session and loses its parent escapes: that is why namespaces come first. */
export class GroupTree extends ProcessTree {
  private readonly started: { readonly child: Child; readonly record: GroupRecord }[] = [];
  private ending: Promise<void> | null = null;

  constructor(private readonly tools: ChildTools) {
    super();
  }

  isAlive(): boolean {
    return this.ending === null;
  }

  records(): readonly GroupRecord[] {
    return this.started.map(({ record }) => record);
  }

  async start(command: Command, output: TakeOutput): Promise<TreeProcess> {
    if (!this.isAlive()) throw new Fault('the processes of this job were ended', { retryable: false });
    const child = await startChild(command, output, this.tools);
    if ('code' in child) return neverStarted(child, output);
    const record = groupRecord(child.pid);
    this.started.push({ child, record });
    return {
      pid: child.pid,
      exit: child.exit,
      ended: child.ended,
      signal: (name) => void (child.isAlive() && sendSignal(-child.pid, name)),
      kill: () => endGroups([record]),
      killBranch: () => endGroups([record]),
    };
  }

  end(): Promise<void> {
    return (this.ending ??= this.endNow());
  }

  private async endNow(): Promise<void> {
    endGroups(this.records());
    await Promise.all(this.started.map(({ child }) => child.ended));
  }
}

/** What a leader is now. */
export function groupRecord(pid: number): GroupRecord {
  return { group: pid, startedTicks: procEntry(pid)?.startedTicks ?? '' };
}

/** Ends what is left of process groups, their sessions and their descendants. A number that was given to another process since is left alone. */
export function endGroups(records: readonly GroupRecord[]): void {
  for (let look = 0; look < MOST_LOOKS; look++) {
    const members = membersOf(records, procTable()).filter(({ pid, isZombie }) => !isZombie && pid !== process.pid);
    if (members.length === 0) return;
    for (const { pid } of members) sendSignal(pid, 'SIGKILL');
  }
}

function membersOf(records: readonly GroupRecord[], table: readonly ProcEntry[]): readonly ProcEntry[] {
  const groups = new Set(records.filter((record) => isStill(record, table)).map(({ group }) => group));
  const found = new Map(
    table.filter((entry) => groups.has(entry.group) || groups.has(entry.session)).map((e) => [e.pid, e]),
  );
  for (let before = -1; before < found.size;) {
    before = found.size;
    for (const entry of table) if (found.has(entry.parent)) found.set(entry.pid, entry);
  }
  return [...found.values()];
}

/** While a group has members, its number is given to no new process: a leader of that number is either ours or shows that ours is gone. */
function isStill(record: GroupRecord, table: readonly ProcEntry[]): boolean {
  const leader = table.find(({ pid }) => pid === record.group);
  return leader === undefined || leader.startedTicks === record.startedTicks;
}
