/** A YAML scalar with the way back from a character of its value to its place in the file. */
import { isScalar, type Node as YamlNode } from 'yaml';
import type { ScalarNode, ScalarValue, Spot } from './node.js';

export function scalarNode(node: YamlNode, text: string, spot: (offset: number) => Spot): ScalarNode {
  const [start, end] = node.range ?? [0, 0, 0];
  const value = isScalar(node) ? plainValue(node.value) : null;
  const type = isScalar(node) ? (node.type ?? 'PLAIN') : 'PLAIN';
  return {
    kind: 'scalar',
    value,
    spot: spot(start),
    spotAt: (offset) => spot(sourceOffset(text.slice(start, end), type, String(value ?? ''), offset) + start),
  };
}

function plainValue(value: unknown): ScalarValue {
  if (typeof value === 'bigint') return Number(value);
  const plain = value === null || typeof value === 'boolean' || typeof value === 'number';
  return plain ? value : String(value);
}

/**
 * Blanks and line breaks change between source and value (indentation, folding), other characters do not: so the n-th
 * visible character of the value is the n-th of the source, escapes counted as one.
 */
function sourceOffset(source: string, type: string, value: string, offset: number): number {
  let visible = value.slice(0, offset).replace(/\s/g, '').length;
  const block = type === 'BLOCK_LITERAL' || type === 'BLOCK_FOLDED';
  let at = block ? source.indexOf('\n') + 1 : type.startsWith('QUOTE') ? 1 : 0;
  for (; at < source.length; at += 1) {
    if (/\s/.test(source.charAt(at))) continue;
    if (visible === 0) return at;
    visible -= 1;
    at += escapeLength(source, at, type);
  }
  return at;
}

/** How many more characters belong to the escape at `at`. */
function escapeLength(source: string, at: number, type: string): number {
  if (type === 'QUOTE_SINGLE') return source.startsWith("''", at) ? 1 : 0;
  if (type !== 'QUOTE_DOUBLE' || source.charAt(at) !== '\\') return 0;
  return { x: 3, u: 5, U: 9 }[source.charAt(at + 1)] ?? 1;
}
