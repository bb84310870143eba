/** What `/proc` says about the processes of this machine, at one moment. */
import { readdirSync, readFileSync } from 'node:fs';

export interface ProcEntry {
  readonly pid: number;
  /** Dead, and waiting for its parent to notice. */
  readonly isZombie: boolean;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  /** In clock ticks since boot: with the pid it names one process. */
  readonly startedTicks: string;
}

/** Null when it is gone. */
export function procEntry(pid: number): ProcEntry | null {
  try {
    return parse(pid, readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return null;
  }
}

export function procTable(): readonly ProcEntry[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map((pid) => procEntry(Number(pid))).filter((entry) => entry !== null);
}

/** The program's name stands in brackets and may hold anything, so that counting starts behind its end. */
function parse(pid: number, stat: string): ProcEntry {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [parent = 0, group = 0, session = 0] = fields.slice(1, 4).map(Number);
  return { pid, isZombie: fields[0] === 'Z', parent, group, session, startedTicks: fields[19] ?? '' };
}
