/** What programs print, without what only a terminal obeys. */
import { BIDI, INVISIBLE } from './one-line.js';

const SEQUENCE = /(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|\x1b[\]PX^_][^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?|\x1b[ -/]*[0-~]?/g;

/** Longer lines are not looked at further. */
const LONGEST_RAW = 8_000;

/**
 * Pure. One line of a log without sequences of a terminal: what was written over is gone, tabs stay, what would turn the
 * reading direction or cannot be seen is gone, other control characters are shown as one that cannot be shown.
 */
export function printedLine(raw: string): string {
  const line = raw.slice(0, LONGEST_RAW).replace(/[\r\n]+$/, '');
  return line
    .slice(line.lastIndexOf('\r') + 1)
    .replace(SEQUENCE, '')
    .replace(BIDI, '')
    .replace(INVISIBLE, '')
    .replace(/[^\P{Cc}\t]|\p{Cs}|[\p{Zl}\p{Zp}]/gu, '\ufffd');
}
