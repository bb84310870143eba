/** Virtual time: what is to happen, in order. It passes only when somebody lets it. */

interface Entry {
  readonly atMs: number;
  /** Of what is due at the same time, the first that was asked for comes first. */
  readonly order: number;
  readonly run: () => void;
}

export class Timeline {
  private readonly heap: Entry[] = [];
  private asked = 0;

  constructor(private currentMs: number) {}

  get nowMs(): number {
    return this.currentMs;
  }

  /** When the next thing happens, or null. */
  get nextMs(): number | null {
    return this.heap[0]?.atMs ?? null;
  }

  after(delayMs: number, run: () => void): void {
    this.push({ atMs: this.currentMs + Math.max(0, delayMs), order: this.asked++, run });
  }

  /** Lets the next thing happen; false when there is none. */
  step(): boolean {
    const entry = this.pop();
    if (entry === undefined) return false;
    this.currentMs = entry.atMs;
    entry.run();
    return true;
  }

  private push(entry: Entry): void {
    const { heap } = this;
    let at = heap.push(entry) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isEarlier(entry, heap[parent]!)) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = entry;
  }

  private pop(): Entry | undefined {
    const { heap } = this;
    const [first] = heap;
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    this.sink(last);
    return first;
  }

  private sink(entry: Entry): void {
    const { heap } = this;
    let at = 0;
    for (let child = 1; child < heap.length; child = 2 * at + 1) {
      if (child + 1 < heap.length && isEarlier(heap[child + 1]!, heap[child]!)) child += 1;
      if (!isEarlier(heap[child]!, entry)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = entry;
  }
}

function isEarlier(one: Entry, other: Entry): boolean {
  return one.atMs < other.atMs || (one.atMs === other.atMs && one.order < other.order);
}
