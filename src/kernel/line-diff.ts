/** The difference of two texts line by line: the shortest one that there is (Myers, "An O(ND) Difference Algorithm", 1986). */

export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added';
  /** Without its line end. */
  readonly text: string;
  /** Is it the last line of a text that ends without a line end? */
  readonly isOpen: boolean;
}

/** Changes that lie close together, with the lines around them. Lines count from 1; of an empty side the line before. */
export interface DiffHunk {
  readonly fromLine: number;
  readonly fromCount: number;
  readonly toLine: number;
  readonly toCount: number;
  readonly lines: readonly DiffLine[];
}

export interface LineDiff {
  readonly removed: number;
  readonly added: number;
  readonly hunks: readonly DiffHunk[];
}

/** Unchanged lines that are shown around a change. */
const CONTEXT = 3;
/** Texts that differ by more are told apart as a whole: the work and the room grow with the square. */
const MOST_EDITS = 1_500;
/** Of lines with each other, in one difference. */
const MOST_LOOKS = 10_000_000;

/** Pure. No hunk for texts that are the same. */
export function diffLines(from: string, to: string): LineDiff {
  const lines = compare(linesOf(from), linesOf(to));
  const count = (kind: DiffLine['kind']) => lines.filter((line) => line.kind === kind).length;
  return { removed: count('removed'), added: count('added'), hunks: hunksOf(lines) };
}

/** As `diff -u` prints it; empty for texts that are the same. */
export function unifiedDiff(names: { readonly from: string; readonly to: string }, { hunks }: LineDiff): string {
  if (hunks.length === 0) return '';
  return [`--- ${names.from}\n+++ ${names.to}\n`, ...hunks.map(hunkText)].join('');
}

function hunkText({ fromLine, fromCount, toLine, toCount, lines }: DiffHunk): string {
  return `@@ -${side(fromLine, fromCount)} +${side(toLine, toCount)} @@\n${lines.map(lineText).join('')}`;
}

function side(line: number, count: number): string {
  return count === 1 ? String(line) : `${line},${count}`;
}

function lineText({ kind, text, isOpen }: DiffLine): string {
  const sign = { same: ' ', removed: '-', added: '+' }[kind];
  return `${sign}${text}\n${isOpen ? '\\ No newline at end of file\n' : ''}`;
}

/** With their line ends: a last line with one is another line than one without. */
function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.split(/(?<=\n)/);
}

/** What both begin and end with is set aside. */
function compare(from: readonly string[], to: readonly string[]): readonly DiffLine[] {
  const most = Math.min(from.length, to.length);
  let head = 0;
  while (head < most && from[head] === to[head]) head += 1;
  let tail = 0;
  while (tail < most - head && from[from.length - 1 - tail] === to[to.length - 1 - tail]) tail += 1;
  return [
    ...linesAs('same', from.slice(0, head)),
    ...compareMiddle(from.slice(head, from.length - tail), to.slice(head, to.length - tail)),
    ...linesAs('same', from.slice(from.length - tail)),
  ];
}

function linesAs(kind: DiffLine['kind'], lines: readonly string[]): DiffLine[] {
  return lines.map((line) => ({ kind, text: line.replace(/\n$/, ''), isOpen: !line.endsWith('\n') }));
}

function compareMiddle(from: readonly string[], to: readonly string[]): readonly DiffLine[] {
  const path = shortestPath(numbered(from, to));
  if (path === null) return [...linesAs('removed', from), ...linesAs('added', to)];
  let [row, column] = [0, 0];
  return path.flatMap((kind) => {
    const line = kind === 'added' ? to[column]! : from[row]!;
    if (kind !== 'added') row += 1;
    if (kind !== 'removed') column += 1;
    return linesAs(kind, [line]);
  });
}

interface Sides {
  readonly from: Int32Array;
  readonly to: Int32Array;
}

