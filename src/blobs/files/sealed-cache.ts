/** What was read of sealed logs last: they never change, and who reads one line of a log reads the next ones soon. */
import { keepNewest } from '../../kernel/keep-newest.js';
import type { Foot } from './sealed-format.js';

const MOST_FEET = 256;
/** 4 MiB at most, of all logs together. */
const MOST_MEMBERS = 64;

export class SealedCache {
  /** By path, least recently used first; so are the members. */
  private readonly feet = new Map<string, Foot>();
  private readonly members = new Map<string, Promise<Buffer>>();

  /** Null for a log that was not read lately. */
  foot(path: string): Foot | null {
    return this.feet.get(path) ?? null;
  }

  keepFoot(path: string, foot: Foot): void {
    keepNewest(this.feet, path, foot, MOST_FEET);
  }

  /** Unpacked by `unpack` when it is not here. One that failed is not kept. */
  member(path: string, number: number, unpack: () => Promise<Buffer>): Promise<Buffer> {
    const key = `${path}:${number}`;
    const member = this.members.get(key) ?? unpack();
    keepNewest(this.members, key, member, MOST_MEMBERS);
    member.catch(() => this.members.delete(key));
    return member;
  }
}
