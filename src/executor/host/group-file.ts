/** Remembers on disk which process groups a job has started, for the program's next start, where none dies with it. */
import { rmSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { endGroups } from '../../process/group-tree.js';
import type { GroupRecord } from '../../process/process-tree.js';

interface Remembered {
  /** Of the kernel: after a reboot no process is left. */
  readonly boot: string;
  readonly groups: readonly GroupRecord[];
}

/** Replaces what was remembered under the name; it need not survive a reboot. */
export async function rememberGroups(folder: string, name: string, groups: readonly GroupRecord[]): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const remembered: Remembered = { boot: await kernelBoot(), groups };
  await writeFile(`${folder}/${name}.new`, JSON.stringify(remembered), { mode: 0o600 });
  await rename(`${folder}/${name}.new`, `${folder}/${name}.json`);
}

export function forgetGroups(folder: string, name: string): void {
  rmSync(`${folder}/${name}.json`, { force: true });
}

/** Ends all remembered groups that are still alive, and forgets them. */
export async function endRememberedGroups(folder: string): Promise<void> {
  const files = await readdir(folder).catch(() => []);
  const boot = await kernelBoot();
  for (const file of files) {
    const remembered = await readRemembered(`${folder}/${file}`);
    if (remembered?.boot === boot) endGroups(remembered.groups);
    await unlink(`${folder}/${file}`).catch(() => undefined);
  }
}

/** Null for a file that was being written when the program died. */
async function readRemembered(path: string): Promise<Remembered | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Remembered;
  } catch {
    return null;
  }
}

async function kernelBoot(): Promise<string> {
  return readFile('/proc/sys/kernel/random/boot_id', 'utf8').then(
    (id) => id.trim(),
    () => '',
  );
}
