/** Lets work of one key run one after the other. */

export class InTurn<Key> {
  private readonly last = new Map<Key, Promise<unknown>>();

  /** Begins when all work of the key that was asked for before has ended, however it ended. */
  run<T>(key: Key, work: () => Promise<T>): Promise<T> {
    const before = this.last.get(key) ?? Promise.resolve();
    const mine = before.then(work, work);
    this.last.set(key, mine);
    const end = () => void (this.last.get(key) === mine && this.last.delete(key));
    mine.then(end, end);
    return mine;
  }
}
