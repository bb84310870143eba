/** A git repository as a value: commits with their parents and files, and refs. */
import { createHash } from 'node:crypto';

export interface ModelCommit {
  readonly id: string;
  readonly parent: string | null;
  readonly message: string;
  /** Whole tree: path to text. */
  readonly files: Readonly<Record<string, string>>;
}

/** A file with this text cannot be read, as if its object were damaged. */
export const POISON = 'poison';

export class Repository {
  readonly commits = new Map<string, ModelCommit>();
  readonly refs = new Map<string, string>();

  /** Made of its content, so that one history gives the same ids everywhere. */
  commit(parent: string | null, message: string, files: Readonly<Record<string, string>>): ModelCommit {
    const id = createHash('sha1')
      .update(JSON.stringify([parent, message, files]))
      .digest('hex');
    const made = { id, parent, message, files };
    this.commits.set(id, made);
    return made;
  }

  /** From the commit itself back to its root. */
  *ancestors(id: string): Generator<ModelCommit> {
    for (let at: string | null = id; at !== null;) {
      const commit: ModelCommit | undefined = this.commits.get(at);
      if (commit === undefined) return;
      yield commit;
      at = commit.parent;
    }
  }

  isAncestor(id: string, tip: string): boolean {
    for (const commit of this.ancestors(tip)) if (commit.id === id) return true;
    return false;
  }

  mergeBase(one: string, other: string): string | null {
    for (const commit of this.ancestors(one)) if (this.isAncestor(commit.id, other)) return commit.id;
    return null;
  }
}

/** Paths whose texts differ. */
export function changedFiles(before: ModelCommit['files'], after: ModelCommit['files']): readonly string[] {
  const paths = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...paths].filter((path) => before[path] !== after[path]).sort();
}
