/** "Did you mean": the known word that is nearest to a mistyped one. */

const LONGEST = 60;

/** The nearest of the known words, or null when none is near. Case and the difference of `_` and `-` are ignored. */
export function nearestWord(word: string, known: Iterable<string>): string | null {
  if (word.length > LONGEST) return null;
  let best: string | null = null;
  let least = mostEdits(word.length) + 1;
  for (const candidate of known) {
    const distance = editDistance(plain(word), plain(candidate));
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

/** Short words are near to everything. */
function mostEdits(length: number): number {
  if (length <= 3) return length === 3 ? 1 : 0;
  return Math.max(2, Math.floor(length / 3));
}

function plain(word: string): string {
  return word.toLowerCase().replaceAll('_', '-');
}

/** How many letters must be added, dropped, exchanged or swapped with their neighbour. */
function editDistance(from: string, to: string): number {
  const rows = [Array.from({ length: to.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= from.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= to.length; column += 1) next.push(cheapest({ from, to, rows, next, row, column }));
    rows.push(next);
  }
  return rows[from.length]?.[to.length] ?? from.length;
}

interface Cell {
  readonly from: string;
  readonly to: string;
  readonly rows: readonly (readonly number[])[];
  readonly next: readonly number[];
  readonly row: number;
  readonly column: number;
}

function cheapest({ from, to, rows, next, row, column }: Cell): number {
  const at = (up: number, left: number) => rows[row - up]?.[column - left] ?? Infinity;
  const isSame = from[row - 1] === to[column - 1];
  const isSwap = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
  const swapped = isSwap ? at(2, 2) + 1 : Infinity;
  return Math.min(at(1, 1) + (isSame ? 0 : 1), at(1, 0) + 1, (next[column - 1] ?? Infinity) + 1, swapped);
}
