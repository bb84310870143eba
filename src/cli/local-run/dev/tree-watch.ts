/** Tells which files of a working tree change: not what git ignores, and not git's own. */
import { watch } from 'chokidar';
import { relative, sep } from 'node:path';
import { type AskGit, ignoredFolders, ignoredIn } from '../../../git/working-tree.js';
import type { Clock, StopTimer } from '../../../kernel/clock.js';

/** Editors write a file in several steps, and tools write many files: so long nothing more may come. */
const QUIET_MS = 150;

export interface TreeWatchParts {
  /** Absolute and real. */
  readonly folder: string;
  /** Null for a folder in no repository: nothing is ignored. */
  readonly git: AskGit | null;
  readonly clock: Clock;
  /** Paths from the folder, each once, in the order of their names. */
  readonly onChange: (paths: readonly string[]) => void;
  readonly onError: (error: unknown) => void;
}

/** Resolves when it watches. What it returns ends it. */
export async function watchFiles(parts: TreeWatchParts): Promise<() => Promise<void>> {
  const { folder, git, onError } = parts;
  const changes = new ChangeCollector(parts);
  const left = new Set(git === null ? [] : await ignoredFolders(folder, git));
  const watcher = watch(folder, {
    ignoreInitial: true,
    followSymlinks: false,
    ignored: (path) => isLeftOut(within(folder, path), left),
  });
  watcher.on('all', (event, path) => {
    if (event !== 'addDir' && event !== 'unlinkDir') changes.add(within(folder, path));
  });
  watcher.on('error', onError);
  await new Promise<void>((resolve) => watcher.once('ready', resolve));
  return async () => {
    changes.stop();
    await watcher.close();
  };
}

class ChangeCollector {
  private paths = new Set<string>();
  private stopTimer: StopTimer = () => undefined;

  constructor(private readonly parts: TreeWatchParts) {}

  add(path: string): void {
    this.paths.add(path);
    this.stopTimer();
    this.stopTimer = this.parts.clock.after(QUIET_MS, () => void this.tell().catch(this.parts.onError));
  }

  stop(): void {
    this.stopTimer();
    this.paths.clear();
  }

  private async tell(): Promise<void> {
    const { folder, git, onChange } = this.parts;
    const paths = [...this.paths].sort();
    this.paths = new Set();
    const ignored = git === null ? new Set<string>() : await ignoredIn(folder, paths, git);
    const told = paths.filter((path) => !ignored.has(path));
    if (told.length > 0) onChange(told);
  }
}

function within(folder: string, path: string): string {
  return relative(folder, path).split(sep).join('/');
}

/** Also everything below it is then not looked at. */
function isLeftOut(path: string, left: ReadonlySet<string>): boolean {
  return path === '.git' || path.endsWith('/.git') || left.has(path);
}
