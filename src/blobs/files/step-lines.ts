/** How many lines of each step stand in each block of a log's lines: finds the lines of one step without a look at the others. */
import type { LogSize, StepLines } from '../blobs.js';
import { MOST_STEP, offsetAt, RECORD_BYTES, stepAt } from './line-index.js';

/** Lines of one block. */
export const BLOCK_LINES = 1_024;

/** A block, and how many lines of the step stand in the blocks before it. */
export interface StepBlock {
  readonly block: number;
  readonly before: number;
}

/** As it is kept with a sealed log. */
export interface KeptStepCounts {
  /** Block, step and lines of that step in it, and so on; by block. */
  readonly counts: readonly number[];
  /** Step, and bytes of all its lines. */
  readonly bytes: readonly (readonly [number, number])[];
}

export class StepCounts {
  private lines = 0;
  /** Where in `counts` each step of the last block stands. */
  private readonly places = new Map<number, number>();

  private constructor(
    private readonly counts: number[],
    private readonly bytes: Map<number, number>,
  ) {}

  static empty(): StepCounts {
    return new StepCounts([], new Map());
  }

  /** For reading alone. */
  static kept({ counts, bytes }: KeptStepCounts): StepCounts {
    return new StepCounts([...counts], new Map(bytes));
  }

  get kept(): KeptStepCounts {
    return { counts: this.counts, bytes: [...this.bytes] };
  }

  /** The next lines of the log, all of one step. */
  add(step: number, { bytes, lines }: LogSize): void {
    const known = Math.min(step, MOST_STEP);
    this.bytes.set(known, (this.bytes.get(known) ?? 0) + bytes);
    for (let left = lines; left > 0;) {
      const room = Math.min(left, BLOCK_LINES - (this.lines % BLOCK_LINES));
      this.addToBlock(known, room);
      left -= room;
    }
  }

  /** The next lines of the log by their records; the last of them ends at `end`. */
  addRecords(records: Buffer, end: number): void {
    const count = records.length / RECORD_BYTES;
    for (let n = 0; n < count; n += 1) {
      const to = n + 1 < count ? offsetAt(records, n + 1) : end;
      this.add(stepAt(records, n), { bytes: to - offsetAt(records, n), lines: 1 });
    }
  }

  sizeOf(step: number): LogSize {
    let lines = 0;
    for (let at = 0; at < this.counts.length; at += 3)
      if (this.counts[at + 1] === step) lines += this.counts[at + 2] ?? 0;
    return { bytes: this.bytes.get(step) ?? 0, lines };
  }

  /** Those that hold some of the lines, in order. */
  *blocksOf({ step, from, to }: StepLines): Generator<StepBlock> {
    let before = 0;
    for (let at = 0; at < this.counts.length && before < to; at += 3) {
      if (this.counts[at + 1] !== step) continue;
      const lines = this.counts[at + 2] ?? 0;
      if (before + lines > from) yield { block: this.counts[at] ?? 0, before };
      before += lines;
    }
  }

  private addToBlock(step: number, lines: number): void {
    if (this.lines % BLOCK_LINES === 0) this.places.clear();
    const place = this.places.get(step);
    if (place === undefined) {
      this.places.set(step, this.counts.length);
      this.counts.push(Math.floor(this.lines / BLOCK_LINES), step, lines);
    } else this.counts[place + 2] = (this.counts[place + 2] ?? 0) + lines;
    this.lines += lines;
  }
}
