/** Finds the system's own programs, whatever PATH a job has made up. */
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';

const FOLDERS = ['/usr/bin', '/bin', '/usr/sbin', '/sbin', '/usr/local/bin', '/run/current-system/sw/bin'];

/** Absolute path of a program of the system, or null. */
export async function findTool(name: string): Promise<string | null> {
  for (const folder of FOLDERS) {
    const path = `${folder}/${name}`;
    if (await isExecutable(path)) return path;
  }
  return null;
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
