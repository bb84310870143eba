/** A file of a log that is read where it is asked for: what is looked at is small and mostly in memory. */
import { closeSync, fstatSync, openSync, read, readSync } from 'node:fs';
import { promisify } from 'node:util';

const readInThread = promisify(read);
/** A trip to a thread and back costs ten times such a read from memory; more of a cold disk would hold up everybody. */
const MOST_AT_ONCE_BYTES = 64 * 1024;

/** What readers of a log need of a file; a `FileHandle` is one too. */
export interface ReadableFile {
  read(into: Buffer, offset: number, length: number, position: number): Promise<{ bytesRead: number; buffer: Buffer }>;
  stat(): Promise<{ size: number }>;
  close(): Promise<void>;
}

class OpenedFile implements ReadableFile {
  constructor(private readonly descriptor: number) {}

  async read(into: Buffer, offset: number, length: number, position: number) {
    if (length > MOST_AT_ONCE_BYTES) return readInThread(this.descriptor, into, offset, length, position);
    return { bytesRead: readSync(this.descriptor, into, offset, length, position), buffer: into };
  }

  async stat() {
    return { size: fstatSync(this.descriptor).size };
  }

  async close() {
    closeSync(this.descriptor);
  }
}

/** Null when there is no such file. */
export async function openToRead(path: string): Promise<ReadableFile | null> {
  try {
    return new OpenedFile(openSync(path, 'r'));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw cause;
  }
}
