/** The processes of this machine that have to do with a folder: it is where they stand, or their command or environment names it. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { procEntry } from '../../src/process/proc-table.js';

/** One process among all that ever had its number. */
export type ProgramKey = `${number} ${string}`;

export function programsIn(folder: string): readonly ProgramKey[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  return pids.filter((pid) => isIn(pid, folder)).flatMap((pid) => keyOf(Number(pid)));
}

export function isAlive(key: ProgramKey): boolean {
  return keyOf(Number.parseInt(key, 10)).includes(key);
}

/** Empty when it is dead, noticed or not. */
function keyOf(pid: number): readonly ProgramKey[] {
  const entry = procEntry(pid);
  return entry === null || entry.isZombie ? [] : [`${pid} ${entry.startedTicks}`];
}

function isIn(pid: string, folder: string): boolean {
  const texts = [() => readlinkSync(`/proc/${pid}/cwd`), ...['cmdline', 'environ'].map((name) => textOf(pid, name))];
  return texts.some((read) => orNothing(read).includes(folder));
}

function textOf(pid: string, name: string): () => string {
  return () => readFileSync(`/proc/${pid}/${name}`, 'utf8');
}

/** It may be gone by now, or be somebody else's. */
function orNothing(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
