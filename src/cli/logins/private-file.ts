/** A JSON file of one's own (0600 in a folder 0700), read and replaced as a whole. */
import { chmod, mkdir, open, readFile, rename, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { messageOf } from '../../kernel/errors.js';
import { isJsonObject, type JsonObject } from '../../kernel/json.js';
import { UsageError, type VerbCall } from '../verb.js';

type Env = VerbCall['env'];

/** `$XDG_CONFIG_HOME/pagure-actions`: what somebody set. */
export function configFolder(env: Env): string {
  return homeFolder(env, 'XDG_CONFIG_HOME', '.config');
}

/** `$XDG_STATE_HOME/pagure-actions`: what a verb keeps for the next. */
export function stateFolder(env: Env): string {
  return homeFolder(env, 'XDG_STATE_HOME', '.local/state');
}

/** A relative path in the variable is to be ignored (XDG Base Directory Specification). */
function homeFolder(env: Env, variable: string, usual: string): string {
  const named = env[variable];
  if (named?.startsWith('/')) return join(named, 'pagure-actions');
  if (env['HOME'] === undefined || env['HOME'] === '') throw new UsageError(`set HOME or ${variable}`);
  return join(env['HOME'], usual, 'pagure-actions');
}

/** `{}` when there is none yet. Throws a UsageError for a file that others may read or that is no JSON. */
export async function readPrivateFile(path: string): Promise<JsonObject> {
  try {
    const { mode } = await stat(path);
    if ((mode & 0o077) !== 0) throw new UsageError(`${path} may be read by others: chmod 600 ${path}`);
    const value: unknown = JSON.parse(await readFile(path, 'utf8'));
    if (isJsonObject(value)) return value;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    if (isNotThere(error)) return {};
    throw new UsageError(`${path} cannot be read: ${messageOf(error)}`);
  }
  throw new UsageError(`${path} holds something else than this program wrote: remove it`);
}

/** Whole or not at all, also when two verbs write at once. */
export async function writePrivateFile(path: string, value: JsonObject): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  const beside = `${path}.${process.pid}`;
  await unlink(beside).catch(() => undefined);
  const file = await open(beside, 'wx', 0o600);
  try {
    await file.writeFile(`${JSON.stringify(value, null, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(beside, path);
}

function isNotThere(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
