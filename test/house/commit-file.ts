/** Commits one file to a branch of a bare repository. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gitIn } from '../fixtures/repositories/restore.js';
import { temporaryFolder } from './house.js';

/** Moves `branch` (bare name) and returns the new commit. */
export function commitFile(repository: string, branch: string, path: string, text: string): string {
  const ref = `refs/heads/${branch}`;
  const git = (...argv: string[]) => gitIn(repository, ...argv);
  git('read-tree', ref);
  git('update-index', '--add', '--cacheinfo', `100644,${blobOf(repository, text)},${path}`);
  const commit = git('commit-tree', git('write-tree'), '-p', ref, '-m', `change ${path}`);
  git('update-ref', ref, commit);
  return commit;
}

function blobOf(repository: string, text: string): string {
  const file = join(temporaryFolder('file'), 'text');
  writeFileSync(file, text);
  return gitIn(repository, 'hash-object', '-w', file);
}
