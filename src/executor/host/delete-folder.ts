/**
 * Deletes what a stranger has left: no link is followed, no mount entered, and read-only folders do not stop it. What takes
 * microseconds whatever a stranger did is done at once (see beneath.ts); what may take long is not.
 */
import {
  chmodSync,
  closeSync,
  constants,
  type Dirent,
  lstatSync,
  openSync,
  renameSync,
  rmdirSync,
  unlinkSync,
} from 'node:fs';
import { lstat, readdir, unlink } from 'node:fs/promises';
import { Fault } from '../../kernel/errors.js';
import { codeOf } from './beneath.js';

/** Opens a folder as a place only, whatever its mode; Node does not name this flag of Linux. */
const O_PATH = 0o10000000;
const AS_A_PLACE = O_PATH | constants.O_DIRECTORY | constants.O_NOFOLLOW;

/** Files that are unlinked at the same time. */
const AT_ONCE = 16;
/** So many small files or folders are seen to in one go. */
const FEW = 32;
const SMALL_BYTES = 1024 * 1024;

/** Names are bytes: a stranger's need not be text. */
type Name = Buffer;

/**
 * Deletes the folder `yard/name`. Sub-folders are moved up into the yard and emptied there, so that neither the depth of a
 * tree nor the length of its paths matters; a mount cannot be moved, and so is never entered. Throws a Fault when something
 * is left.
 */
export async function deleteFolder(yard: string, name: string): Promise<void> {
  const waiting = [name];
  let failure: unknown = null;
  let made = 0;
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const moveTo = () => `${name}.${++made}`;
    await emptyFolder(yard, next, { moveTo, moved: (to) => waiting.push(to) }).catch((thrown) => (failure = thrown));
  }
  if (failure !== null) throw new Fault(`${yard}/${name} is not wholly deleted`, { cause: failure, retryable: true });
}

interface Yard {
  /** A new name in the yard. */
  moveTo(): string;
  moved(name: string): void;
}

async function emptyFolder(yard: string, name: string, names: Yard): Promise<void> {
  const folder = openSync(`${yard}/${name}`, AS_A_PLACE);
  try {
    chmodSync(placeOf(folder), 0o700);
    const entries = await readdir(placeOf(folder), { withFileTypes: true, encoding: 'buffer' });
    await removeFiles(folder, entries);
    for (const [at, entry] of entries.filter((found) => found.isDirectory()).entries()) {
      // Others have their turn while the file system answers.
      if (at % FEW === FEW - 1) await lstat(yard);
      const to = names.moveTo();
      if (moveUp(folder, entry.name, `${yard}/${to}`)) names.moved(to);
    }
  } finally {
    closeSync(folder);
  }
  rmdirSync(`${yard}/${name}`);
}

async function removeFiles(folder: number, entries: readonly Dirent<Name>[]): Promise<void> {
  const all = entries.filter((entry) => !entry.isDirectory());
  const files = all.length > FEW ? all : all.filter(({ name }) => !removeSmall(within(folder, name)));
  for (let from = 0; from < files.length; from += AT_ONCE) {
    await Promise.all(files.slice(from, from + AT_ONCE).map(({ name }) => unlink(within(folder, name))));
  }
}

/** False for one that is too large to be deleted at once. */
function removeSmall(path: Buffer): boolean {
  const { size, blocks } = lstatSync(path);
  if (Math.max(size, blocks * 512) > SMALL_BYTES) return false;
  unlinkSync(path);
  return true;
}

/** False when the folder was empty and is simply gone. A folder that its owner may not write to cannot be moved before it may. */
function moveUp(folder: number, name: Name, to: string): boolean {
  const path = within(folder, name);
  try {
    rmdirSync(path);
    return false;
  } catch (thrown) {
    if (codeOf(thrown) !== 'ENOTEMPTY') throw thrown;
  }
  try {
    renameSync(path, to);
  } catch (thrown) {
    if (codeOf(thrown) !== 'EACCES') throw thrown;
    makeWritable(path);
    renameSync(path, to);
  }
  return true;
}

function makeWritable(path: Buffer): void {
  const folder = openSync(path, AS_A_PLACE);
  try {
    chmodSync(placeOf(folder), 0o700);
  } finally {
    closeSync(folder);
  }
}

function placeOf(folder: number): string {
  return `/proc/self/fd/${folder}`;
}

function within(folder: number, name: Name): Buffer {
  return Buffer.concat([Buffer.from(`${placeOf(folder)}/`), name]);
}
