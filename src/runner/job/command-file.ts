/** Reads what a step wrote into its command files (GITHUB_ENV, GITHUB_OUTPUT, GITHUB_PATH). Pure. */

/** The pairs before a malformed line still count. */
export interface ReadPairs {
  readonly pairs: readonly (readonly [string, string])[];
  /** What is wrong with the first malformed line, or null. */
  readonly fault: string | null;
}

/** `K=V`, or `K<<DELIM`, lines, `DELIM`: whichever of `=` and `<<` comes first decides. Empty lines are left out. */
export function readPairs(text: string): ReadPairs {
  const lines = linesOf(text);
  const pairs: [string, string][] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (line === '') continue;
    const entry = splitEntry(line);
    if (entry === null) return { pairs, fault: `'${shown(line)}' is neither NAME=VALUE nor NAME<<DELIMITER` };
    if (entry.kind === 'value') {
      pairs.push([entry.name, entry.value]);
      continue;
    }
    const end = lines.indexOf(entry.delimiter, at + 1);
    if (end < 0)
      return { pairs, fault: `the delimiter '${shown(entry.delimiter)}' of ${shown(entry.name)} is missing` };
    pairs.push([entry.name, lines.slice(at + 1, end).join('\n')]);
    at = end;
  }
  return { pairs, fault: null };
}

/** One folder per line. */
export function readPaths(text: string): readonly string[] {
  return linesOf(text).filter((line) => line !== '');
}

/** Carriage returns stay: GitHub's runner cuts at newlines only, on Linux. A byte order mark is left out. */
function linesOf(text: string): readonly string[] {
  return text.replace(/^\uFEFF/, '').split('\n');
}

type Entry =
  | { readonly kind: 'value'; readonly name: string; readonly value: string }
  | { readonly kind: 'block'; readonly name: string; readonly delimiter: string };

function splitEntry(line: string): Entry | null {
  const equals = line.indexOf('=');
  const marker = line.indexOf('<<');
  if (equals > 0 && (marker < 0 || equals < marker)) {
    return { kind: 'value', name: line.slice(0, equals), value: line.slice(equals + 1) };
  }
  if (marker > 0 && (equals < 0 || marker < equals) && line.length > marker + 2) {
    return { kind: 'block', name: line.slice(0, marker), delimiter: line.slice(marker + 2) };
  }
  return null;
}

function shown(text: string): string {
  return text.slice(0, 80);
}
