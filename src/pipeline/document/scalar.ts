/** A YAML scalar with the way back from a character of its value to its place in the file. */
import { isScalar, type Node as YamlNode } from 'yaml';
import type { ScalarNode, ScalarValue, Spot } from './node.js';

export function scalarNode(node: YamlNode, text: string, spot: (offset: number) => Spot): ScalarNode {
  const [start, end] = node.range ?? [0, 0, 0];
  const value = isScalar(node) ? plainValue(node.value) : null;
  const type = isScalar(node) ? (node.type ?? 'PLAIN') : 'PLAIN';
  let places: ScalarPlaces | null = null;
  return {
    kind: 'scalar',
    value,
    spot: spot(start),
    spotAt: (offset) => {
      places ??= new ScalarPlaces(text.slice(start, end), type, String(value ?? ''));
      return spot(places.sourceOffset(offset) + start);
    },
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
class ScalarPlaces {
  /** Of each visible character, and behind the last one the end. */
  private readonly offsets: readonly number[];
  /** Visible characters before each character of the value. */
  private readonly before: readonly number[];

  constructor(source: string, type: string, value: string) {
    this.offsets = visibleOffsets(source, type);
    let count = 0;
    this.before = Array.from({ length: value.length }, (_, index) => (isBlank(value.charAt(index)) ? count : count++));
  }

  sourceOffset(offset: number): number {
    return this.offsets[this.before[offset] ?? this.offsets.length - 1] ?? 0;
  }
}

function visibleOffsets(source: string, type: string): readonly number[] {
  const offsets: number[] = [];
  const block = type === 'BLOCK_LITERAL' || type === 'BLOCK_FOLDED';
  let at = block ? source.indexOf('\n') + 1 : type.startsWith('QUOTE') ? 1 : 0;
  for (; at < source.length; at += 1) {
    if (isBlank(source.charAt(at))) continue;
    offsets.push(at);
    at += escapeLength(source, at, type);
  }
  return [...offsets, at];
}

function isBlank(character: string): boolean {
  return /\s/.test(character);
}

/** How many more characters belong to the escape at `at`. */
function escapeLength(source: string, at: number, type: string): number {
  if (type === 'QUOTE_SINGLE') return source.startsWith("''", at) ? 1 : 0;
  if (type !== 'QUOTE_DOUBLE' || source.charAt(at) !== '\\') return 0;
  return { x: 3, u: 5, U: 9 }[source.charAt(at + 1)] ?? 1;
}
