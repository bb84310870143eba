/** The expressions that stand in a part of a document, each with its tree and places: for checks across jobs and steps. */
import type { ParsedExpression } from '../expression/parse.js';
import { hasExpression, type Piece, piecesOf } from '../expression/template.js';
import type { Token } from '../expression/library.js';
import { type Read, readsOf } from '../expression/walk.js';
import type { Node, ScalarNode, Spot } from './node.js';
import type { Reading } from './reading.js';

export interface FoundExpression {
  readonly parsed: ParsedExpression;
  readonly reads: readonly Read[];
  /** Keys from the part's root to the text. */
  readonly path: readonly string[];
  readonly spotOf: (token: Token) => Spot;
  readonly spot: () => Spot;
}

/** What cannot be parsed has been reported by the walker and is left out. */
export function expressionsIn(node: Node, reading: Reading): readonly FoundExpression[] {
  const found: FoundExpression[] = [];
  collect(node, [], reading, found);
  return found;
}

function collect(node: Node, path: readonly string[], reading: Reading, found: FoundExpression[]): void {
  if (node.kind === 'scalar') return ofScalar(node, path, reading, found);
  if (node.kind === 'list')
    return node.items.forEach((item, at) => collect(item, [...path, String(at)], reading, found));
  for (const { key, keyNode, value } of node.entries) {
    if (hasExpression(key)) ofScalar(keyNode, [...path, key], reading, found);
    collect(value, [...path, key], reading, found);
  }
}

function ofScalar(node: ScalarNode, path: readonly string[], reading: Reading, found: FoundExpression[]): void {
  const text = typeof node.value === 'string' ? node.value : '';
  const isCondition = path.at(-1) === 'if' && /^\d*$/.test(path.at(-2) ?? '');
  if (!isCondition && !hasExpression(text)) return;
  for (const { text: source, offset } of expressionPieces(text)) {
    const parsed = reading.known(source);
    if (parsed === null) continue;
    const spotOf = (token: Token) => node.spotAt(offset + parsed.offsetOf(token));
    found.push({ parsed, reads: readsOf(parsed.tree), path, spotOf, spot: () => node.spotAt(Math.max(offset - 3, 0)) });
  }
}

function expressionPieces(text: string): readonly Omit<Piece, 'kind'>[] {
  if (!hasExpression(text)) return [{ text, offset: 0 }];
  try {
    return piecesOf(text).filter(({ kind }) => kind === 'expression');
  } catch {
    return [];
  }
}
