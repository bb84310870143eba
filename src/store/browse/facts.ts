/** What the indices of the lists know of a row, as words of a full-text index: `p:12` is its project, `a:626f62` its actor, in hex. */

/** One for each column that lists are filtered by. */
export type Letter =
  | 'a' // actor
  | 'c' // first seven digits of the commit
  | 'e' // GitHub's name of the event, or the topic
  | 'f' // family of the topic: what stands before its first dot
  | 'k' // kind of an event, key of a pipeline
  | 'n' // number of the pull-request, name of a pipeline
  | 'o' // how the sending of a flag stands
  | 'p' // project
  | 'r' // ref
  | 's' // status that a flag wants
  | 't' // topic, trust of a run
  | 'v' // verdict that is not ok
  | 'x'; // result of a run

/** Words of a text are cut there, in the index and in what is looked for. */
const LONGEST_WORD = 64;
/** More of one text are not looked at. */
const MOST_WORDS = 64;
/** So many digits of a commit stand in an index. */
export const COMMIT_DIGITS = 7;

export function fact(letter: Letter, value: string | number): string {
  return `${letter}:${typeof value === 'number' ? value : Buffer.from(value, 'utf8').toString('hex')}`;
}

/** Letters and digits in lower case without accents: no other word of an index looks like one. */
export function wordsOf(text: string): readonly string[] {
  const plain = text.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '');
  const words = plain.match(/[\p{L}\p{N}]+/gu) ?? [];
  return [...new Set(words.slice(0, MOST_WORDS).map((word) => word.slice(0, LONGEST_WORD)))];
}

/** The query of FTS5 for rows that have one word of every group. */
export function matchOf(groups: readonly (readonly string[])[]): string {
  return groups.map((words) => `(${words.map((word) => `"${word}"`).join(' OR ')})`).join(' AND ');
}
