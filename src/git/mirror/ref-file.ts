/** What a ref of a bare mirror names, read where git keeps it: starting git costs a hundred times as much. */
import { readdir, readFile } from 'node:fs/promises';
import { isObjectId } from '../names.js';

/** The files of more branches are not read. */
const MOST_LOOSE = 200;

/** Null for what is not plainly there, which git itself must be asked about. `ref` is a checked name. */
export async function refInFiles(mirror: string, ref: string): Promise<string | null> {
  const own = await readFile(`${mirror}/${ref}`, 'utf8').catch(() => null);
  const id = own === null ? await packed(mirror, ref) : own.trimEnd();
  return id !== null && isObjectId(id) ? id : null;
}

/**
 * Is `branch` the one branch at the commit that `ref` names? False where that would take long to find out. A branch that is
 * packed at the commit and has moved since counts as one at it.
 */
export async function isOnlyBranchAt(mirror: string, branch: string, ref: string): Promise<boolean> {
  const [id, own] = await Promise.all([refInFiles(mirror, ref), refInFiles(mirror, branch)]);
  if (id === null || id !== own) return false;
  const lines = (await packedRefs(mirror)).split('\n');
  if (lines.some((line) => line.startsWith(`${id} refs/heads/`) && line !== `${id} ${branch}`)) return false;
  const loose = await looseBranches(mirror);
  if (loose.length > MOST_LOOSE) return false;
  const others = loose.filter((name) => name !== branch);
  const ids = await Promise.all(others.map((name) => refInFiles(mirror, name)));
  return !ids.includes(id);
}

/** Full refs. */
async function looseBranches(mirror: string): Promise<readonly string[]> {
  const found = await readdir(`${mirror}/refs/heads`, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = found.filter((entry) => entry.isFile());
  return files.map((entry) => `${entry.parentPath}/${entry.name}`.slice(mirror.length + 1));
}

/** Lines of `<id> <ref>`. */
async function packed(mirror: string, ref: string): Promise<string | null> {
  const text = await packedRefs(mirror);
  const end = text.indexOf(` ${ref}\n`);
  return end < 40 ? null : text.slice(end - 40, end);
}

function packedRefs(mirror: string): Promise<string> {
  return readFile(`${mirror}/packed-refs`, 'utf8').catch(() => '');
}
