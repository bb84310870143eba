/** How large what is kept of a repository may become: a stranger's must not fill the disk. */
import { readdir, rm, stat } from 'node:fs/promises';
import { Fault } from '../../kernel/errors.js';

/** The size of a file is limited in blocks of so many bytes (POSIX, ulimit). */
const BLOCK_BYTES = 512;

export interface SizeLimit {
  readonly bytes: number;
  /** What an administrator would raise; null where nobody can. */
  readonly setting: string | null;
}

/** The same command, which can write no file that is larger. */
export function limited(argv: readonly string[], { bytes: mostBytes }: SizeLimit): readonly string[] {
  const blocks = String(Math.ceil(mostBytes / BLOCK_BYTES));
  return ['sh', '-c', 'ulimit -f "$1" && shift && exec "$@"', 'limited', blocks, ...argv];
}

/** Throws a Fault, for good until somebody acts, when the packs of a repository are larger already. */
export async function refuseLarger(repository: string, limit: SizeLimit): Promise<void> {
  if ((await packedBytes(repository)) > limit.bytes) throw tooLarge(limit);
}

/**
 * Deletes what a fetch that failed has left unfinished. Was it ended by the limit? Git itself says so on few systems. No
 * other fetch may write there meanwhile.
 */
export async function clearUnfinished(repository: string, { bytes: mostBytes }: SizeLimit): Promise<boolean> {
  const sizes = await Promise.all((await packFiles(repository, /^tmp_/)).map(clear));
  return sizes.some((size) => size >= mostBytes - BLOCK_BYTES);
}

export function tooLarge({ bytes, setting }: SizeLimit): Fault {
  const remedy = setting === null ? '' : `; the setting ${setting} allows more`;
  const message = `the repository is larger than ${inWords(bytes)}, and no more of it is fetched${remedy}`;
  return new Fault(message, { retryable: false });
}

async function packedBytes(repository: string): Promise<number> {
  const sizes = await Promise.all((await packFiles(repository, /./)).map(sizeOf));
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function packFiles(repository: string, pattern: RegExp): Promise<readonly string[]> {
  const folder = `${repository}/objects/pack`;
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => pattern.test(name)).map((name) => `${folder}/${name}`);
}

async function clear(file: string): Promise<number> {
  const size = await sizeOf(file);
  await rm(file, { force: true });
  return size;
}

function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}

function inWords(bytes: number): string {
  const mib = bytes / 1024 / 1024;
  return mib >= 1024 ? `${Math.round(mib / 1024)} GiB` : `${Math.max(1, Math.round(mib))} MiB`;
}
