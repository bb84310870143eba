/** Rows of which a try ended here though the disk refused to say so: that was no try in which the program stopped. */

/** Of one kind of row, by its id; a start forgets them all, as it should. */
export class UnnotedTries {
  private readonly ids = new Set<number>();

  /** Then the try that is counted in the row has ended: the next one counts in its place. */
  has(id: number): boolean {
    return this.ids.has(id);
  }

  /** Writes that a try ended; rejects as `write` does. */
  async note(id: number, write: () => Promise<unknown>): Promise<void> {
    this.ids.add(id);
    await write();
    this.ids.delete(id);
  }

  forget(id: number): void {
    this.ids.delete(id);
  }
}
