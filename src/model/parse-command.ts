/** What a comment asks for, when the whole of it is a command: pure. */

export type Command =
  | { readonly kind: 'rerun'; readonly jobs: 'all' | 'failed' }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'explain' }
  /** `sha` null: it does not name a commit by all of its 40 digits. */
  | { readonly kind: 'approve'; readonly sha: string | null }
  | { readonly kind: 'run'; readonly pipeline: string; readonly inputs: Readonly<Record<string, string>> }
  /** It begins like one of ours and is none. */
  | { readonly kind: 'wrong'; readonly says: string };

/** Words of a project, each for a command of ours. */
export type CommandWords = Readonly<Record<string, string>>;

/** Characters; longer comments are talk. */
export const LONGEST_COMMAND = 1_000;

const RUN_USAGE = 'write /run NAME key=value …, with quotes around a value that holds blanks';

const MOST_WORDS = 20;

/** Pure. Why words cannot be those of a project; null when they can. An approval names a commit, so no word stands for one. */
export function faultOfWords(words: CommandWords): string | null {
  const entries = Object.entries(words);
  if (entries.length > MOST_WORDS) return `must be at most ${MOST_WORDS} words`;
  const isWord = (word: string) =>
    word.length <= 50 &&
    word.trim() === word &&
    word !== '' &&
    !word.startsWith('/') &&
    !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(word);
  const stands = (text: string) => ['rerun', 'cancel', 'explain', 'run'].includes(parseCommand(text)?.kind ?? '');
  if (entries.every(([word, text]) => isWord(word) && stands(text))) return null;
  return 'must give to each word (1 to 50 characters, no slash first) a command: /rerun, /rerun failed, /cancel, /explain or /run NAME key=value';
}

/** Null for a comment that is no command: the whole of it must be one, in one line (FACTS trap 11). */
export function parseCommand(comment: string, words: CommandWords = {}): Command | null {
  const text = comment.trim();
  if (text.length > LONGEST_COMMAND || /[\p{Cc}\p{Zl}\p{Zp}]/u.test(text)) return null;
  return Object.hasOwn(words, text) ? own(words[text] ?? '') : own(text);
}

function own(text: string): Command | null {
  if (text === '/rerun') return { kind: 'rerun', jobs: 'all' };
  if (text === '/rerun failed') return { kind: 'rerun', jobs: 'failed' };
  if (text === '/cancel') return { kind: 'cancel' };
  if (text === '/explain') return { kind: 'explain' };
  if (text === '/approve' || text.startsWith('/approve ')) return approve(text.slice('/approve'.length).trim());
  if (text === '/run' || text.startsWith('/run ')) return run(text.slice('/run'.length).trim());
  return null;
}

function approve(sha: string): Command {
  return { kind: 'approve', sha: /^[0-9a-f]{40}$/.test(sha) ? sha : null };
}

function run(text: string): Command {
  const [pipeline = '', ...pairs] = [...text.matchAll(/(?:[^\s"]|"[^"]*")+/g)].map(([word]) => word);
  const isOpen = text.replace(/"[^"]*"/g, '').includes('"');
  if (pipeline === '' || pipeline.includes('"') || isOpen) return { kind: 'wrong', says: RUN_USAGE };
  const inputs: [string, string][] = [];
  for (const pair of pairs) {
    const [, name, value] = /^([A-Za-z_][\w-]*)=(.*)$/.exec(pair) ?? [];
    if (name === undefined || value === undefined) return { kind: 'wrong', says: RUN_USAGE };
    inputs.push([name, value.replaceAll('"', '')]);
  }
  return { kind: 'run', pipeline, inputs: Object.fromEntries(inputs) };
}
