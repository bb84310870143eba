/** Locks that a killed git left in a mirror. */
import { readdir, rm } from 'node:fs/promises';
import { failureKind } from './failure.js';
import type { GitOutput } from './run-git.js';

/** Did it fail for one? */
export function isLocked({ code, stderr }: GitOutput): boolean {
  return code !== 0 && failureKind(stderr) === 'locked';
}

/**
 * Takes them away; false when there is none. They are only ever left by a git that was killed: one process holds the mirrors,
 * and it fetches one at a time into each.
 */
export async function removeLocks(mirror: string): Promise<boolean> {
  const names = [...(await readdir(mirror)), ...(await readdir(`${mirror}/refs`, { recursive: true })).map(inRefs)];
  const locks = names.filter((name) => name.endsWith('.lock'));
  await Promise.all(locks.map((name) => rm(`${mirror}/${name}`, { force: true })));
  return locks.length > 0;
}

function inRefs(name: string): string {
  return `refs/${name}`;
}
