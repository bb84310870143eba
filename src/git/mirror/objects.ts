/** What the objects of a mirror say: which commit a name leads to, a tree's files, a blob, a commit's facts. */
import type { CommitFacts, TreeFile } from '../git.js';
import { isFolder, isObjectId, isRefName } from '../names.js';
import type { ReadGit } from './read-git.js';

interface Found {
  readonly id: string;
  readonly type: string;
  readonly sizeBytes: number;
}

export class Objects {
  constructor(private readonly git: ReadGit) {}

  async commitOf(mirror: string, rev: string): Promise<string | null> {
    const id = isObjectId(rev) ? rev : await this.resolve(mirror, rev);
    if (id === null || rev.startsWith('refs/heads/')) return id;
    return (await this.find(mirror, `${id}^{commit}`))?.id ?? null;
  }

  async commitsOf(mirror: string, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const asked = ids.filter(isObjectId);
    const found = await this.findAll(
      mirror,
      asked.map((id) => `${id}^{commit}`),
    );
    return new Map(asked.flatMap((id, at) => (found[at] ? [[id, found[at].id] as const] : [])));
  }

  async listFolder(mirror: string, commit: string, folder: string): Promise<readonly TreeFile[]> {
    if (!isObjectId(commit) || !isFolder(folder)) return [];
    const listing = await this.git.text(mirror, ['ls-tree', '-z', '--long', '--full-tree', `${commit}:${folder}`]);
    const files = (listing ?? '').split('\0').map((line) => readTreeLine(line, folder));
    return files.filter((file) => file !== null);
  }

  async readBlob(mirror: string, blob: string, limitBytes: number): Promise<Buffer | null> {
    const found = isObjectId(blob) ? await this.find(mirror, blob) : null;
    if (found?.type !== 'blob' || found.sizeBytes > limitBytes) return null;
    return found.sizeBytes === 0 ? Buffer.alloc(0) : this.git.blob(mirror, found.id);
  }

  async commitFacts(mirror: string, commit: string): Promise<CommitFacts | null> {
    if (!isObjectId(commit) || (await this.find(mirror, commit))?.type !== 'commit') return null;
    const format = '--format=%H%x00%an%x00%ae%x00%cI%x00%B';
    const text = await this.git.text(mirror, ['log', '-1', '--no-show-signature', '--no-notes', format, commit]);
    const [id, authorName = '', authorEmail = '', committedAt = '', message = ''] = (text ?? '').split('\0');
    return id === commit ? { commit, message: message.trimEnd(), authorName, authorEmail, committedAt } : null;
  }

  /**
   * The object that a full ref leads to, tags peeled. By `show-ref --verify`, which takes the name literally: `rev-parse`
   * would also find `refs/heads/refs/heads/x` for `refs/heads/x`, a branch that a stranger to the latter may make.
   */
  private async resolve(mirror: string, ref: string): Promise<string | null> {
    if (!isRefName(ref)) return null;
    const shown = await this.git.text(mirror, ['show-ref', '--verify', '--dereference', '--', ref]);
    return shown?.trimEnd().split('\n').at(-1)?.slice(0, 40) ?? null;
  }

  private async find(mirror: string, name: string): Promise<Found | null> {
    const [found] = await this.findAll(mirror, [name]);
    return found ?? null;
  }

  /** One process for all; the answers stand in the order of the names. */
  private async findAll(mirror: string, names: readonly string[]): Promise<readonly (Found | null)[]> {
    if (names.length === 0) return [];
    const answer = await this.git.text(mirror, ['cat-file', '--batch-check'], `${names.join('\n')}\n`);
    return (answer ?? '').trimEnd().split('\n').map(readFound);
  }
}

/** `<id> <type> <size>`; anything else says that the object is missing. */
function readFound(line: string): Found | null {
  const [id = '', type = '', size] = line.split(' ');
  return size === undefined || !isObjectId(id) ? null : { id, type, sizeBytes: Number(size) };
}

/** `<mode> blob <id> <size>\t<name>`; anything but a blob (folder, submodule) is null. */
function readTreeLine(line: string, folder: string): TreeFile | null {
  const match = /^(\d{6}) blob ([0-9a-f]{40}) +(\d+)\t(.+)$/s.exec(line);
  if (!match) return null;
  const [, mode = '', blob = '', size, name] = match;
  return { path: folder === '' ? `${name}` : `${folder}/${name}`, mode, blob, sizeBytes: Number(size) };
}
