/** The pipelines of a project at a commit: those in the repository and those kept on the server. */
import { createHash } from 'node:crypto';
import type { Git, TreeFile } from '../git/git.js';
import type { Problem } from '../kernel/errors.js';
import { isPipelineName, MOST_PIPELINE_FILES, PIPELINE_FOLDERS } from '../model/pipeline-places.js';
import { type Pipeline, readPipeline } from '../pipeline/index.js';
import type { Pipelines } from '../store/pipelines.js';

/** A pipeline that was found, broken ones included. */
export interface FoundPipeline {
  /** `repo:<path>` or `server:<name>`. */
  readonly key: string;
  readonly name: string;
  readonly pipeline: Pipeline | null;
  readonly problems: readonly Problem[];
  /** Does it come from a folder of ours (or the server), where jobs are checked out without asking? */
  readonly isOurs: boolean;
  /** The commit that the text stands in; null for one kept on the server. */
  readonly commit: string | null;
}

const FILE_BYTES = 512 * 1024;
/** Parsed texts kept by content: pipelines change far less often than they are read. */
const CACHED = 500;

export type ReadText = Pick<FoundPipeline, 'pipeline' | 'problems'>;

export class ReadPipelines {
  private readonly cache = new Map<string, ReadText>();

  constructor(
    private readonly git: Git,
    private readonly stored: Pipelines,
  ) {}

  /** `commit` null: only those of the server. */
  async of(projectId: number, commit: string | null): Promise<readonly FoundPipeline[]> {
    const inRepository = commit === null ? [] : await this.inRepository(projectId, commit);
    return [...inRepository, ...(await this.onServer(projectId))];
  }

  /** One file of a commit's tree; null when there is none, or no plain one. */
  async file(projectId: number, commit: string, path: string): Promise<ReadText | null> {
    const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
    const listed = await this.git.listFolder(projectId, commit, folder);
    const found = listed.find((file) => file.path === path);
    return found !== undefined && isPipelineFile(found) ? this.readFile(projectId, found) : null;
  }

  private async inRepository(projectId: number, commit: string): Promise<readonly FoundPipeline[]> {
    for (const folder of PIPELINE_FOLDERS) {
      const listed = await this.git.listFolder(projectId, commit, folder);
      if (listed.length === 0) continue;
      const files = listed.filter(isPipelineFile);
      const isOurs = folder === PIPELINE_FOLDERS[0];
      const found: FoundPipeline[] = [];
      for (const file of files.slice(0, MOST_PIPELINE_FILES)) {
        const read = await this.readFile(projectId, file);
        const name = read.pipeline?.name ?? file.path;
        found.push({ ...read, key: `repo:${file.path}`, name, isOurs, commit });
      }
      if (files.length > MOST_PIPELINE_FILES)
        found.push({ ...tooMany(folder, files), key: `repo:${folder}`, name: folder, isOurs, commit });
      return found;
    }
    return [];
  }

  private async readFile(projectId: number, file: TreeFile): Promise<ReadText> {
    const bytes = await this.git.readBlob(projectId, file.blob, FILE_BYTES);
    return bytes === null ? tooLarge(file.path) : this.read(bytes, file.path);
  }

  private async onServer(projectId: number): Promise<readonly FoundPipeline[]> {
    const enabled = (await this.stored.ofProject(projectId)).filter((one) => one.enabled);
    return enabled.map((one) => {
      const read = this.read(Buffer.from(one.text, 'utf8'), one.name);
      return { ...read, key: `server:${one.name}`, name: read.pipeline?.name ?? one.name, isOurs: true, commit: null };
    });
  }

  private read(bytes: Buffer, file: string): ReadText {
    const key = `${createHash('sha256').update(bytes).digest('base64')} ${file}`;
    const known = this.cache.get(key);
    if (known) return known;
    const read = readPipeline(bytes, { file });
    this.cache.set(key, read);
    const [oldest] = this.cache.keys();
    if (this.cache.size > CACHED && oldest !== undefined) this.cache.delete(oldest);
    return read;
  }
}

function isPipelineFile(file: TreeFile): boolean {
  return isPipelineName(file.path) && (file.mode === '100644' || file.mode === '100755');
}

function tooLarge(file: string): ReadText {
  return unread(file, 'file-too-large', `the file is larger than ${FILE_BYTES / 1024} KiB: split the pipeline`);
}

/** Stands for all files that are not read, so that none is passed over silently. */
function tooMany(folder: string, files: readonly TreeFile[]): ReadText {
  const message = `the folder holds ${files.length} pipelines and only the first ${MOST_PIPELINE_FILES} are read; not read: ${files[MOST_PIPELINE_FILES]!.path} and what follows it`;
  return unread(folder, 'too-many-files', message);
}

function unread(file: string, code: string, message: string): ReadText {
  return { pipeline: null, problems: [{ file, line: 1, column: 1, severity: 'error', code, message }] };
}
