/** Folders and files that only this user may see: made so, and refused when they are not (TRUST §6). */
import {
  type Stats,
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { SettingsError } from './faults.js';

const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;
const OF_OTHERS = 0o077;

/** Makes the folder with mode 0700, or throws a SettingsError with the command that mends it. Safe to call twice. */
export function ensurePrivateFolder(folder: string, key: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: FOLDER_MODE });
  } catch (cause) {
    throw new SettingsError([{ where: key, message: `the folder ${folder} cannot be made (${codeOf(cause)})` }]);
  }
  refuseIfOpen(statSync(folder), folder, key, 'chmod 700');
}

/** The file's bytes, or null when there is none. Throws a SettingsError when it is a link, no file, or open to others. */
export function readPrivateFile(path: string, key: string): Buffer | null {
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return null;
    throw new SettingsError([{ where: key, message: `${path} cannot be read (${codeOf(cause)})` }]);
  }
  try {
    const facts = fstatSync(file);
    if (!facts.isFile()) throw new SettingsError([{ where: key, message: `${path} is no file` }]);
    refuseIfOpen(facts, path, key, 'chmod 600');
    return readFileSync(file);
  } finally {
    closeSync(file);
  }
}

/**
 * Makes the file with mode 0600, whole and durable: it appears with all its content or not at all. False when it is there
 * already, whoever made it. `aside` is a name that nobody else uses.
 */
export function makePrivateFile(path: string, text: string, aside: string): boolean {
  writeAside(aside, text);
  try {
    linkSync(aside, path);
    return true;
  } catch (cause) {
    if (codeOf(cause) === 'EEXIST') return false;
    throw cause;
  } finally {
    unlinkSync(aside);
    syncFolder(dirname(path));
  }
}

/** The same, in place of a file that is there. */
export function replacePrivateFile(path: string, text: string, aside: string): void {
  writeAside(aside, text);
  renameSync(aside, path);
  syncFolder(dirname(path));
}

function writeAside(aside: string, text: string): void {
  const file = openSync(aside, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, FILE_MODE);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, constants.O_RDONLY);
  fsyncSync(handle);
  closeSync(handle);
}

function refuseIfOpen(facts: Stats, path: string, key: string, mend: string): void {
  const isOpen = (facts.mode & OF_OTHERS) !== 0;
  const isForeign = process.getuid !== undefined && facts.uid !== process.getuid();
  if (isForeign) throw new SettingsError([{ where: key, message: `${path} belongs to another user` }]);
  if (isOpen)
    throw new SettingsError([{ where: key, message: `${path} is open to others; mend it with: ${mend} ${path}` }]);
}

function codeOf(thrown: unknown): string {
  return (thrown as NodeJS.ErrnoException).code ?? 'unknown';
}
