/** How much room the disk of the data folder has. */
import { statfs } from 'node:fs/promises';

/** For whoever is not the administrator of the machine, in bytes. */
export async function freeDiskBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
