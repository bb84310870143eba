/** Chance as a port: the system's generator here, a seeded one in the simulated world. */
import { randomBytes } from 'node:crypto';

/** The only source of chance in the house (HOUSE.md, law 9). One per process. */
export abstract class Random {
  /** `count` bytes, unguessable in the real program. */
  abstract bytes(count: number): Buffer;

  /** A number in [0, 1), for jitter. */
  fraction(): number {
    return this.bytes(4).readUInt32BE(0) / 2 ** 32;
  }

  /** `2 × count` lower-case hex digits: uids, boot ids, tokens. */
  hex(count: number): string {
    return this.bytes(count).toString('hex');
  }
}

/** The operating system's generator. */
export class SystemRandom extends Random {
  bytes(count: number): Buffer {
    return randomBytes(count);
  }
}
