/** Names of a file that others may use: found at once, whatever their case. */

export class KnownNames {
  private readonly folded: ReadonlySet<string>;

  /** `all` as they are written. */
  constructor(readonly all: readonly string[]) {
    this.folded = new Set(all.map((name) => name.toLowerCase()));
  }

  has(name: string): boolean {
    return this.folded.has(name.toLowerCase());
  }
}
