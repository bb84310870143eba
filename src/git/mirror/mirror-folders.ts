/** Where the mirrors lie: `<root>/<project id>/<n>.git`, of which the highest number counts. */
import { readdirSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';

/**
 * Jobs read objects from the folder that they were checked out from, so a mirror is never replaced in its place: another is
 * filled beside it and takes the next number. What an earlier start of the program left is deleted when nobody reads it.
 */
export class MirrorFolders {
  private readonly tidied = new Set<number>();
  private hasTidiedRoot = false;

  /** @param root absolute. */
  constructor(private readonly root: string) {}

  /** The newest, or where the first will be. */
  newest(projectId: number): string {
    return this.numbered(projectId, Math.max(1, ...this.numbers(projectId)));
  }

  /** An empty folder, where the next one is made. */
  async begin(projectId: number): Promise<string> {
    const folder = this.unfinished(projectId);
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    return folder;
  }

  /** From here on what was made there is the newest: it appears complete or not at all. */
  async finish(projectId: number): Promise<void> {
    const next = Math.max(0, ...this.numbers(projectId)) + 1;
    await rename(this.unfinished(projectId), this.numbered(projectId, next));
  }

  /** To be called before the first `finish`: the jobs of earlier starts are dead, those of this one read the newest. */
  async tidy(projectId: number): Promise<void> {
    if (this.tidied.has(projectId)) return;
    this.tidied.add(projectId);
    await this.tidyRoot();
    const newest = this.newest(projectId);
    const all = this.numbers(projectId).map((number) => this.numbered(projectId, number));
    const old = [...all.filter((folder) => folder !== newest), this.unfinished(projectId)];
    for (const folder of old) await rm(folder, { recursive: true, force: true });
  }

  /** Mirrors of an earlier layout, `<root>/<project id>.git`, which nothing reads any more. */
  private async tidyRoot(): Promise<void> {
    if (this.hasTidiedRoot) return;
    this.hasTidiedRoot = true;
    const old = namesIn(this.root).filter((name) => /^\d+\.git$/.test(name));
    for (const name of old) await rm(`${this.root}/${name}`, { recursive: true, force: true });
  }

  private unfinished(projectId: number): string {
    return `${this.root}/${projectId}/new`;
  }

  private numbered(projectId: number, number: number): string {
    return `${this.root}/${projectId}/${number}.git`;
  }

  private numbers(projectId: number): readonly number[] {
    return namesIn(`${this.root}/${projectId}`)
      .flatMap((name) => /^(\d+)\.git$/.exec(name)?.[1] ?? [])
      .map(Number);
  }
}

/** None where nothing is. Synchronous, since a job's order needs the path at once; the folder holds one or two names. */
function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
