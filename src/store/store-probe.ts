/** Can the database be written and read just now? Proved by doing it. */
import type { Store } from './store.js';

/** The number goes round, so that every write changes a page. */
const MARKS = 1_000_000;

export class StoreProbe {
  private mark = 0;

  constructor(private readonly store: Store) {}

  /** Writes a number that means nothing into the head of the file, synced, and reads it back. Throws when it cannot. */
  async prove(): Promise<void> {
    this.mark = (this.mark + 1) % MARKS;
    const { mark } = this;
    await this.store.commitPrepared(() => this.store.native.pragma(`user_version = ${mark}`));
    const [row] = await this.store.reader.query<{ user_version: number }[]>('PRAGMA user_version');
    if (row?.user_version !== mark) throw new Error('what was written is not what is read');
  }
}
