/** What the objects of a mirror say: which commit a name leads to, a tree's files, a blob, a commit's facts. */
import type { CommitFacts, TreeFile } from '../git.js';
import { PIPELINE_FOLDERS } from '../../model/pipeline-places.js';
import { isFolder, isObjectId, isRefName } from '../names.js';
import { KeptAnswers } from './kept-answers.js';
import type { ReadGit } from './read-git.js';
import { refInFiles } from './ref-file.js';

interface Found {
  readonly id: string;
  readonly type: string;
  readonly sizeBytes: number;
}

/** How many answers are kept of each kind, and how large a blob may be for it. */
const KEPT = { found: 10_000, folders: 500, facts: 500, blobs: 200, blobBytes: 32 * 1024 };

export class Objects {
  private readonly found = new KeptAnswers<Found | 'none'>(KEPT.found);
  private readonly folders = new KeptAnswers<string>(KEPT.folders);
  private readonly facts = new KeptAnswers<string>(KEPT.facts);
  private readonly blobs = new KeptAnswers<Buffer>(KEPT.blobs);

  constructor(private readonly git: ReadGit) {}

  async commitOf(mirror: string, rev: string): Promise<string | null> {
    const id = isObjectId(rev) ? rev : await this.resolve(mirror, rev);
    return id === null ? null : ((await this.commit(mirror, id))?.id ?? null);
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
    const tree = await this.find(mirror, `${commit}:${folder}`);
    if (tree?.type !== 'tree') return [];
    // By the tree: most commits leave the folder as it was.
    const list = () => this.git.text(mirror, ['ls-tree', '-z', '--long', '--full-tree', tree.id]);
    const listing = await this.folders.of(mirror, tree.id, list);
    const files = (listing ?? '').split('\0').map((line) => readTreeLine(line, folder));
    return files.filter((file) => file !== null);
  }

  async readBlob(mirror: string, blob: string, limitBytes: number): Promise<Buffer | null> {
    const found = isObjectId(blob) ? await this.find(mirror, blob) : null;
    if (found?.type !== 'blob' || found.sizeBytes > limitBytes) return null;
    if (found.sizeBytes === 0) return Buffer.alloc(0);
    const read = () => this.git.blob(mirror, found.id);
    return found.sizeBytes > KEPT.blobBytes ? read() : this.blobs.of(mirror, found.id, read);
  }

  async commitFacts(mirror: string, commit: string): Promise<CommitFacts | null> {
    if (!isObjectId(commit) || (await this.findCommit(mirror, commit))?.type !== 'commit') return null;
    const format = '--format=%H%x00%an%x00%ae%x00%cI%x00%B';
    const argv = ['log', '-1', '--no-show-signature', '--no-notes', format, commit];
    const text = await this.facts.of(mirror, commit, () => this.git.text(mirror, argv));
    const [id, authorName = '', authorEmail = '', committedAt = '', message = ''] = (text ?? '').split('\0');
    return id === commit ? { commit, message: message.trimEnd(), authorName, authorEmail, committedAt } : null;
  }

  /**
   * The object that a full ref leads to; a tag may be peeled or not. Where the files do not say it plainly, by `show-ref
   * --verify`, which takes the name literally: `rev-parse` would also find `refs/heads/refs/heads/x` for `refs/heads/x`, a
   * branch that a stranger to the latter may make.
   */
  private async resolve(mirror: string, ref: string): Promise<string | null> {
    if (!isRefName(ref)) return null;
    const id = await refInFiles(mirror, ref);
    if (id !== null && (await this.findCommit(mirror, id)) !== null) return id;
    const shown = await this.git.text(mirror, ['show-ref', '--verify', '--dereference', '--', ref]);
    return shown?.trimEnd().split('\n').at(-1)?.slice(0, 40) ?? null;
  }

  /** The commit that an object leads to. */
  private async commit(mirror: string, id: string): Promise<Found | null> {
    const itself = await this.findCommit(mirror, id);
    return itself === null || itself.type === 'commit' ? itself : this.find(mirror, `${id}^{commit}`);
  }

  /** Together with its folders of pipelines, which are asked for next: of a commit that is there, none is an answer too. */
  private async findCommit(mirror: string, id: string): Promise<Found | null> {
    const known = this.found.known(mirror, id);
    if (known !== undefined) return known === 'none' ? null : known;
    const folders = PIPELINE_FOLDERS.map((folder) => `${id}:${folder}`);
    const [commit = null, ...trees] = await this.findAll(mirror, [id, ...folders]);
    if (commit === null) return null;
    this.found.keep(mirror, id, commit);
    folders.forEach((name, at) => this.found.keep(mirror, name, trees[at] ?? 'none'));
    return commit;
  }

  private async find(mirror: string, name: string): Promise<Found | null> {
    const answer = await this.found.of(mirror, name, async () => (await this.findAll(mirror, [name]))[0] ?? null);
    return answer === 'none' ? null : answer;
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
