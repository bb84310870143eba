/** A pipeline's text where it stands: a file, or what is piped in. */
import { lstat, open } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { messageOf } from '../../kernel/errors.js';
import { readPipedBytes } from '../logins/ask.js';
import type { VerbCall } from '../verb.js';
import { findRepository } from './repository.js';

export interface SourceFile {
  /** What problems call it: as it was named, or `stdin`. */
  readonly name: string;
  readonly bytes: Buffer;
  /** Root of the repository that it stands in; what is piped in stands where the verb was called. */
  readonly root: string | null;
}

/** There is no such file, or it may not be read. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

/** One byte more than a pipeline may have, so that the reader sees that there are too many; an event is a message. */
export const LARGEST = { pipeline: 512 * 1024 + 1, event: 64 * 1024 * 1024 } as const;

/** `-` is stdin. Throws Unreadable. */
export async function readSource(call: VerbCall, name: string): Promise<SourceFile> {
  if (name === '-') {
    return { name: 'stdin', bytes: await readPipedBytes(call), root: await findRepository(call.cwd) };
  }
  const path = resolve(call.cwd, name);
  return { name, bytes: await readBytes(path, name, LARGEST.pipeline), root: await findRepository(dirname(path)) };
}

/** At most `limit` bytes. Throws Unreadable, which calls the file `name`. */
export async function readBytes(path: string, name: string, limit: number): Promise<Buffer> {
  try {
    const file = await open(path);
    try {
      return await readUpTo(file, limit);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw new Unreadable(`${name} cannot be read: ${messageOf(error)}`);
  }
}

/** Neither a folder nor a link nor anything that would have to be waited for. */
export async function isPlainFile(path: string): Promise<boolean> {
  return lstat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

type OpenFile = Awaited<ReturnType<typeof open>>;

/** Of a pipe one read gives only what is there. */
async function readUpTo(file: OpenFile, limit: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for (let left = limit; left > 0;) {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(Math.min(left, 64 * 1024)));
    if (bytesRead === 0) break;
    pieces.push(buffer.subarray(0, bytesRead));
    left -= bytesRead;
  }
  return Buffer.concat(pieces);
}
