/**
 * The folders of the host's jobs: `jobs/` the living, `deleting/` what is being deleted. A few synchronous calls per job, for
 * the reason that beneath.ts gives; only the deleting itself, which may take long, is not.
 */
import { mkdirSync, readdirSync, realpathSync, renameSync } from 'node:fs';
import { Fault } from '../../kernel/errors.js';
import { closeFolder, codeOf, openTrusted, readBeneath, writeBeneath } from './beneath.js';
import { deleteFolder } from './delete-folder.js';

/** Node looks upwards for what a script is: it must not find the project in which the data folder may lie. One for all jobs. */
const NO_PACKAGE = Buffer.from('{}\n');

const PARTS = ['workspace', 'temp', 'home'];

export class JobFolders {
  private readonly deletions = new Set<Promise<void>>();
  private moved = 0;

  constructor(
    private readonly root: string,
    /** Told of what could not be deleted; the next start tries again. */
    private readonly report: (fault: unknown) => void,
  ) {}

  /** Makes the empty folders of a job; returns the real path of what holds them: what a job is told must be what its tools find out. Throws a Fault. */
  make(name: string): string {
    const jobs = this.folder('jobs');
    try {
      mkdirSync(jobs, { recursive: true, mode: 0o700 });
      this.standAlone();
      this.makeFresh(name);
      for (const part of PARTS) mkdirSync(`${jobs}/${name}/${part}`, { mode: 0o700 });
      return realpathSync(`${jobs}/${name}`);
    } catch (cause) {
      throw new Fault(`the folders of a job cannot be made in ${jobs}`, { cause, retryable: true });
    }
  }

  /** The job's folder is out of the way when it returns, and is deleted later. Throws a Fault. */
  takeAway(name: string): void {
    this.discard(`${this.folder('jobs')}/${name}`, name);
  }

  /** The same for any folder on this file system. */
  discard(path: string, name: string): void {
    mkdirSync(this.folder('deleting'), { recursive: true, mode: 0o700 });
    try {
      this.deleteLater(this.moveAway(path, name));
    } catch (cause) {
      throw new Fault(`the folder ${path} cannot be moved away`, { cause, retryable: true });
    }
  }

  /** Takes away what an earlier boot left. */
  takeAllAway(): void {
    const interrupted = namesIn(this.folder('deleting'));
    for (const name of namesIn(this.folder('jobs'))) this.takeAway(name);
    for (const name of interrupted) this.deleteLater(name);
  }

  /** Resolves when nothing is being deleted any more. */
  async settle(): Promise<void> {
    while (this.deletions.size > 0) await Promise.all(this.deletions);
  }

  private folder(name: 'jobs' | 'deleting'): string {
    return `${this.root}/${name}`;
  }

  /** What a job may have made of it is put right again. */
  private standAlone(): void {
    const root = openTrusted(realpathSync(this.root));
    try {
      const found = readBeneath(root, ['package.json'], NO_PACKAGE.length + 1);
      if (!found?.equals(NO_PACKAGE)) writeBeneath(root, ['package.json'], { bytes: NO_PACKAGE, mode: 0o600 });
    } finally {
      closeFolder(root);
    }
  }

  private makeFresh(name: string): void {
    const folder = `${this.folder('jobs')}/${name}`;
    try {
      mkdirSync(folder, { mode: 0o700 });
    } catch (thrown) {
      if (codeOf(thrown) !== 'EEXIST') throw thrown;
      this.takeAway(name);
      mkdirSync(folder, { mode: 0o700 });
    }
  }

  /** An earlier boot may have left a folder of the same name, which is being deleted. */
  private moveAway(path: string, name: string): string {
    for (;;) {
      const to = `${name}.${this.moved++}`;
      try {
        renameSync(path, `${this.folder('deleting')}/${to}`);
        return to;
      } catch (thrown) {
        if (codeOf(thrown) !== 'ENOTEMPTY' && codeOf(thrown) !== 'EEXIST') throw thrown;
      }
    }
  }

  private deleteLater(name: string): void {
    const deletion = deleteFolder(this.folder('deleting'), name).catch(this.report);
    this.deletions.add(deletion);
    void deletion.finally(() => this.deletions.delete(deletion));
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
