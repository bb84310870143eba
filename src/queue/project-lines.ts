/** Ids that wait: one line per project, and the projects take turns. */

/** Null stands for what no project is known of. */
export type Owner = number | null;

export interface Waiting {
  readonly id: number;
  readonly project: Owner;
}

export class ProjectLines {
  /** In the order of their turns. */
  private readonly lines = new Map<Owner, Set<number>>();
  private readonly ids = new Set<number>();

  get isEmpty(): boolean {
    return this.ids.size === 0;
  }

  has(id: number): boolean {
    return this.ids.has(id);
  }

  add({ id, project }: Waiting): void {
    this.ids.add(id);
    const line = this.lines.get(project);
    if (line) line.add(id);
    else this.lines.set(project, new Set([id]));
  }

  /** Takes out the first id of the first project that may have it, whose next turn comes after those of all others. */
  shift(mayHave: (project: Owner) => boolean): Waiting | null {
    for (const [project, line] of this.lines) {
      if (!mayHave(project)) continue;
      const [id] = line;
      if (id === undefined) continue;
      line.delete(id);
      this.ids.delete(id);
      this.lines.delete(project);
      if (line.size > 0) this.lines.set(project, line);
      return { id, project };
    }
    return null;
  }

  clear(): void {
    this.lines.clear();
    this.ids.clear();
  }
}
