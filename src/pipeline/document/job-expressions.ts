/** The expressions that stand in a part of a document, each with its tree and places: for checks across jobs and steps. */
import { type ParsedExpression, parseExpression } from '../expression/parse.js';
import { hasExpression, piecesOf } from '../expression/template.js';
import type { Token } from '../expression/library.js';
import type { Node, ScalarNode, Spot } from './node.js';

export interface FoundExpression {
  readonly parsed: ParsedExpression;
  /** Keys from the part's root to the text. */
  readonly path: readonly string[];
  readonly spotOf: (token: Token) => Spot;
  readonly spot: () => Spot;
}

/** What cannot be parsed has been reported by the walker and is left out. */
export function expressionsIn(node: Node, path: readonly string[] = []): readonly FoundExpression[] {
  if (node.kind === 'list') return node.items.flatMap((item, index) => expressionsIn(item, [...path, String(index)]));
  if (node.kind === 'map') {
    return node.entries.flatMap(({ key, keyNode, value }) => [
      ...(hasExpression(key) ? ofScalar(keyNode, [...path, key]) : []),
      ...expressionsIn(value, [...path, key]),
    ]);
  }
  return ofScalar(node, path);
}

function ofScalar(node: ScalarNode, path: readonly string[]): readonly FoundExpression[] {
  const text = typeof node.value === 'string' ? node.value : '';
  const isCondition = path.at(-1) === 'if' && /^\d*$/.test(path.at(-2) ?? '');
  if (!isCondition && !hasExpression(text)) return [];
  try {
    const pieces = hasExpression(text) ? piecesOf(text) : [{ kind: 'expression' as const, text, offset: 0 }];
    return pieces.flatMap((piece) => {
      if (piece.kind === 'text') return [];
      const parsed = parseExpression(piece.text);
      const spotOf = (token: Token) => node.spotAt(piece.offset + parsed.offsetOf(token));
      return [{ parsed, path, spotOf, spot: () => node.spotAt(Math.max(piece.offset - 3, 0)) }];
    });
  } catch {
    return [];
  }
}
