/** Which folder's tree the jobs work on; loads nothing, so that git can be asked about it at once. */
import { realpath, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { PIPELINE_FOLDERS } from '../../model/pipeline-places.js';
import { findRepository } from '../local/repository.js';
import { UsageError } from '../verb.js';

export interface TreeWords {
  readonly workspace?: string;
  /** The pipeline; undefined: none is named. */
  readonly file?: string;
}

/** `--workspace`, else what the file stands in, else the repository of `cwd`. Absolute and real. Throws a UsageError. */
export async function treeFolder(cwd: string, { workspace, file }: TreeWords): Promise<string> {
  const named = workspace === undefined ? null : resolve(cwd, workspace);
  const folder = named ?? (file === undefined ? await findRepository(cwd) : await treeOfFile(cwd, file));
  if (folder === null) throw new UsageError('this is no git repository: name a pipeline, or --workspace DIR');
  const found = await stat(folder).catch(() => null);
  if (!found?.isDirectory()) throw new UsageError(`--workspace: ${workspace ?? folder} is no folder`);
  return realpath(folder);
}

/** What a file's folder of pipelines stands in, else its repository, else where the verb is called. */
async function treeOfFile(cwd: string, file: string): Promise<string> {
  const folder = file === '-' ? cwd : dirname(resolve(cwd, file));
  const place = PIPELINE_FOLDERS.find((known) => folder.endsWith(`/${known}`));
  if (place !== undefined) return folder.slice(0, -place.length - 1) || '/';
  return (await findRepository(folder)) ?? cwd;
}
