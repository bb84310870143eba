/** Hides values in bytes: whatever form they have, each place is replaced by three asterisks. */
import { Buffer } from 'node:buffer';
import { isMaskable, maskPatterns, PIECE_BYTES } from './mask-patterns.js';
import { MaskStream, STARS, type Span } from './mask-stream.js';
import { PatternSearch } from './pattern-search.js';

/** Values of one masker, and bytes of all of them together. */
export const MOST_MASKS = 1_000;
export const MOST_MASK_BYTES = 64 * 1024;

/** Shorter forms have a search of their own: one of them would make the jumps of all others short. */
const LONG_BYTES = 8;

/** What became of a value: hidden from now on, too short to be hidden (or blank), or one more than a masker takes. */
export type MaskVerdict = 'masked' | 'too-short' | 'too-many';

export class Masker {
  private readonly added = new Set<string>();
  private readonly short = new PatternSearch();
  private readonly long = new PatternSearch();
  private bytes = 0;

  /** In the order in which they were added. */
  get values(): readonly string[] {
    return [...this.added];
  }

  /** A value that is there already is masked. */
  add(value: string): MaskVerdict {
    if (this.added.has(value)) return 'masked';
    const bytes = Buffer.byteLength(value);
    if (this.added.size >= MOST_MASKS || this.bytes + bytes > MOST_MASK_BYTES) return 'too-many';
    return this.addBeyond(value);
  }

  /** The same without the limits: for values that are limited where they come from. */
  addBeyond(value: string): MaskVerdict {
    if (!isMaskable(value)) return 'too-short';
    if (this.added.has(value)) return 'masked';
    this.bytes += Buffer.byteLength(value);
    const owner = this.added.size;
    this.added.add(value);
    for (const pattern of maskPatterns(value)) {
      (pattern.length < LONG_BYTES ? this.short : this.long).add(pattern, owner);
    }
    return 'masked';
  }

  /** The same bytes when there is nothing to hide. For whole lines, or a whole text: no form goes over the end of a line. */
  mask(bytes: Buffer): Buffer {
    const spans = this.spans(bytes);
    if (spans.length === 0) return bytes;
    const parts: Uint8Array[] = [];
    let at = 0;
    for (const { start, end } of spans) {
      parts.push(bytes.subarray(at, start), STARS);
      at = end;
    }
    return Buffer.concat([...parts, bytes.subarray(at)]);
  }

  maskText(text: string): string {
    const bytes = Buffer.from(text);
    const masked = this.mask(bytes);
    return masked === bytes ? text : masked.toString();
  }

  /** For a text that comes in pieces. */
  stream(): MaskStream {
    return new MaskStream(this);
  }

  /** Those values that a text shows in some form. */
  valuesIn(text: string): readonly string[] {
    const bytes = Buffer.from(text);
    const owners = new Set<number>();
    for (const search of [this.short, this.long]) {
      search.find(bytes, (start) => search.ownersAt(bytes, start).forEach((owner) => owners.add(owner)));
    }
    return this.values.filter((_, owner) => owners.has(owner));
  }

  /** What is to be hidden, in order; spans that touch are one. */
  spans(bytes: Buffer): readonly Span[] {
    const [short, long] = [spansOf(this.short, bytes), spansOf(this.long, bytes)];
    if (short.length === 0) return long;
    if (long.length === 0) return short;
    const spans: Span[] = [];
    for (const { start, end } of [...short, ...long].sort((a, b) => a.start - b.start)) join(spans, start, end);
    return spans;
  }

  /** Where the first form begins that the end of the bytes may cut in two; their length when there is none. */
  cutAt(bytes: Buffer): number {
    let start = Math.max(0, bytes.length - PIECE_BYTES + 1);
    while (start < bytes.length && !this.short.isCutAt(bytes, start) && !this.long.isCutAt(bytes, start)) start += 1;
    return start;
  }
}

function spansOf(search: PatternSearch, bytes: Buffer): Span[] {
  const spans: Span[] = [];
  search.find(bytes, (start, end) => join(spans, start, end));
  return spans;
}

/** Begins are in order. */
function join(spans: Span[], start: number, end: number): void {
  const last = spans.at(-1);
  if (last === undefined || start > last.end) spans.push({ start, end });
  else if (end > last.end) last.end = end;
}
