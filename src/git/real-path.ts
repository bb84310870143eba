/** The disk's answer to the egress policy, whose room opens no file itself. */
import { realpath } from 'node:fs/promises';

/** The path without links, or null when nothing is there. */
export async function realPath(path: string): Promise<string | null> {
  return realpath(path).catch(() => null);
}
