/** Writes objects that no git command would make: the trees and commits of hostile and of very old repositories. */
import { execFileSync } from 'node:child_process';

export interface RawEntry {
  /** As it stands in the tree: `100644`, `120000`, `40000`, `160000`. */
  readonly mode: string;
  readonly name: string | Buffer;
  readonly id: string;
}

/** Writes the bytes as they are, whatever git thinks of them, and gives their id. */
export function writeObject(
  repository: string,
  type: 'blob' | 'tree' | 'commit' | 'tag',
  bytes: string | Buffer,
): string {
  const argv = ['hash-object', '-w', '-t', type, '--literally', '--stdin'];
  const env = { PATH: process.env['PATH'] ?? '', GIT_DIR: repository, GIT_CONFIG_NOSYSTEM: '1', HOME: '/nonexistent' };
  return execFileSync('git', argv, { env, input: bytes, encoding: 'utf8' }).trim();
}

/** The entries in the order given; nothing is checked or sorted. */
export function writeTree(repository: string, entries: readonly RawEntry[]): string {
  const parts = entries.flatMap(({ mode, name, id }) => [
    Buffer.from(`${mode} `),
    Buffer.from(name),
    Buffer.from([0]),
    Buffer.from(id, 'hex'),
  ]);
  return writeObject(repository, 'tree', Buffer.concat(parts));
}

/** A commit without parents; `person` is its author and committer line. */
export function writeCommit(repository: string, tree: string, person = 'Ada <a@example.org> 1772366400 +0000'): string {
  return writeObject(repository, 'commit', `tree ${tree}\nauthor ${person}\ncommitter ${person}\n\nraw\n`);
}
