/** The difference of two short texts, line by line, as people know it from `diff -u`. */

interface Change {
  readonly sign: ' ' | '-' | '+';
  readonly line: string;
}

/** Lines around a change that are shown with it. */
const CONTEXT = 3;

/** Pure. Headed lines of the form that `patch` takes; none for texts that are the same. */
export function diffLines(
  before: { readonly name: string; readonly text: string },
  after: { readonly name: string; readonly text: string },
): readonly string[] {
  if (before.text === after.text) return [];
  const changes = compare(linesOf(before.text), linesOf(after.text));
  return [`--- ${before.name}`, `+++ ${after.name}`, ...hunks(changes)];
}

/** A text without a line end at its end differs from one with it. */
function linesOf(text: string): readonly string[] {
  const lines = text.split('\n');
  const last = lines.pop() ?? '';
  return last === '' ? lines : [...lines, `${last}\n\\ No newline at end of file`];
}

/** The same lines at both ends are set aside first, since the rest costs time and room. */
function compare(from: readonly string[], to: readonly string[]): readonly Change[] {
  const most = Math.min(from.length, to.length);
  let head = 0;
  while (head < most && from[head] === to[head]) head += 1;
  let tail = 0;
  while (tail < most - head && from[from.length - 1 - tail] === to[to.length - 1 - tail]) tail += 1;
  const same = (line: string): Change => ({ sign: ' ', line });
  return [
    ...from.slice(0, head).map(same),
    ...compareMiddle(from.slice(head, from.length - tail), to.slice(head, to.length - tail)),
    ...from.slice(from.length - tail).map(same),
  ];
}

/** Texts whose table would be larger than this are shown as removed and added as a whole. */
const LARGEST_TABLE = 4_000_000;

/** By the longest common subsequence. */
function compareMiddle(from: readonly string[], to: readonly string[]): readonly Change[] {
  const removed = (line: string): Change => ({ sign: '-', line });
  const added = (line: string): Change => ({ sign: '+', line });
  if (from.length * to.length > LARGEST_TABLE) return [...from.map(removed), ...to.map(added)];
  const common = commonLengths(from, to);
  const changes: Change[] = [];
  let [row, column] = [0, 0];
  while (row < from.length || column < to.length) {
    const [one, other] = [from[row] ?? '', to[column] ?? ''];
    if (row < from.length && column < to.length && one === other) {
      changes.push({ sign: ' ', line: one });
      [row, column] = [row + 1, column + 1];
    } else if (
      column >= to.length ||
      (row < from.length && lengthAt(common, row + 1, column) >= lengthAt(common, row, column + 1))
    ) {
      changes.push(removed(one));
      row += 1;
    } else {
      changes.push(added(other));
      column += 1;
    }
  }
  return changes;
}

/** How many lines are common from each pair of places on. */
function commonLengths(from: readonly string[], to: readonly string[]): readonly Uint32Array[] {
  const table = Array.from({ length: from.length + 1 }, () => new Uint32Array(to.length + 1));
  for (let row = from.length - 1; row >= 0; row -= 1) {
    const cells = table[row];
    for (let column = to.length - 1; column >= 0 && cells !== undefined; column -= 1) {
      const isSame = from[row] === to[column];
      cells[column] = isSame
        ? lengthAt(table, row + 1, column + 1) + 1
        : Math.max(lengthAt(table, row + 1, column), lengthAt(table, row, column + 1));
    }
  }
  return table;
}

function lengthAt(table: readonly Uint32Array[], row: number, column: number): number {
  return table[row]?.[column] ?? 0;
}

/** Changes with the lines around them; what lies far from any change is left out. */
function hunks(changes: readonly Change[]): readonly string[] {
  const shown = changes.map((_, at) =>
    changes.slice(Math.max(0, at - CONTEXT), at + CONTEXT + 1).some(({ sign }) => sign !== ' '),
  );
  const lines: string[] = [];
  let [row, column] = [1, 1];
  changes.forEach(({ sign, line }, at) => {
    if (shown[at] && !shown[at - 1]) lines.push(hunkHead({ changes, shown, at, row, column }));
    if (shown[at]) lines.push(...`${sign}${line}`.split('\n'));
    row += sign === '+' ? 0 : 1;
    column += sign === '-' ? 0 : 1;
  });
  return lines;
}

interface Hunk {
  readonly changes: readonly Change[];
  readonly shown: readonly boolean[];
  readonly at: number;
  readonly row: number;
  readonly column: number;
}

function hunkHead({ changes, shown, at, row, column }: Hunk): string {
  const next = shown.indexOf(false, at);
  const inside = changes.slice(at, next === -1 ? undefined : next);
  const [removed, added] = [
    inside.filter(({ sign }) => sign !== '+').length,
    inside.filter(({ sign }) => sign !== '-').length,
  ];
  return `@@ -${removed === 0 ? row - 1 : row},${removed} +${added === 0 ? column - 1 : column},${added} @@`;
}
