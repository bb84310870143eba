/** Finds in a piece of output the few lines that may be log commands, without looking at the others. Pure. */

/** Bytes `[start, end)`, without the newline. */
export interface LineSpan {
  readonly start: number;
  readonly end: number;
}

const COLONS = Buffer.from('::');
const OLD_FORM = Buffer.from('##[');
const NEWLINE = 0x0a;

/** Of bytes that hold whole lines. Ask in order. */
export class CommandLines {
  private colons = -1;
  private oldForm = -1;

  constructor(private readonly bytes: Buffer) {}

  /** The first line that begins at `from`, which begins a line, or later, and may be a command. */
  next(from: number): LineSpan | null {
    if (this.colons < from) this.colons = nextColons(this.bytes, from);
    if (this.oldForm < from) this.oldForm = orNowhere(this.bytes.indexOf(OLD_FORM, from));
    const hit = Math.min(this.colons, this.oldForm);
    return hit === Infinity ? null : lineAround(this.bytes, hit);
  }
}

/** The line that begins there, or null at the end. */
export function lineAt(bytes: Buffer, start: number): LineSpan | null {
  return start >= bytes.length ? null : { start, end: endOfLine(bytes, start) };
}

/** Two colons that only blanks stand before. */
function nextColons(bytes: Buffer, from: number): number {
  for (let hit = bytes.indexOf(COLONS, from); hit >= 0;) {
    let first = hit;
    while (first > from && isBlank(bytes[first - 1])) first -= 1;
    if (first === from || bytes[first - 1] === NEWLINE) return hit;
    hit = bytes.indexOf(COLONS, endOfLine(bytes, hit));
  }
  return Infinity;
}

function lineAround(bytes: Buffer, at: number): LineSpan {
  return { start: bytes.lastIndexOf(NEWLINE, at) + 1, end: endOfLine(bytes, at) };
}

function endOfLine(bytes: Buffer, at: number): number {
  const end = bytes.indexOf(NEWLINE, at);
  return end < 0 ? bytes.length : end;
}

function orNowhere(at: number): number {
  return at < 0 ? Infinity : at;
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09;
}
