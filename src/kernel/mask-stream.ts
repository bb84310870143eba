/** Masks a text that comes in pieces: what may be the begin of a hidden form is kept back until it is known. */
import { Buffer } from 'node:buffer';

/** What stands for whatever is hidden. */
export const STARS: Readonly<Buffer> = Buffer.from('***');

/** Bytes `[start, end)` to be hidden. */
export interface Span {
  readonly start: number;
  end: number;
}

/** What a stream asks its masker. */
export interface StreamMasks {
  spans(bytes: Buffer): readonly Span[];
  cutAt(bytes: Buffer): number;
}

/** Keeps back less than one piece of a form. Masks that are added meanwhile count from then on. */
export class MaskStream {
  private kept = Buffer.alloc(0);
  /** How many of the kept bytes are hidden by asterisks that were given already; -1 when the last thing given was text. */
  private hidden = -1;

  constructor(private readonly masks: StreamMasks) {}

  /** What can be shown now. */
  push(chunk: Buffer): Buffer {
    const bytes = Buffer.concat([this.kept, chunk]);
    return this.give(bytes, this.masks.cutAt(bytes));
  }

  /** What was kept back: nothing follows. */
  end(): Buffer {
    const last = this.give(this.kept, this.kept.length);
    this.hidden = -1;
    return last;
  }

  /** Shows the bytes before `limit` and keeps the others. */
  private give(bytes: Buffer, limit: number): Buffer {
    const shown: Uint8Array[] = [];
    let at = Math.max(0, this.hidden);
    let isHidden = this.hidden >= 0;
    for (const span of spansBefore(this.masks.spans(bytes), limit)) {
      if (!isHidden || span.start > at) {
        shown.push(bytes.subarray(at, span.start), STARS);
        isHidden = true;
      }
      at = Math.max(at, span.end);
    }
    if (at < limit) {
      shown.push(bytes.subarray(at, limit));
      isHidden = false;
    }
    this.hidden = isHidden ? Math.max(0, at - limit) : -1;
    this.kept = Buffer.from(bytes.subarray(limit));
    return Buffer.concat(shown);
  }
}

function spansBefore(spans: readonly Span[], limit: number): readonly Span[] {
  return spans.filter(({ start }) => start < limit);
}
