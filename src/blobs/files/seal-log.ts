/** Packs a log that has ended into one file that takes the place of the log and its index. */
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import type { LogSize } from '../blobs.js';
import type { LogPaths } from './log-paths.js';
import type { OpenedLog } from './opened-log.js';
import { END_BYTES, footBytes, MEMBER_BYTES, membersOfIndex, membersOfLog, pack } from './sealed-format.js';
import { BLOCK_LINES } from './step-lines.js';

/**
 * Writes the sealed log beside the other and puts it in its place in one step, when it is on disk. What a call that died left
 * is written anew. Rejects with the reason of `stop`, which is looked at between any two members.
 */
export async function sealLog(log: OpenedLog, paths: LogPaths, stop: AbortSignal): Promise<void> {
  const file = await open(paths.sealing, 'w', 0o600);
  try {
    await writeSealed(log, file, stop);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(paths.sealing, paths.sealed);
  await syncFolder(paths.folder);
}

/** What a sealed log makes needless; the mark goes last, so that whatever a crash left is found. */
export async function dropUnsealed(paths: LogPaths): Promise<void> {
  for (const path of [paths.log, paths.index, paths.sealing, paths.mark]) await rm(path, { force: true });
}

async function writeSealed(log: OpenedLog, file: FileHandle, stop: AbortSignal): Promise<void> {
  const ends: number[] = [];
  const add = async (plain: Buffer) => {
    stop.throwIfAborted();
    const member = await pack(plain);
    const at = ends.at(-1) ?? 0;
    await writeAll(file, member, at);
    ends.push(at + member.length);
  };
  const size = { bytes: log.bytes, lines: await log.lines() };
  for (let n = 0; n < membersOfLog(size); n += 1) await add(await log.read(n * MEMBER_BYTES, (n + 1) * MEMBER_BYTES));
  for (let n = 0; n < membersOfIndex(size); n += 1)
    await add(await log.records(n * BLOCK_LINES, Math.min((n + 1) * BLOCK_LINES, size.lines)));
  await add(Buffer.from(JSON.stringify((await log.steps()).kept)));
  await writeEnd(file, size, ends);
}

async function writeEnd(file: FileHandle, size: LogSize, ends: readonly number[]): Promise<void> {
  const end = ends.at(-1) ?? 0;
  const table = Buffer.alloc(ends.length * END_BYTES);
  ends.forEach((end, n) => table.writeUIntLE(end, n * END_BYTES, END_BYTES));
  await writeAll(file, Buffer.concat([Buffer.alloc(1), table, footBytes({ ...size, tableAt: end + 1 })]), end);
}

/** Also the name is there to stay before the old files go. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function writeAll(file: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}
