/** The limits of a pipeline file, checked on the text before the YAML library sees it (LANGUAGE.md, "Reading YAML"). */
import { Lexer, type LineCounter } from 'yaml';
import type { Spot } from './node.js';
import type { ProblemList } from './problem-list.js';

export const MAX_BYTES = 512 * 1024;
export const MAX_NODES = 20_000;
export const MAX_DEPTH = 50;
/** Words, marks, blanks and line ends: ten for each value, comments included. */
export const MAX_TOKENS = 10 * MAX_NODES;

const START: Spot = { line: 1, column: 1 };

/** The file's text without byte-order mark, or null with a problem. */
export function decode(text: string | Uint8Array, problems: ProblemList): string | null {
  const size = typeof text === 'string' ? Buffer.byteLength(text) : text.byteLength;
  if (size > MAX_BYTES) {
    problems.error(START, 'file-too-large', `the file has ${size} bytes; at most ${MAX_BYTES} are read`);
    return null;
  }
  const decoded = typeof text === 'string' ? text.replace(/^\ufeff/, '') : decodeBytes(text, problems);
  if (decoded === null) return null;
  const control = decoded.search(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/);
  if (control < 0) return decoded;
  const code = decoded.charCodeAt(control).toString(16).padStart(2, '0');
  problems.error(
    spotIn(decoded, control),
    'control-character',
    `the control character 0x${code} may not stand in a pipeline file`,
  );
  return null;
}

function decodeBytes(bytes: Uint8Array, problems: ProblemList): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const lenient = new TextDecoder('utf-8').decode(bytes);
    problems.error(spotIn(lenient, lenient.indexOf('\ufffd')), 'not-utf-8', 'the file is not UTF-8 here');
    return null;
  }
}

function spotIn(text: string, offset: number): Spot {
  const before = text.slice(0, Math.max(offset, 0)).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** Stops the reading of one file: a limit is reached, which has been reported. */
export class LimitReached extends Error {}

/**
 * The text as the library's tokens, or null with a problem: nesting, number of nodes and directives are looked at here, since
 * deep nesting overflows the library itself.
 */
export function tokensOf(text: string, lines: LineCounter, problems: ProblemList): readonly string[] | null {
  const counter = new TokenCounter();
  const tokens: string[] = [];
  for (const token of new Lexer().lex(text)) {
    tokens.push(token);
    const refusal = counter.take(token);
    if (!refusal) continue;
    const { line, col } = lines.linePos(Math.min(counter.offset + (refusal.within ?? 0), text.length));
    problems.error({ line: Math.max(line, 1), column: Math.max(col, 1) }, refusal.code, refusal.message);
    return null;
  }
  return tokens;
}

interface LimitRefusal {
  readonly code: string;
  readonly message: string;
  /** Where in its token. */
  readonly within?: number;
}

const TOO_DEEP: LimitRefusal = { code: 'too-deep', message: `the file is nested more than ${MAX_DEPTH} deep` };
const TOO_MANY: LimitRefusal = {
  code: 'too-many-nodes',
  message: `the file has more than ${MAX_NODES} values or ${MAX_TOKENS} words, marks and lines`,
};
const DIRECTIVE: LimitRefusal = {
  code: 'yaml-directive',
  message: 'a %YAML or %TAG directive is not read: remove the line',
};

/** Follows the lexer; `offset` is where the token that was taken last begins. */
class TokenCounter {
  offset = 0;
  private end = 0;
  private lineStart = 0;
  private flow = 0;
  private nodes = 0;
  private tokens = 0;
  private inScalar = false;
  private readonly columns: number[] = [];

  take(token: string): LimitRefusal | null {
    this.offset = this.end;
    this.tokens += 1;
    const opens = this.opens(token);
    this.inScalar = token === '\x1f';
    if (this.inScalar || token === '\x02' || token === '\x18') return opens;
    if (token.startsWith('%') && this.offset === this.lineStart) return DIRECTIVE;
    this.end += token.length;
    const newline = token.lastIndexOf('\n');
    if (newline >= 0) this.lineStart = this.offset + newline + 1;
    return token.startsWith('"') ? (escapeRefusal(token) ?? opens) : opens;
  }

  /** `\x1f` announces a scalar that is not quoted; what comes next is its text and no indicator. */
  private opens(token: string): LimitRefusal | null {
    if (this.inScalar) return null;
    if (token === '[' || token === '{') this.flow += 1;
    if (token === ']' || token === '}') this.flow -= 1;
    if (token === '\x1f' || '*&!"\''.includes(token.charAt(0))) return this.open(1);
    return token.length === 1 && '[{-?:'.includes(token) ? this.open(0) : this.check();
  }

  /** A value, key or indicator begins here: its column opens a level of block nesting. */
  private open(nodes: number): LimitRefusal | null {
    this.nodes += nodes;
    if (this.flow === 0) {
      const column = this.offset - this.lineStart;
      while (this.columns.length > 0 && (this.columns.at(-1) ?? 0) > column) this.columns.pop();
      if (this.columns.at(-1) !== column) this.columns.push(column);
    }
    return this.check();
  }

  private check(): LimitRefusal | null {
    if (this.nodes > MAX_NODES || this.tokens > MAX_TOKENS) return TOO_MANY;
    return this.columns.length + this.flow > 2 * MAX_DEPTH ? TOO_DEEP : null;
  }
}

/** The library makes an error of each wrong escape, of which a quoted text can have a quarter of a million. */
function escapeRefusal(token: string): LimitRefusal | null {
  for (const { index, 1: known } of token.matchAll(ESCAPE)) {
    if (known !== undefined) continue;
    const message = `not valid YAML: ${token.slice(index, index + 2)} is no escape in double quotes; write \\\\ for a \\`;
    return { code: 'yaml-syntax', message, within: index };
  }
  return null;
}

const ESCAPE = /\\([0abt\tnvfre "/\\N_LP\r\n]|x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8})?/g;
