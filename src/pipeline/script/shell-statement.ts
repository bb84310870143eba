/** One statement of a shell script, as far as it decides whether a variable in it can become code. */

/** Programs and builtins that run, or may run, an argument or their input as code. */
const INTERPRETERS = new RegExp(
  `^(${[
    'eval|source|\\.|trap|alias|bind|complete|enable|let|declare|typeset|unset|read|mapfile|readarray|getopts|coproc|exec',
    'command|builtin|env|nohup|nice|time|timeout|watch|xargs|parallel|find|sudo|su|doas|runuser|setpriv|chroot|unshare|ssh|script',
    '(ba|da|a|k|mk|z|c|tc|fi)?sh|flock|tmux|screen|rsync|busybox|pwsh|powershell',
    'python[\\d.]*|pypy[\\d.]*|perl[\\d.]*|ruby[\\d.]*|node|nodejs|deno|bun|php[\\d.]*|lua[\\d.]*|luajit|tclsh|expect|Rscript|julia|groovy|guile',
    '[gmn]?awk|g?sed|make|gmake|vim?|ex|ed|emacs|psql|mysql|sqlite3|m4|envsubst|npx|npm|at|batch|crontab',
  ].join('|')})$`,
);

/** Builtins that are safe with `NAME="…"`, and with nothing else from outside. */
const ASSIGNING = /^(export|readonly|local)$/;
/** Variables that steer what is run. */
const STEERING =
  /^(PATH|IFS|ENV|BASH_ENV|BASHOPTS|SHELLOPTS|PROMPT_COMMAND|PS\d|LD_\w+|GIT_\w+|NODE_OPTIONS|PYTHON\w*|PERL5\w*|RUBY\w*)$/;
const ARITHMETIC = /^-(eq|ne|lt|le|gt|ge|v|R)$/;
const ASSIGNMENT = /^[A-Za-z_]\w*\+?=/;
/** Options whose value many programs run. */
const TAKES_CODE = /^(-c|-e|--eval|--exec|--command|new|new-session|new-window)$/;
const HOLDS_CODE = /(exec|alias[.\w-]*)=/;
/** Programs whose options of these names take no code. */
const HARMLESS = /^(echo|[ef]?grep|test|\[\[?|wc|head|tail|cut|sort|uniq)$/;
const CLOSERS = ['}', 'done', 'fi', 'esac', ')'];

export interface ShellWord {
  /** Its literal text, quotes removed; a hole is nothing. */
  readonly text: string;
  /** Holes that stand in the word itself, not in a substitution inside it. */
  readonly holes: readonly number[];
  /** Literal text before its first hole. */
  readonly before: string;
  readonly isCommand: boolean;
}

export class Statement {
  readonly words: ShellWord[] = [];
  /** Every hole within it, those of substitutions and here-documents included. */
  readonly holes = new Set<number>();

  /** Why its holes cannot be variables, or null. */
  fault(): string | null {
    const words = this.words.map(({ text }) => text);
    const program = words.find((word) => INTERPRETERS.test(baseName(word)));
    if (program !== undefined) return `\`${baseName(program)}\` could run it as code`;
    if (this.words.some(({ isCommand, text }) => isCommand && text.includes('$')))
      return 'which program is run is not known';
    const test = words.some((word) => word === '[[' || word === '[' || word === 'test');
    if (test && words.some((word) => isArithmetic(word, words))) return 'a numeric comparison evaluates it';
    if (words.includes('printf') && words.includes('-v')) return '`printf -v` evaluates it';
    return this.words.map((word, at) => wordFault(word, words, words[at - 1])).find((fault) => fault !== null) ?? null;
  }

  /** Does it take what a whole block before it printed, and could it run that? */
  runsBlock(): boolean {
    return (
      CLOSERS.includes(this.words[0]?.text ?? '') && this.words.some(({ text }) => INTERPRETERS.test(baseName(text)))
    );
  }

  /** Holes that a variable is set to. */
  assignedHoles(): readonly number[] {
    return this.words.filter(({ before }) => ASSIGNMENT.test(before)).flatMap(({ holes }) => holes);
  }
}

function isArithmetic(word: string, words: readonly string[]): boolean {
  return ARITHMETIC.test(word) && (words.includes('[[') || word === '-v' || word === '-R');
}

function wordFault(word: ShellWord, words: readonly string[], previous = ''): string | null {
  if (word.holes.length === 0) return null;
  const isHarmless = words.some((text) => HARMLESS.test(baseName(text)));
  if (!isHarmless && (TAKES_CODE.test(previous) || HOLDS_CODE.test(word.before)))
    return 'the option that it is given to may take code';
  const [, name, subscript] = /^([A-Za-z_]\w*)(\[)?/.exec(word.before) ?? [];
  const assigns = ASSIGNMENT.test(word.before);
  if (subscript) return 'an array subscript evaluates it';
  if (assigns && STEERING.test(name ?? '')) return `\`${name ?? ''}\` decides what is run`;
  if (words.some((text) => ASSIGNING.test(text)) && !assigns) return 'it would name a variable';
  return word.isCommand && !assigns ? 'it would name the program that is run' : null;
}

function baseName(word: string): string {
  return word.slice(word.lastIndexOf('/') + 1) || word;
}
