/**
 * Files below a folder that a stranger may change at any moment. Node has no `openat`; `/proc/self/fd/<n>/name` is the same:
 * each folder is opened by itself, never through a link, and the next name is looked up in the folder that was opened.
 */
import { constants } from 'node:fs';
import { mkdir, open, unlink, type FileHandle } from 'node:fs/promises';
import { Fault } from '../../kernel/errors.js';

const FOLDER = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW;
const READ = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
const MAKE_NEW = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;

/** What it means that a name is not there, or is not what it should be. */
const NOT_THERE = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'EACCES', 'ENXIO', 'ENAMETOOLONG', 'ENODEV', 'EISDIR']);

/** At most `limitBytes` of a regular file; null when there is none: nothing, a link, a pipe, a folder, a link on the way. */
export async function readBeneath(top: string, names: readonly string[], limitBytes: number): Promise<Buffer | null> {
  try {
    return await inFolder(top, names, 'must exist', (path) => readRegular(path, limitBytes));
  } catch (thrown) {
    if (NOT_THERE.has(codeOf(thrown))) return null;
    throw new Fault(`${names.join('/')} cannot be read`, { cause: thrown, retryable: false });
  }
}

/** Writes a new file; what was there under its name is taken away, and missing folders are made. Throws a Fault. */
export async function writeBeneath(
  top: string,
  names: readonly string[],
  file: { readonly bytes: Uint8Array | string; readonly mode: number },
): Promise<void> {
  try {
    await inFolder(top, names, 'is made', (path) => writeNew(path, file.bytes, file.mode));
  } catch (cause) {
    throw new Fault(`${names.join('/')} cannot be written`, { cause, retryable: false });
  }
}

/** Calls `act` with a path of the last name that leads through no link. */
async function inFolder<T>(
  top: string,
  names: readonly string[],
  folders: 'must exist' | 'is made',
  act: (path: string) => Promise<T>,
): Promise<T> {
  let folder = await open(top, FOLDER);
  try {
    for (const name of names.slice(0, -1)) folder = await stepInto(folder, name, folders);
    return await act(within(folder, names.at(-1) ?? ''));
  } finally {
    await folder.close();
  }
}

async function stepInto(folder: FileHandle, name: string, folders: 'must exist' | 'is made'): Promise<FileHandle> {
  const path = within(folder, name);
  if (folders === 'is made') await mkdir(path, { mode: 0o700 }).catch(ignoring('EEXIST'));
  const next = await open(path, FOLDER);
  await folder.close();
  return next;
}

function within(folder: FileHandle, name: string): string {
  return `/proc/self/fd/${folder.fd}/${name}`;
}

async function readRegular(path: string, limitBytes: number): Promise<Buffer | null> {
  const file = await open(path, READ);
  try {
    if (!(await file.stat()).isFile()) return null;
    return await readUpTo(file, limitBytes);
  } finally {
    await file.close();
  }
}

async function readUpTo(file: FileHandle, limitBytes: number): Promise<Buffer> {
  const { size } = await file.stat();
  const bytes = Buffer.alloc(Math.min(size, limitBytes));
  let filled = 0;
  while (filled < bytes.length) {
    const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}

async function writeNew(path: string, bytes: Uint8Array | string, mode: number): Promise<void> {
  await unlink(path).catch(ignoring('ENOENT'));
  const file = await open(path, MAKE_NEW, mode);
  try {
    await file.writeFile(bytes);
  } finally {
    await file.close();
  }
}

function ignoring(code: string): (thrown: unknown) => void {
  return (thrown) => {
    if (codeOf(thrown) !== code) throw thrown;
  };
}

/** The code of a failed system call, or an empty text. */
export function codeOf(thrown: unknown): string {
  return (thrown as NodeJS.ErrnoException).code ?? '';
}
