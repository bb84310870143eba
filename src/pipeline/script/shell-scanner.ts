/** Where in a bash or sh script each hole stands, and whether a variable can stand there instead. */
import { Statement } from './shell-statement.js';

/** A script: characters and holes (numbers) in order. */
export type ScriptItem = string | number;

/** `quoted` wraps the variable's name for the place. */
export type HolePlace =
  | { readonly kind: 'variable'; readonly quote: (name: string) => string }
  | { readonly kind: 'refused'; readonly why: string };

export interface ScannedScript {
  readonly places: ReadonlyMap<number, HolePlace>;
  /** Does it name one of the command files, where a line break starts a new entry? */
  readonly namesCommandFile: boolean;
}

export function scanShell(items: readonly ScriptItem[]): ScannedScript {
  return new ShellScanner(items).scan();
}

type FrameKind = 'command' | 'double' | 'parameter' | 'arithmetic' | 'backtick' | 'here-document';

interface Frame {
  readonly kind: FrameKind;
  /** Where words and holes inside it go; of a command frame it changes with each statement. */
  statement: Statement;
  /** Open parentheses inside. */
  depth: number;
  readonly document?: HereDocument;
}

interface HereDocument {
  readonly delimiter: string;
  readonly quoted: boolean;
  readonly tabs: boolean;
  readonly statement: Statement;
}

interface OpenWord {
  text: string;
  before: string | null;
  readonly holes: number[];
}

const RESERVED = ['if', 'then', 'else', 'elif', 'do', 'while', 'until', '!', '{', 'time', 'coproc'];
const REFUSED: Readonly<Partial<Record<FrameKind, string>>> = {
  parameter: 'it stands inside ${…}',
  arithmetic: 'arithmetic evaluates it',
  backtick: 'it stands inside backticks',
};

const PLAIN = (name: string) => `"\${${name}}"`;
const BARE = (name: string) => `\${${name}}`;
const BETWEEN_QUOTES = (name: string) => `'"\${${name}}"'`;

