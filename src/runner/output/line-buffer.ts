/** Cuts the output of one stream into whole lines, as it comes. Pure. */

/** A line that is longer is not kept until its end. */
const MOST_LINE_BYTES = 64 * 1024;

/** But a command is: what it says may be a secret, or an output. */
const MOST_COMMAND_BYTES = 4 * 1024 * 1024;

const NEWLINE = 0x0a;

export type Segment =
  /** Whole lines, each with its newline. */
  | { readonly kind: 'lines'; readonly bytes: Buffer }
  /** A part of a line that is too long; it may be the last one. */
  | { readonly kind: 'piece'; readonly bytes: Buffer; readonly isLast: boolean }
  /** A command that nobody can read any more: nothing of it is given. */
  | { readonly kind: 'oversized-command' };

export class LineBuffer {
  private readonly kept: Buffer[] = [];
  private keptBytes = 0;
  /** What becomes of the line that is being read. */
  private mode: 'keep' | 'keep-command' | 'pass-on' | 'drop' = 'keep';

  /** @param isCommand does a line that begins so call a command? */
  constructor(private readonly isCommand: (begin: Buffer) => boolean) {}

  push(chunk: Buffer): readonly Segment[] {
    const lastEnd = chunk.lastIndexOf(NEWLINE) + 1;
    if (lastEnd === 0) return this.goOn(chunk);
    const firstEnd = this.isBetweenLines() ? 0 : chunk.indexOf(NEWLINE) + 1;
    const lines = chunk.subarray(firstEnd, lastEnd);
    return [
      ...(firstEnd > 0 ? this.endLine(chunk.subarray(0, firstEnd)) : []),
      ...(lines.length > 0 ? [{ kind: 'lines' as const, bytes: lines }] : []),
      ...(lastEnd < chunk.length ? this.goOn(chunk.subarray(lastEnd)) : []),
    ];
  }

  /** What is left, its line ended. */
  end(): readonly Segment[] {
    return this.isBetweenLines() ? [] : this.push(Buffer.of(NEWLINE));
  }

  private isBetweenLines(): boolean {
    return this.mode === 'keep' && this.keptBytes === 0;
  }

  /** More of a line that does not end yet. */
  private goOn(part: Buffer): readonly Segment[] {
    if (this.mode === 'drop') return [];
    if (this.mode === 'pass-on') return [{ kind: 'piece', bytes: part, isLast: false }];
    this.kept.push(part.length < MOST_LINE_BYTES / 8 ? Buffer.from(part) : part);
    this.keptBytes += part.length;
    if (this.keptBytes <= (this.mode === 'keep' ? MOST_LINE_BYTES : MOST_COMMAND_BYTES)) return [];
    return this.tooLong(this.withKept(Buffer.alloc(0)));
  }

  private tooLong(line: Buffer): readonly Segment[] {
    if (this.mode === 'keep-command') {
      this.mode = 'drop';
      return [{ kind: 'oversized-command' }];
    }
    this.mode = this.isCommand(line) ? 'keep-command' : 'pass-on';
    return this.goOn(line);
  }

  /** The end of the line that is being read. */
  private endLine(part: Buffer): readonly Segment[] {
    const { mode } = this;
    this.mode = 'keep';
    if (mode === 'drop') return [];
    if (mode === 'pass-on') return [{ kind: 'piece', bytes: part, isLast: true }];
    return [{ kind: 'lines', bytes: this.withKept(part) }];
  }

  private withKept(bytes: Buffer): Buffer {
    if (this.keptBytes === 0) return bytes;
    const whole = Buffer.concat([...this.kept, bytes]);
    this.kept.length = 0;
    this.keptBytes = 0;
    return whole;
  }
}