/** Equal lines get equal numbers, which are compared at one look. */
function numbered(from: readonly string[], to: readonly string[]): Sides {
  const numbers = new Map<string, number>();
  const numberOf = (line: string): number => {
    const known = numbers.get(line) ?? numbers.size;
    numbers.set(line, known);
    return known;
  };
  return { from: Int32Array.from(from, numberOf), to: Int32Array.from(to, numberOf) };
}

/** Null when it takes too much. `reach`: per diagonal (row - column) the farthest row that so many edits get to. */
function shortestPath({ from, to }: Sides): readonly DiffLine['kind'][] | null {
  const most = Math.min(from.length + to.length, MOST_EDITS);
  const center = most + 1;
  const reach = new Int32Array(2 * most + 3);
  const before: Int32Array[] = [];
  let looks = 0;
  for (let edits = 0; edits <= most && looks < MOST_LOOKS; edits += 1) {
    before.push(reach.slice(center - edits - 1, center + edits + 2));
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const start = isAdding(reach, center + diagonal, edits, diagonal)
        ? reach[center + diagonal + 1]!
        : reach[center + diagonal - 1]! + 1;
      let row = start;
      while (row < from.length && row - diagonal < to.length && from[row] === to[row - diagonal]) row += 1;
      looks += row - start + 1;
      reach[center + diagonal] = row;
      if (row >= from.length && row - diagonal >= to.length) return walkBack(before, from.length, to.length);
    }
  }
  return null;
}

/** Is the diagonal reached by adding a line, rather than by removing one? */
function isAdding(reach: Int32Array, at: number, edits: number, diagonal: number): boolean {
  return diagonal === -edits || (diagonal !== edits && reach[at - 1]! < reach[at + 1]!);
}

function walkBack(before: readonly Int32Array[], rows: number, columns: number): readonly DiffLine['kind'][] {
  const path: DiffLine['kind'][] = [];
  let [row, column] = [rows, columns];
  for (let edits = before.length - 1; edits > 0; edits -= 1) {
    const reach = before[edits]!;
    const at = row - column + edits + 1;
    const adding = isAdding(reach, at, edits, row - column);
    const startRow = adding ? reach[at + 1]! : reach[at - 1]! + 1;
    for (; row > startRow; row -= 1, column -= 1) path.push('same');
    path.push(adding ? 'added' : 'removed');
    if (adding) column -= 1;
    else row -= 1;
  }
  for (; row > 0; row -= 1) path.push('same');
  return path.reverse();
}

function hunksOf(lines: readonly DiffLine[]): readonly DiffHunk[] {
  const hunks: DiffHunk[] = [];
  let [fromLine, toLine, at] = [1, 1, 0];
  for (const { start, end } of spansOf(lines)) {
    fromLine += start - at - count(lines.slice(at, start), 'added');
    toLine += start - at - count(lines.slice(at, start), 'removed');
    const inside = lines.slice(start, end);
    const [fromCount, toCount] = [inside.length - count(inside, 'added'), inside.length - count(inside, 'removed')];
    hunks.push({
      fromLine: fromCount === 0 ? fromLine - 1 : fromLine,
      fromCount,
      toLine: toCount === 0 ? toLine - 1 : toLine,
      toCount,
      lines: inside,
    });
    [fromLine, toLine, at] = [fromLine + fromCount, toLine + toCount, end];
  }
  return hunks;
}

function count(lines: readonly DiffLine[], kind: DiffLine['kind']): number {
  return lines.reduce((sum, line) => (line.kind === kind ? sum + 1 : sum), 0);
}

/** Of changed lines with those around them; two that touch are one. */
function spansOf(lines: readonly DiffLine[]): readonly { readonly start: number; readonly end: number }[] {
  const spans: { start: number; end: number }[] = [];
  lines.forEach(({ kind }, at) => {
    if (kind === 'same') return;
    const end = Math.min(at + 1 + CONTEXT, lines.length);
    const last = spans.at(-1);
    if (last !== undefined && at - CONTEXT <= last.end) last.end = end;
    else spans.push({ start: Math.max(0, at - CONTEXT), end });
  });
  return spans;
}
