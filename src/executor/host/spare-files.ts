/**
 * Empty files made before anybody asks for them, while the job's process runs: making one may cost a third of a millisecond,
 * since ext4 looks past every inode of the group that was deleted in the last minute, and a step needs half a dozen.
 */
import { closeSync, constants, fstatSync, openSync, renameSync, unlinkSync } from 'node:fs';
import { closeFolder, openTrusted } from './beneath.js';

const MAKE_NEW = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
const LOOK = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

interface Spare {
  readonly path: string;
  readonly inode: number;
}

/** They lie in the job's folder, which a stranger may change at any moment: what was touched is not given away. */
export class SpareFiles {
  private readonly folder: number;
  private readonly spare: Spare[] = [];
  private made = 0;

  /** @param path of a folder that nobody has touched yet. */
  constructor(path: string) {
    this.folder = openTrusted(path);
  }

  /** Until so many are there. What cannot be made now is made when it is put, and says then why it cannot. */
  fill(count: number): void {
    try {
      while (this.spare.length < count) this.spare.push(this.make());
    } catch {
      return;
    }
  }

  /** Gives one of them another name on the same file system; what was there goes. False when there is none to give. */
  moveTo(path: string): boolean {
    const spare = this.spare.pop();
    if (spare === undefined) return false;
    try {
      renameSync(spare.path, path);
      if (isUntouched(path, spare.inode)) return true;
      unlinkSync(path);
    } catch {
      return false;
    }
    return false;
  }

  close(): void {
    closeFolder(this.folder);
  }

  private make(): Spare {
    const path = `/proc/self/fd/${this.folder}/spare-${(this.made += 1)}`;
    const file = openSync(path, MAKE_NEW, 0o600);
    try {
      return { path, inode: fstatSync(file).ino };
    } finally {
      closeSync(file);
    }
  }
}

/** Still the file that we made: empty, ours alone, and under no second name. */
function isUntouched(path: string, inode: number): boolean {
  const file = openSync(path, LOOK);
  try {
    const found = fstatSync(file);
    return (
      found.isFile() && found.ino === inode && found.size === 0 && found.nlink === 1 && (found.mode & 0o777) === 0o600
    );
  } finally {
    closeSync(file);
  }
}
