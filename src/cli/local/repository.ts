/** The git repository that a file stands in, as its working tree shows it: no git is asked. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { isPipelineName, MOST_PIPELINE_FILES, PIPELINE_FOLDERS } from '../../model/pipeline-places.js';

/** The nearest folder above (or `start` itself) that holds `.git`, or null. */
export async function findRepository(start: string): Promise<string | null> {
  for (let folder = resolve(start); ; folder = dirname(folder)) {
    if (await exists(join(folder, '.git'))) return folder;
    if (dirname(folder) === folder) return null;
  }
}

export interface FoundFiles {
  /** Paths from the root, in the order of their names. */
  readonly files: readonly string[];
  /** Paths that look like pipelines and that a server does not read, each with why. */
  readonly passedOver: readonly string[];
}

/** What a server would read of the commit if the working tree were one. */
export async function findPipelineFiles(root: string): Promise<FoundFiles> {
  for (const folder of PIPELINE_FOLDERS) {
    const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(() => []);
    if (!entries.some((entry) => entry.isFile() || entry.isSymbolicLink())) continue;
    const named = entries.filter(({ name }) => isPipelineName(name)).sort((a, b) => (a.name < b.name ? -1 : 1));
    const files = named.filter((entry) => entry.isFile()).map(({ name }) => `${folder}/${name}`);
    const links = named.filter((entry) => entry.isSymbolicLink());
    return {
      files: files.slice(0, MOST_PIPELINE_FILES),
      passedOver: [
        ...links.map(({ name }) => `${folder}/${name}: a symbolic link is not read`),
        ...files
          .slice(MOST_PIPELINE_FILES)
          .map((file) => `${file}: only the first ${MOST_PIPELINE_FILES} files of a folder are read`),
      ],
    };
  }
  return { files: [], passedOver: [] };
}

/** The branch that is checked out, or `main` where that cannot be told. */
export async function currentBranch(root: string | null): Promise<string> {
  const head = root === null ? '' : await readHead(join(root, '.git')).catch(() => '');
  return /^ref: refs\/heads\/(\S+)\s*$/.exec(head)?.[1] ?? 'main';
}

/** The path as somebody in `from` would write it; never one that climbs more than it must. */
export function pathFrom(from: string, path: string): string {
  const shown = relative(from, path).split(sep).join('/');
  return shown === '' ? '.' : shown;
}

/** In a linked working tree `.git` is a file that names the folder. */
async function readHead(git: string): Promise<string> {
  if ((await stat(git)).isDirectory()) return readFile(join(git, 'HEAD'), 'utf8');
  const [, folder = ''] = /^gitdir: (.+)$/m.exec(await readFile(git, 'utf8')) ?? [];
  return readFile(join(resolve(dirname(git), folder), 'HEAD'), 'utf8');
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
