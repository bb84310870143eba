/** Deletes what a stranger has left: no link is followed, no mount entered, and read-only folders do not stop it. */
import { constants, type Dirent } from 'node:fs';
import { chmod, open, readdir, rename, rmdir, unlink, type FileHandle } from 'node:fs/promises';
import { Fault } from '../../kernel/errors.js';
import { codeOf } from './beneath.js';

/** Opens a folder as a place only, whatever its mode; Node does not name this flag of Linux. */
const O_PATH = 0o10000000;
const AS_A_PLACE = O_PATH | constants.O_DIRECTORY | constants.O_NOFOLLOW;

/** Files that are unlinked at the same time. */
const AT_ONCE = 16;

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
  const folder = await open(`${yard}/${name}`, AS_A_PLACE);
  try {
    await chmod(placeOf(folder), 0o700);
    const entries = await readdir(placeOf(folder), { withFileTypes: true, encoding: 'buffer' });
    await removeFiles(folder, entries);
    for (const entry of entries.filter((found) => found.isDirectory())) {
      const to = names.moveTo();
      if (await moveUp(folder, entry.name, `${yard}/${to}`)) names.moved(to);
    }
  } finally {
    await folder.close();
  }
  await rmdir(`${yard}/${name}`);
}

async function removeFiles(folder: FileHandle, entries: readonly Dirent<Name>[]): Promise<void> {
  const files = entries.filter((entry) => !entry.isDirectory());
  for (let from = 0; from < files.length; from += AT_ONCE) {
    await Promise.all(files.slice(from, from + AT_ONCE).map(({ name }) => unlink(within(folder, name))));
  }
}

/** False when the folder was empty and is simply gone. A folder that its owner may not write to cannot be moved before it may. */
async function moveUp(folder: FileHandle, name: Name, to: string): Promise<boolean> {
  const path = within(folder, name);
  try {
    await rmdir(path);
    return false;
  } catch (thrown) {
    if (codeOf(thrown) !== 'ENOTEMPTY') throw thrown;
  }
  await rename(path, to).catch(async (thrown: unknown) => {
    if (codeOf(thrown) !== 'EACCES') throw thrown;
    await makeWritable(path);
    await rename(path, to);
  });
  return true;
}

async function makeWritable(path: Buffer): Promise<void> {
  const folder = await open(path, AS_A_PLACE);
  await chmod(placeOf(folder), 0o700).finally(() => folder.close());
}

function placeOf(folder: FileHandle): string {
  return `/proc/self/fd/${folder.fd}`;
}

function within(folder: FileHandle, name: Name): Buffer {
  return Buffer.concat([Buffer.from(`${placeOf(folder)}/`), name]);
}
