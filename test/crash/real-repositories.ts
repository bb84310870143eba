/** The repositories of the model Pagure as real ones on disk, and what a text about theirs says of those. */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { gitIn, setRef } from '../fixtures/repositories/restore.js';
import type { ModelCommit, Repository } from '../simulation/repository.js';

export interface Mirrored {
  readonly fullname: string;
  readonly repository: Repository;
}

export class RealRepositories {
  /** Ids of the model, and those that git gave. */
  private readonly ids = new Map<string, string>();

  /**
   * @param root absolute; `<root>/<fullname>.git` are made.
   * @param textOf what a file of the model is in reality.
   */
  constructor(
    private readonly root: string,
    private readonly models: readonly Mirrored[],
    private readonly textOf: (text: string) => string,
  ) {
    for (const { fullname } of models) {
      mkdirSync(this.path(fullname), { recursive: true });
      gitIn(this.path(fullname), 'init', '--bare', '--quiet', '--template=', '--initial-branch=main');
    }
  }

  /** Commits that are new in a model are made, and refs stand where they stand there. */
  follow(): void {
    for (const { fullname, repository } of this.models) {
      const path = this.path(fullname);
      for (const commit of repository.commits.values())
        if (!this.ids.has(commit.id)) this.ids.set(commit.id, this.make(path, commit));
      this.followRefs(path, repository.refs);
    }
  }

  /** The same text about the real commits. */
  translate(text: string): string {
    return text.replace(/\b[0-9a-f]{40}\b/g, (id) => this.ids.get(id) ?? id);
  }

  private followRefs(path: string, wanted: ReadonlyMap<string, string>): void {
    const lines = gitIn(path, 'for-each-ref', '--format=%(refname) %(objectname)').split('\n').filter(Boolean);
    const there = new Map(lines.map((line) => line.split(' ') as [string, string]));
    for (const ref of there.keys()) if (!wanted.has(ref)) setRef(path, ref, null);
    for (const [ref, id] of wanted) if (there.get(ref) !== this.ids.get(id)) setRef(path, ref, this.ids.get(id)!);
  }

  private make(path: string, { parent, message, files }: ModelCommit): string {
    const lines = Object.entries(files).map(
      ([name, text]) => `100644 ${writeBlob(path, this.textOf(text))}\t${name}\n`,
    );
    gitIn(path, 'read-tree', '--empty');
    execFileSync('git', ['update-index', '--index-info'], { cwd: path, input: lines.join('') });
    const parents = parent === null ? [] : ['-p', this.ids.get(parent)!];
    return gitIn(path, 'commit-tree', ...parents, '-m', message, gitIn(path, 'write-tree'));
  }

  private path(fullname: string): string {
    return `${this.root}/${fullname}.git`;
  }
}

function writeBlob(path: string, text: string): string {
  return execFileSync('git', ['hash-object', '-w', '--stdin'], { cwd: path, input: text, encoding: 'utf8' }).trim();
}
