/** "Did you mean": the nearest of the known words. */

const MAX_WORD = 60;

/** ` — did you mean \`x\`?`, or '' when nothing is near. */
export function didYouMean(word: string, known: Iterable<string>): string {
  const near = nearest(word, known);
  return near === null ? '' : `; did you mean \`${near}\`?`;
}

function nearest(word: string, known: Iterable<string>): string | null {
  if (word.length > MAX_WORD) return null;
  let best: string | null = null;
  let least = mostEdits(word.length) + 1;
  for (const candidate of known) {
    const distance = distanceOf(normal(word), normal(candidate), least);
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

/** Short words are near to everything. */
function mostEdits(length: number): number {
  if (length <= 3) return length === 3 ? 1 : 0;
  return Math.max(2, Math.floor(length / 3));
}

function normal(word: string): string {
  return word.toLowerCase().replaceAll('_', '-');
}

/** Levenshtein's distance, or `limit` when it is at least that. */
function distanceOf(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return Math.min(row[b.length] ?? limit, limit);
}
