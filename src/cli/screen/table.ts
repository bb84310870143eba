/** Rows for people: one line each, fit to the terminal's width. */
import { stripVTControlCharacters } from 'node:util';
import CliTable from 'cli-table3';

export interface Column {
  readonly title: string;
  /** May be cut to this many columns when the terminal is narrow. */
  readonly least?: number;
  /** May be left out when the terminal is narrow still: the highest first. */
  readonly leftOut?: number;
  readonly align?: 'right';
}

export interface TableOptions {
  readonly columns: readonly Column[];
  /** One cell per column. */
  readonly rows: readonly (readonly string[])[];
  /** Columns of the terminal; null where nothing limits a line. */
  readonly width: number | null;
  readonly paintTitle: (text: string) => string;
}

const GAP = 2;

/** Pure. Without a line end after the last row. */
export function drawTable({ columns, rows, width, paintTitle }: TableOptions): string {
  const natural = columns.map(({ title }, at) =>
    Math.max(...[title, ...rows.map((row) => row[at] ?? '')].map(widthOf)),
  );
  const kept = fit(columns, natural, width);
  const table = new CliTable({
    chars: NO_LINES,
    style: { 'padding-left': 0, 'padding-right': GAP, head: [], border: [], compact: true },
    colWidths: kept.map(({ size }) => size + GAP),
    colAligns: kept.map(({ at }) => columns[at]?.align ?? 'left'),
  });
  for (const row of [columns.map(({ title }) => paintTitle(title)), ...rows]) {
    table.push(kept.map(({ at }) => row[at] ?? ''));
  }
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

interface Kept {
  /** Its place among all columns. */
  readonly at: number;
  readonly size: number;
}

/** First the columns that may shrink do, then the least needed ones go. */
function fit(columns: readonly Column[], natural: readonly number[], width: number | null): readonly Kept[] {
  let kept: Kept[] = natural.map((size, at) => ({ at, size }));
  if (width === null) return kept;
  for (;;) {
    const shrunk = shrink(columns, kept, width);
    const goes = mostDispensable(columns, kept);
    if (total(shrunk) <= width || goes === null) return shrunk;
    kept = kept.filter(({ at }) => at !== goes);
  }
}

function shrink(columns: readonly Column[], kept: readonly Kept[], width: number): readonly Kept[] {
  let over = total(kept) - width;
  return [...kept]
    .sort((one, other) => other.size - one.size)
    .map(({ at, size }) => {
      const least = Math.min(size, columns[at]?.least ?? size);
      const cut = Math.max(0, Math.min(over, size - least));
      over -= cut;
      return { at, size: size - cut };
    })
    .sort((one, other) => one.at - other.at);
}

function mostDispensable(columns: readonly Column[], kept: readonly Kept[]): number | null {
  const rank = ({ at }: Kept) => columns[at]?.leftOut ?? 0;
  const [first] = kept.filter((each) => rank(each) > 0).sort((one, other) => rank(other) - rank(one));
  return first?.at ?? null;
}

function total(kept: readonly Kept[]): number {
  return kept.reduce((sum, { size }) => sum + size + GAP, -GAP);
}

/** How many columns a text takes on a terminal: letters of East Asia and pictures take two. */
export function widthOf(text: string): number {
  let width = 0;
  for (const letter of stripVTControlCharacters(text)) width += letterWidth(letter);
  return width;
}

function letterWidth(letter: string): number {
  if (/\p{M}/u.test(letter)) return 0;
  return /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u.test(
    letter,
  )
    ? 2
    : 1;
}

const NO_LINES = Object.fromEntries(
  ['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right']
    .concat(['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid', 'middle'])
    .map((name) => [name, '']),
);
