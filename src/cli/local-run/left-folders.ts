/** The folder of a local run says in its name whose it is, so that the next one finds what a killed one left. */
import { mkdtempSync, readlinkSync, realpathSync } from 'node:fs';
import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { HostExecutor } from '../../executor/host-executor.js';
import { Fault } from '../../kernel/errors.js';
import type { ProcessStarter } from '../../process/process-starter.js';
import { procEntry } from '../../process/proc-table.js';

/** Namespace of process ids, id, start in ticks since boot: together they name one process. */
const NAME = /^pagure-actions-run-(\d+)-(\d+)-(\d+)-[^-]+$/;

/** Absolute and real. Throws a Fault. */
export function makeRunFolder(parent: string): string {
  const { pid } = process;
  const name = `pagure-actions-run-${namespaceId()}-${pid}-${procEntry(pid)?.startedTicks ?? '0'}-`;
  try {
    return realpathSync(mkdtempSync(join(parent, name)));
  } catch (cause) {
    throw new Fault(`no folder can be made in ${parent}`, { cause, retryable: false });
  }
}

/** Ends what killed runs of this user left in `parent`, and takes their folders away. What cannot be removed is left for the next run. */
export async function removeLeftFolders(parent: string, starter: ProcessStarter): Promise<void> {
  for (const name of await readdir(parent).catch(() => [])) {
    const folder = join(parent, name);
    if (isAbandoned(name) && (await isOwnFolder(folder))) await removeFolder(folder, starter).catch(() => undefined);
  }
}

/** Of another namespace nobody here can tell. */
function isAbandoned(name: string): boolean {
  const [, namespace, pid, ticks] = NAME.exec(name) ?? [];
  if (namespace === undefined || namespace !== namespaceId()) return false;
  return procEntry(Number(pid))?.startedTicks !== ticks;
}

/** Others may write to the folder for temporary files. */
async function isOwnFolder(path: string): Promise<boolean> {
  const found = await lstat(path).catch(() => null);
  return found !== null && found.isDirectory() && found.uid === process.getuid?.();
}

/** A job may have left folders that only the executor can delete, and processes that live on. */
async function removeFolder(folder: string, starter: ProcessStarter): Promise<void> {
  const host = new HostExecutor({ root: join(folder, 'host'), env: {}, starter, report: () => undefined });
  await host.endLeftovers();
  await host.settle();
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
}

function namespaceId(): string {
  try {
    return readlinkSync('/proc/self/ns/pid').replace(/\D/g, '');
  } catch {
    return '0';
  }
}
