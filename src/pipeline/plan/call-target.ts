/** What a job's `uses` names: a pipeline file of this repository, or of another one. */

/** Where a file comes from. */
export interface CallTarget {
  /** Null = the repository and commit of the file that says it (for the outermost: the run's own). */
  readonly repository: string | null;
  /** Branch, tag or commit; null with `repository` null. */
  readonly ref: string | null;
  readonly path: string;
}

/** Null when it is malformed. `from` is the file that says it: `./` and `$/` mean the repository and commit of that file. */
export function callTargetOf(uses: string, from: CallTarget | null): CallTarget | null {
  const local = /^(?:\.|\$)\/(.+\.ya?ml)$/.exec(uses);
  if (local)
    return isPlain(local[1] ?? '')
      ? { repository: from?.repository ?? null, ref: from?.ref ?? null, path: local[1] ?? '' }
      : null;
  const remote = /^((?:https:\/\/[^/@\s]+\/)?[^/@\s]+\/[^/@\s]+)\/([^@\s]+\.ya?ml)@([^\s@]+)$/.exec(uses);
  if (!remote || !isPlain(remote[2] ?? '')) return null;
  return { repository: remote[1] ?? '', ref: remote[3] ?? '', path: remote[2] ?? '' };
}

/** One text per file, for tables. */
export function targetKey({ repository, ref, path }: CallTarget): string {
  return repository === null ? `./${path}` : `${repository}/${path}@${ref ?? ''}`;
}

function isPlain(path: string): boolean {
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}
