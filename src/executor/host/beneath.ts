/**
 * Files below a folder that a stranger may change at any moment. Node has no `openat`; `/proc/self/fd/<n>/name` is the same:
 * each folder is opened by itself, never through a link, and the next name is looked up in the folder that was opened.
 * The calls are synchronous: a step needs some dozens, each of a few microseconds, and a hop to another thread costs more.
 */
import { closeSync, constants, fstatSync, mkdirSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { Fault } from '../../kernel/errors.js';

const FOLDER = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW;
const READ = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
const MAKE_NEW = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;

/** What it means that a name is not there, or is not what it should be. */
const NOT_THERE = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'EACCES', 'ENXIO', 'ENAMETOOLONG', 'ENODEV', 'EISDIR']);

/** Opens a folder that no stranger can have touched yet, to be given to the others as `top`. Close it with `closeFolder`. */
export function openTrusted(path: string): number {
  return openSync(path, FOLDER);
}

export function closeFolder(folder: number): void {
  closeSync(folder);
}

/** At most `limitBytes` of a regular file; null when there is none: nothing, a link, a pipe, a folder, a link on the way. */
export function readBeneath(top: number, names: readonly string[], limitBytes: number): Buffer | null {
  try {
    return inFolder(top, names, 'must exist', (path) => readRegular(path, limitBytes));
  } catch (thrown) {
    if (NOT_THERE.has(codeOf(thrown))) return null;
    throw new Fault(`${names.join('/')} cannot be read`, { cause: thrown, retryable: false });
  }
}

/** Writes a new file; what was there under its name is taken away, and missing folders are made. Throws a Fault. */
export function writeBeneath(
  top: number,
  names: readonly string[],
  file: { readonly bytes: Uint8Array | string; readonly mode: number },
): void {
  try {
    inFolder(top, names, 'is made', (path) => writeNew(path, file.bytes, file.mode));
  } catch (cause) {
    throw new Fault(`${names.join('/')} cannot be written`, { cause, retryable: false });
  }
}

/** Gives a file that `move` has another name beneath a folder; false when it has none to give. */
export function moveBeneath(top: number, names: readonly string[], move: (path: string) => boolean): boolean {
  try {
    return inFolder(top, names, 'is made', move);
  } catch (cause) {
    throw new Fault(`${names.join('/')} cannot be written`, { cause, retryable: false });
  }
}

/** Calls `act` with a path of the last name that leads through no link. */
function inFolder<T>(
  top: number,
  names: readonly string[],
  folders: 'must exist' | 'is made',
  act: (path: string) => T,
): T {
  let folder = top;
  try {
    for (const name of names.slice(0, -1)) {
      const next = openFolder(within(folder, name), folders);
      if (folder !== top) closeSync(folder);
      folder = next;
    }
    return act(within(folder, names.at(-1) ?? ''));
  } finally {
    if (folder !== top) closeSync(folder);
  }
}

function openFolder(path: string, folders: 'must exist' | 'is made'): number {
  try {
    return openSync(path, FOLDER);
  } catch (thrown) {
    if (folders === 'must exist' || codeOf(thrown) !== 'ENOENT') throw thrown;
    mkdirSync(path, { mode: 0o700 });
    return openSync(path, FOLDER);
  }
}

function within(folder: number, name: string): string {
  return `/proc/self/fd/${folder}/${name}`;
}

function readRegular(path: string, limitBytes: number): Buffer | null {
  const file = openSync(path, READ);
  try {
    const found = fstatSync(file);
    return found.isFile() ? readUpTo(file, Math.min(found.size, limitBytes)) : null;
  } finally {
    closeSync(file);
  }
}

function readUpTo(file: number, most: number): Buffer {
  const bytes = Buffer.alloc(most);
  let filled = 0;
  while (filled < most) {
    const read = readSync(file, bytes, filled, most - filled, filled);
    if (read === 0) break;
    filled += read;
  }
  return bytes.subarray(0, filled);
}

function writeNew(path: string, content: Uint8Array | string, mode: number): void {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const file = makeNew(path, mode);
  try {
    for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
  } finally {
    closeSync(file);
  }
}

function makeNew(path: string, mode: number): number {
  try {
    return openSync(path, MAKE_NEW, mode);
  } catch (thrown) {
    if (codeOf(thrown) !== 'EEXIST') throw thrown;
    unlinkSync(path);
    return openSync(path, MAKE_NEW, mode);
  }
}

/** The code of a failed system call, or an empty text. */
export function codeOf(thrown: unknown): string {
  return (thrown as NodeJS.ErrnoException).code ?? '';
}
