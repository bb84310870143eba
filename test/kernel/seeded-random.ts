/** Chance from a seed, so that a test gives the same result each time. */
import { createHash } from 'node:crypto';
import { Random } from '../../src/kernel/random.js';

export class SeededRandom extends Random {
  private drawn = 0;

  constructor(private readonly seed: string) {
    super();
  }

  bytes(count: number): Buffer {
    const blocks: Buffer[] = [];
    for (let size = 0; size < count; size += 32) {
      blocks.push(createHash('sha256').update(`${this.seed}:${this.drawn++}`).digest());
    }
    return Buffer.concat(blocks).subarray(0, count);
  }
}
