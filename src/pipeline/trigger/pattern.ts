/** GitHub's filter patterns, matched in time linear in pattern × text: no backtracking (LANGUAGE.md, "Filters"). */

import { Automaton, type Instruction } from './automaton.js';

/** What is wrong with a pattern, for people. */
export class PatternError extends Error {}

/** What a name or path costs grows with the pattern; nobody writes a longer one. */
export const MAX_PATTERN = 1_000;

/** Compiled when it is needed for the first time, and kept with what it has learnt of the texts it saw. */
export class Pattern {
  readonly negated: boolean;
  private automaton: Automaton | null = null;

  constructor(readonly source: string) {
    this.negated = source.startsWith('!');
  }

  /** Does the pattern (without its `!`) match the whole text? Throws a PatternError for a malformed pattern. */
  matches(text: string): boolean {
    return (this.automaton ??= this.compiled()).matches(text);
  }

  /** Throws a PatternError for a malformed pattern. */
  check(): void {
    this.automaton ??= this.compiled();
  }

  private compiled(): Automaton {
    const { source, negated } = this;
    if (source.length > MAX_PATTERN) throw new PatternError(`it is longer than ${MAX_PATTERN} characters`);
    const body = Array.from(negated ? source.slice(1) : source);
    if (body.length === 0) throw new PatternError('the pattern is empty');
    return new Automaton(new Compiler(body).compile());
  }
}

/** Throws a PatternError for a malformed pattern. */
export function compilePattern(source: string): Pattern {
  const pattern = new Pattern(source);
  pattern.check();
  return pattern;
}

/** Does the pattern (without its `!`) match the whole text? */
export function patternMatches(pattern: Pattern, text: string): boolean {
  return pattern.matches(text);
}

const NOT_SLASH = (character: string) => character !== '/';
const ANY = () => true;

class Compiler {
  private at = 0;
  private readonly program: Instruction[] = [];

  constructor(private readonly body: readonly string[]) {}

  compile(): readonly Instruction[] {
    while (this.at < this.body.length) this.element();
    return this.program;
  }

  private element(): void {
    const character = this.body[this.at] as string;
    if (character === '*') return this.stars();
    if (character === '?' || character === '+') {
      throw new PatternError(
        `nothing stands before \`${character}\` that it could repeat; write \\${character} for the character itself`,
      );
    }
    this.repeated(character === '[' ? this.brackets() : this.literal());
  }

  private stars(): void {
    const first = this.at;
    while (this.body[this.at] === '*') this.at += 1;
    if (this.at - first === 1) return this.many(NOT_SLASH);
    const opensFolder = first === 0 || this.body[first - 1] === '/';
    if (opensFolder && this.body[this.at] === '/') return this.folders();
    this.many(ANY);
  }

  /** `**` and its `/` together also match nothing. */
  private folders(): void {
    this.at += 1;
    const start = this.program.length;
    this.program.push({ kind: 'split', to: [start + 1, start + 5] });
    this.many(ANY);
    this.program.push({ kind: 'character', accepts: (character) => character === '/' });
    this.program[start] = { kind: 'split', to: [start + 1, this.program.length] };
  }

  private many(accepts: (character: string) => boolean): void {
    const start = this.program.length;
    this.program.push({ kind: 'split', to: [start + 1, start + 3] }, { kind: 'character', accepts });
    this.program.push({ kind: 'split', to: [start, start + 3] });
  }

  private repeated(accepts: (character: string) => boolean): void {
    const start = this.program.length;
    const sign = this.body[this.at];
    if (sign === '?') this.program.push({ kind: 'split', to: [start + 1, start + 2] });
    this.program.push({ kind: 'character', accepts });
    if (sign === '+') this.program.push({ kind: 'split', to: [start, start + 2] });
    if (sign === '?' || sign === '+') this.at += 1;
  }

  private literal(): (character: string) => boolean {
    const literal = this.take('the pattern ends with a single \\');
    return (character) => character === literal;
  }

  /** The next character, of which a `\` takes its meaning away. */
  private take(atEnd: string): string {
    if (this.body[this.at] === '\\') this.at += 1;
    const character = this.body[this.at];
    if (character === undefined) throw new PatternError(atEnd);
    this.at += 1;
    return character;
  }

  private brackets(): (character: string) => boolean {
    const tests: ((character: string) => boolean)[] = [];
    this.at += 1;
    while (this.body[this.at] !== ']') tests.push(this.bracketItem());
    this.at += 1;
    if (tests.length === 0) throw new PatternError('`[]` lists no character');
    return (character) => tests.some((test) => test(character));
  }

  private bracketItem(): (character: string) => boolean {
    const from = this.take('this `[` has no `]`');
    if (this.body[this.at] !== '-' || [']', undefined].includes(this.body[this.at + 1]))
      return (character) => character === from;
    this.at += 1;
    const to = this.take('this `[` has no `]`');
    if (![/^[a-z]{2}$/, /^[A-Z]{2}$/, /^[0-9]{2}$/].some((range) => range.test(from + to)) || from > to) {
      throw new PatternError(`the range ${from}-${to} is none: ranges go within a-z, A-Z or 0-9`);
    }
    return (character) => from <= character && character <= to;
  }
}