/** Whoever prints into one of these may do so from anywhere in the script: through a block, a loop, another name. */
const COMMAND_FILE = /GITHUB_(ENV|PATH|OUTPUT|STATE)/;
const ARITHMETIC =
  /\(\(|\[\[[^\n]*\s-(eq|ne|lt|le|gt|ge)\s|\b(declare|typeset|local|let|readonly|export)\b\s+-\w*i|\blet\b/;

class ShellScanner {
  private at = 0;
  private readonly frames: Frame[] = [];
  private readonly statements: Statement[] = [];
  private readonly places = new Map<number, HolePlace>();
  private readonly pending: HereDocument[] = [];
  private word: OpenWord | null = null;
  private readonly outerWords: { word: OpenWord | null; commandNext: boolean }[] = [];
  private commandNext = true;

  constructor(private readonly items: readonly ScriptItem[]) {}

  scan(): ScannedScript {
    this.push('command', 0);
    while (this.at < this.items.length) this.step();
    this.endWord();
    this.judge();
    return { places: this.places, namesCommandFile: COMMAND_FILE.test(this.text) };
  }

  private get text(): string {
    return this.items.filter((item) => typeof item === 'string').join('');
  }

  private judge(): void {
    if (ARITHMETIC.test(this.text))
      for (const hole of this.statements.flatMap((statement) => statement.assignedHoles()))
        this.refuse(hole, 'arithmetic could evaluate the variable that it is given to');
    for (const statement of this.statements) {
      const fault = statement.fault();
      if (fault !== null) for (const hole of statement.holes) this.refuse(hole, fault);
      if (statement.runsBlock())
        for (const hole of this.places.keys())
          this.refuse(hole, 'a block that holds it is piped into a program that could run it');
    }
  }

  private get frame(): Frame {
    return this.frames.at(-1) as Frame;
  }

  private step(): void {
    const item = this.items[this.at] as ScriptItem;
    if (typeof item === 'number') return this.hole(item);
    switch (this.frame.kind) {
      case 'command':
        return this.inCommand(item);
      case 'double':
        return this.inDouble(item);
      case 'here-document':
        return this.inDocument(item);
      case 'backtick':
        return item === '\\' ? this.skip(2) : item === '`' ? this.pop() : this.skip(1);
      default:
        return this.inBraces(item);
    }
  }

  private hole(hole: number): void {
    const why = this.frames.map(({ kind }) => REFUSED[kind]).find((reason) => reason !== undefined);
    const before = this.items[this.at - 1];
    for (const { statement } of this.frames) statement.holes.add(hole);
    this.noteInWord(hole);
    if (why) this.refuse(hole, why);
    else if (before === '\\' || before === '$') this.refuse(hole, `a ${before} stands before it`);
    else if (this.frame.document?.quoted) this.refuse(hole, 'it stands in a quoted here-document');
    else this.places.set(hole, { kind: 'variable', quote: this.frame.kind === 'command' ? PLAIN : BARE });
    this.at += 1;
  }

  private noteInWord(hole: number): void {
    if (this.frame.kind === 'here-document') return;
    const word = this.openWord();
    word.before ??= word.text;
    word.holes.push(hole);
  }

  private refuse(hole: number, why: string): void {
    if (this.places.get(hole)?.kind !== 'refused') this.places.set(hole, { kind: 'refused', why });
  }

  private inCommand(character: string): void {
    if (character === '\\') return this.escape();
    if (character === "'") return this.single();
    if (character === '"') return this.push('double');
    if (character === '`' || character === '$') return this.expansion(character);
    if (character === '#' && this.word === null) return this.comment();
    if (character === '\n') return this.endLine();
    if (character === ' ' || character === '\t' || character === '\r') return this.blank();
    if ('<>'.includes(character)) return this.redirection(character);
    if (';&|()'.includes(character)) return this.operator(character);
    this.take(character);
  }

  private escape(): void {
    const next = this.items[this.at + 1];
    if (next !== '\n' && typeof next === 'string') this.openWord().text += next;
    this.skip(typeof next === 'number' ? 1 : 2);
  }

  private single(): void {
    this.openWord();
    for (this.at += 1; this.at < this.items.length; this.at += 1) {
      const item = this.items[this.at] as ScriptItem;
      if (item === "'") break;
      if (typeof item === 'number') this.holeInSingle(item);
      else this.openWord().text += item;
    }
    this.at += 1;
  }

  private holeInSingle(hole: number): void {
    this.hole(hole);
    this.at -= 1;
    if (this.places.get(hole)?.kind === 'variable') this.places.set(hole, { kind: 'variable', quote: BETWEEN_QUOTES });
  }

  /** `` ` ``, `$(`, `$((`, `${`, `$[`, `$'`, or a plain `$`. */
  private expansion(character: string): void {
    this.openWord();
    if (character === '`') return this.push('backtick');
    if (this.looksAt('$((')) return this.push('arithmetic', 3);
    if (this.looksAt('$(')) return this.push('command', 2);
    if (this.looksAt('${')) return this.push('parameter', 2);
    if (this.looksAt('$[')) return this.push('arithmetic', 2);
    if (this.looksAt("$'") && this.frame.kind === 'command') return this.ansi();
    this.take(character);
  }

  private ansi(): void {
    for (this.at += 2; this.at < this.items.length && this.items[this.at] !== "'"; this.at += 1) {
      const item = this.items[this.at] as ScriptItem;
      if (typeof item === 'number') {
        this.hole(item);
        this.refuse(item, "it stands inside $'…'");
        this.at -= 1;
      } else if (item === '\\') this.at += typeof this.items[this.at + 1] === 'string' ? 1 : 0;
    }
    this.at += 1;
  }

  private comment(): void {
    for (; this.at < this.items.length && this.items[this.at] !== '\n'; this.at += 1) {
      const item = this.items[this.at] as ScriptItem;
      if (typeof item === 'number') this.places.set(item, { kind: 'variable', quote: BARE });
    }
  }

  private blank(): void {
    this.endWord();
    this.at += 1;
  }

  private redirection(character: string): void {
    if (this.looksAt('<<<')) return this.skipOperator(3);
    if (this.looksAt('<<')) return this.hereDocument();
    if (this.looksAt('<(') || this.looksAt('>(')) {
      this.openWord();
      return this.push('command', 2);
    }
    if (/^\d*$/.test(this.word?.text ?? '')) this.word = null;
    this.skipOperator(this.items[this.at + 1] === character || this.items[this.at + 1] === '&' ? 2 : 1);
  }

  /** What follows is no command word, also where a command is expected: `> file cmd` is rare enough to be refused. */
  private skipOperator(count: number): void {
    this.endWord();
    this.at += count;
  }

  private hereDocument(): void {
    this.endWord();
    const tabs = this.items[this.at + 2] === '-';
    this.at += tabs ? 3 : 2;
    while (this.items[this.at] === ' ' || this.items[this.at] === '\t') this.at += 1;
    let raw = '';
    for (; this.at < this.items.length && !/[\s;&|<>()]/.test(String(this.items[this.at])); this.at += 1)
      raw += String(this.items[this.at]);
    const delimiter = raw.replace(/['"\\]/g, '');
    this.pending.push({ delimiter, quoted: delimiter !== raw, tabs, statement: this.frame.statement });
  }

  private operator(character: string): void {
    this.endWord();
    if (character === '(') return this.parenthesis();
    if (character === ')') return this.closeParenthesis();
    if (character === '|' && this.items[this.at + 1] !== '|') {
      this.commandNext = true;
      return this.skip(this.items[this.at + 1] === '&' ? 2 : 1);
    }
    this.newStatement();
    this.skip(this.items[this.at + 1] === character ? 2 : 1);
  }

  private parenthesis(): void {
    if (this.looksAt('((')) return this.push('arithmetic', 2);
    this.frame.depth += 1;
    this.commandNext = true;
    this.at += 1;
  }

  private closeParenthesis(): void {
    if (this.frame.depth === 0 && this.frames.length > 1) return this.pop();
    if (this.frame.depth > 0) {
      this.frame.depth -= 1;
      this.newStatement();
      this.frame.statement.words.push({ text: ')', holes: [], before: '', isCommand: false });
    }
    this.commandNext = true;
    this.at += 1;
  }

  private endLine(): void {
    this.endWord();
    this.newStatement();
    this.at += 1;
    this.openDocument();
  }

  private openDocument(): void {
    const document = this.pending.shift();
    if (!document) return;
    this.frames.push({ kind: 'here-document', statement: document.statement, depth: 0, document });
    this.closeDocumentAtDelimiter();
  }

  private inDocument(character: string): void {
    if (character === '\n') {
      this.at += 1;
      return this.closeDocumentAtDelimiter();
    }
    if (this.frame.document?.quoted) return this.skip(1);
    if (character === '\\') return this.skip(typeof this.items[this.at + 1] === 'number' ? 1 : 2);
    if (character === '`' || character === '$') return this.expansion(character);
    this.at += 1;
  }

  private closeDocumentAtDelimiter(): void {
    const { document } = this.frame;
    if (!document) return;
    let end = this.at;
    while (document.tabs && this.items[end] === '\t') end += 1;
    const start = end;
    while (end < this.items.length && this.items[end] !== '\n') end += 1;
    if (this.items.slice(start, end).join('') !== document.delimiter) return;
    this.at = end + 1;
    this.frames.pop();
    this.word = null;
    this.commandNext = true;
    this.openDocument();
  }

  private inDouble(character: string): void {
    if (character === '"') return this.pop();
    if (character === '\\') return this.escape();
    if (character === '`' || character === '$') return this.expansion(character);
    this.take(character);
  }

  /** `${…}`, `$((…))`, `((…))`, `$[…]`: only their ends matter, since no hole is allowed inside. */
  private inBraces(character: string): void {
    if (character === '\\') return this.skip(2);
    if (this.frame.kind === 'parameter')
      return character === '}' ? this.pop() : character === '$' ? this.expansion('$') : this.skip(1);
    if (character === '(') this.frame.depth += 1;
    if (character === ')' && this.frame.depth > 0) this.frame.depth -= 1;
    else if (character === ']' && this.frame.depth === 0) return this.pop();
    else if (character === ')') return this.pop(this.items[this.at + 1] === ')' ? 2 : 1);
    this.at += 1;
  }

  private push(kind: FrameKind, skip = 1): void {
    if (kind !== 'double') {
      this.outerWords.push({ word: this.word, commandNext: this.commandNext });
      if (kind === 'command') this.word = null;
    } else this.openWord();
    const statement = kind === 'command' ? this.startStatement() : this.frame.statement;
    this.frames.push({ kind, statement, depth: 0 });
    if (kind === 'command') this.commandNext = true;
    this.at += skip;
  }

  private pop(skip = 1): void {
    if (this.frame.kind === 'command') this.endWord();
    const { kind } = this.frame;
    this.frames.pop();
    if (kind !== 'double') {
      const outer = this.outerWords.pop();
      this.word = outer?.word ?? null;
      this.commandNext = outer?.commandNext ?? false;
    }
    this.at += skip;
  }

  private startStatement(): Statement {
    const statement = new Statement();
    this.statements.push(statement);
    return statement;
  }

  private newStatement(): void {
    this.frame.statement = this.startStatement();
    this.commandNext = true;
  }

  private openWord(): OpenWord {
    this.word ??= { text: '', before: null, holes: [] };
    return this.word;
  }

  private take(character: string): void {
    if (this.frame.kind !== 'here-document') this.openWord().text += character;
    this.at += 1;
  }

  private endWord(): void {
    if (this.word === null) return;
    const { text, before, holes } = this.word;
    this.word = null;
    this.frame.statement.words.push({ text, holes, before: before ?? text, isCommand: this.commandNext });
    const assigns = /^[A-Za-z_]\w*\+?=/.test(before ?? text);
    if (!assigns) this.commandNext = this.commandNext && RESERVED.includes(text);
  }

  private looksAt(text: string): boolean {
    return Array.from(text).every((character, index) => this.items[this.at + index] === character);
  }

  private skip(count: number): void {
    this.at += count;
  }
}
