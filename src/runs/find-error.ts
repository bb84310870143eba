/** Finds the first line of a step's log that tells what went wrong: pure, by words, with an engine that takes linear time. */
import { printedLine } from '../kernel/terminal-text.js';

/** Lines that are shown before and after it. */
export const AROUND = 10;

/** A part of a step's log around its first error. */
export interface ErrorExcerpt {
  readonly step: number;
  /** Of the first of `lines`, from 1 among the lines of the step. */
  readonly firstLine: number;
  /** Of the error. */
  readonly errorLine: number;
  /** As they were printed, masked. */
  readonly lines: readonly string[];
  /** Lines of the step in all. */
  readonly lineCount: number;
}

const MARK = /^##\[(\w+)\]/;
/** What the runner itself says last; what went wrong stands before it. */
const CLOSING = /^##\[error\](?:.{0,200}: )?(?:Process completed with )?exit code \d{1,3}\.?$/;
/** Words of compilers, test runners and shells. Each alternative begins with another letter, or is short. */
const TELLS =
  /\b(?:errors?|fatal|panic(?:ked)?|exceptions?|traceback|fail(?:ed|ure|ures|s)?|not ok|segmentation fault|command not found|no such file|permission denied)\b/i;
const NAMED = /[a-z](?:Error|Exception)\b/;
const DENIES = /\b(?:0|no|without|zero) (?:errors?|fail(?:ed|ures?)|exceptions?)\b/i;
/** So much of a line is looked at. */
const LOOKED_AT = 2_000;

/** The place of it in `lines`, from 0; null when there is none. `lines` as they stand in the log. */
export function errorPlace(lines: readonly string[]): number | null {
  const printed = bodyOf(lines);
  const marked = printed.find(({ text }) => text.startsWith('##[error]') && !CLOSING.test(text));
  const told = printed.find(({ text }) => tells(text));
  const first = [marked, told].flatMap((one) => (one === undefined ? [] : [one.place]));
  if (first.length > 0) return Math.min(...first);
  const closing = printed.findLast(({ text }) => text.startsWith('##[error]'));
  return closing?.place ?? null;
}

/** `AROUND` lines on both sides of it. */
export function excerptOf(
  lines: readonly string[],
  at: { readonly step: number; readonly skipped: number; readonly lineCount: number },
): ErrorExcerpt | null {
  const place = errorPlace(lines);
  if (place === null) return null;
  const from = Math.max(0, place - AROUND);
  return {
    step: at.step,
    firstLine: at.skipped + from + 1,
    errorLine: at.skipped + place + 1,
    lines: lines.slice(from, place + AROUND + 1),
    lineCount: at.lineCount,
  };
}

interface PlacedLine {
  readonly text: string;
  readonly place: number;
}

/** Without the head of the step: the text of a command may hold any word. */
function bodyOf(lines: readonly string[]): readonly PlacedLine[] {
  let isHead = false;
  const body: PlacedLine[] = [];
  lines.forEach((raw, place) => {
    const text = printedLine(raw.slice(0, LOOKED_AT));
    const [, mark = ''] = MARK.exec(text) ?? [];
    if (mark === 'group') isHead = place === 0;
    else if (mark === 'endgroup') isHead = false;
    else if (!isHead && mark !== 'command' && mark !== 'debug') body.push({ text, place });
  });
  return body;
}

function tells(text: string): boolean {
  return !MARK.test(text) && (TELLS.test(text) || NAMED.test(text)) && !DENIES.test(text);
}
