/** Expression text to tree, by GitHub's parser, with the corrections it needs (LANGUAGE.md, "Expressions" 1, 3, 7). */
import { ExpressionSyntaxError } from './expression-error.js';
import { type Expr, Lexer, LibraryError, Parser, type Token, TokenType } from './library.js';
import { CONTEXTS, FUNCTIONS, PLACED_FUNCTIONS } from './names.js';
import { depthOf } from './walk.js';

export const MAX_LENGTH = 21_000;
export const MAX_DEPTH = 50;

/** An expression that may be evaluated. */
export interface ParsedExpression {
  readonly source: string;
  readonly tree: Expr;
  /** Words and marks of it: what it costs to look at it. */
  readonly words: number;
  /** Where a token of the tree stands in `source`, from 0. */
  readonly offsetOf: (token: Token) => number;
}

/** Parses the text between `${{` and `}}`. Throws an ExpressionSyntaxError. Which names a place allows is checked apart. */
export function parseExpression(source: string): ParsedExpression {
  if (source.length > MAX_LENGTH) {
    throw new ExpressionSyntaxError(`the expression is longer than ${MAX_LENGTH} characters`, 'expression-too-long', 0);
  }
  const tokens = lex(source);
  const offsets = locate(source, tokens);
  const offsetOf = (token: Token) => offsets.get(token) ?? 0;
  if (tokens.length <= 1) {
    throw new ExpressionSyntaxError('the expression is empty: write one between ${{ and }}', 'expression-empty', 0);
  }
  refuseUnknownNames(tokens, offsetOf);
  const tree = parseTokens(tokens, offsetOf);
  if (depthOf(tree, MAX_DEPTH) > MAX_DEPTH) {
    throw new ExpressionSyntaxError(`the expression is nested more than ${MAX_DEPTH} deep`, 'expression-too-deep', 0);
  }
  return { source, tree, words: tokens.length, offsetOf };
}

function lex(source: string): Token[] {
  try {
    return new Lexer(source).lex().tokens.map(unescapeFully);
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    const found = /^Unexpected symbol: '([\s\S]*)'\. Located at position (\d+)/.exec(message);
    const offset = found ? Number(found[2]) - 1 : 0;
    throw new ExpressionSyntaxError(`unexpected symbol ${shown(found?.[1] ?? source)}`, 'expression-syntax', offset);
  }
}

/** The library turns only the first `''` of a string into `'`. */
function unescapeFully(token: Token): Token {
  if (token.type !== TokenType.STRING) return token;
  return { ...token, value: token.lexeme.slice(1, -1).replaceAll("''", "'") };
}

/** Tokens stand in order with blanks between; the library's own columns are off behind a multi-line string. */
function locate(source: string, tokens: readonly Token[]): Map<Token, number> {
  const offsets = new Map<Token, number>();
  let from = 0;
  for (const token of tokens) {
    const at = token.lexeme === '' ? source.length : source.indexOf(token.lexeme, from);
    offsets.set(token, at);
    from = at + token.lexeme.length;
  }
  return offsets;
}

/** The library takes `constructor(` and its like for functions, as they are found on Object.prototype. */
function refuseUnknownNames(tokens: readonly Token[], offsetOf: (token: Token) => number): void {
  tokens.forEach((token, index) => {
    if (token.type !== TokenType.IDENTIFIER || isProperty(tokens, index)) return;
    const name = token.lexeme.toLowerCase();
    const isCall = tokens[index + 1]?.type === TokenType.LEFT_PAREN;
    if (isCall ? FUNCTIONS.has(name) || PLACED_FUNCTIONS.has(name) : CONTEXTS.includes(name)) return;
    const kind = isCall ? 'function' : 'context';
    const known = isCall ? 'a function' : `a context (a text is written in single quotes: '${token.lexeme}')`;
    throw new ExpressionSyntaxError(`${shown(token.lexeme)} is not ${known}`, `unknown-${kind}`, offsetOf(token));
  });
}

function isProperty(tokens: readonly Token[], index: number): boolean {
  return tokens[index - 1]?.type === TokenType.DOT;
}

function parseTokens(tokens: Token[], offsetOf: (token: Token) => number): Expr {
  try {
    return new Parser(tokens, [...CONTEXTS], DEFINITIONS).parse();
  } catch (thrown) {
    if (!(thrown instanceof LibraryError)) throw thrown;
    const [what = ''] = thrown.message.split(':');
    const code = /depth/.test(what) ? 'expression-too-deep' : 'expression-syntax';
    const message = `${what.charAt(0).toLowerCase()}${what.slice(1)}: ${shown(thrown['tok'].lexeme || 'the end')}`;
    throw new ExpressionSyntaxError(message, code, offsetOf(thrown['tok']));
  }
}

const DEFINITIONS = [...PLACED_FUNCTIONS].map(([name, { min, max }]) => ({ name, minArgs: min, maxArgs: max }));

function shown(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return `'${line.length > 60 ? `${line.slice(0, 60)}…` : line}'`;
}
