/** Finds many byte strings in a text at once, looking at few of its bytes (the algorithm of Wu and Manber). */
import { ByteTrie } from './byte-trie.js';

/** Places of the table of shifts: blocks of three bytes share them by a hash. */
const PLACES = 1 << 16;

const BLOCK = 3;

/** A longer window saves nothing more. */
const MOST_WINDOW = 24;

/** Is told of each place where a string begins, in order, and of the end of the longest one there. */
export type Found = (start: number, end: number) => void;

/**
 * All strings are compared by as many first bytes as the shortest has (the window). A block of text that stands nowhere in
 * those lets the search jump over the whole window; what a block does not rule out is looked up in a trie.
 */
export class PatternSearch {
  private readonly shifts = new Uint8Array(PLACES);
  private readonly trie = new ByteTrie();
  private readonly strings: Uint8Array[] = [];
  /** How many of the strings the shifts know. */
  private known = 0;
  private window = 0;

  /** At least 3 bytes. */
  add(string: Uint8Array, owner: number): void {
    this.strings.push(string);
    this.trie.add(string, owner);
  }

  find(text: Uint8Array, found: Found): void {
    if (this.strings.length === 0) return;
    if (this.known < this.strings.length) this.learn();
    const { shifts, trie, window } = this;
    for (let at = window - 1; at < text.length;) {
      const shift = shifts[((text[at - 2]! << 8) ^ (text[at - 1]! << 4) ^ text[at]!) & (PLACES - 1)]!;
      if (shift > 0) {
        at += shift;
        continue;
      }
      const start = at - window + 1;
      const end = trie.longestEnd(text, start);
      if (end > 0) found(start, end);
      at += 1;
    }
  }

  /** The owners of all strings that begin there. */
  ownersAt(text: Uint8Array, start: number): readonly number[] {
    return this.trie.ownersAt(text, start);
  }

  /** As `ByteTrie.isCutAt`. */
  isCutAt(text: Uint8Array, start: number): boolean {
    return this.trie.isCutAt(text, start);
  }

  /** Only when it is needed: many strings come one after another. A shorter one than all before makes the window narrower. */
  private learn(): void {
    const added = this.strings.slice(this.known);
    const shortest = added.reduce((least, { length }) => Math.min(least, length), this.window || MOST_WINDOW);
    const isNew = shortest !== this.window;
    this.window = shortest;
    if (isNew) this.shifts.fill(shortest - BLOCK + 1);
    for (const string of isNew ? this.strings : added) this.shiftFor(string);
    this.known = this.strings.length;
  }

  private shiftFor(string: Uint8Array): void {
    for (let end = BLOCK - 1; end < this.window; end += 1) {
      const place = placeOf(string[end - 2]!, string[end - 1]!, string[end]!);
      this.shifts[place] = Math.min(this.shifts[place]!, this.window - 1 - end);
    }
  }
}

function placeOf(first: number, second: number, third: number): number {
  return ((first << 8) ^ (second << 4) ^ third) & (PLACES - 1);
}
