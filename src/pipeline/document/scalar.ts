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
  private readonly offsets: Int32Array;
  /** Visible characters before each character of the value. */
  private readonly before: Int32Array;

  constructor(source: string, type: string, value: string) {
    this.offsets = visibleOffsets(source, type);
    this.before = new Int32Array(value.length);
    let count = 0;
    for (let index = 0; index < value.length; index += 1) {
      this.before[index] = count;
      if (!isBlank(value.charCodeAt(index))) count += 1;
    }
  }

  sourceOffset(offset: number): number {
    return this.offsets[this.before[offset] ?? this.offsets.length - 1] ?? 0;
  }
}

function visibleOffsets(source: string, type: string): Int32Array {
  const offsets = new Int32Array(source.length + 1);
  const block = type === 'BLOCK_LITERAL' || type === 'BLOCK_FOLDED';
  let at = block ? source.indexOf('\n') + 1 : type.startsWith('QUOTE') ? 1 : 0;
  let count = 0;
  for (; at < source.length; at += 1) {
    if (isBlank(source.charCodeAt(at))) continue;
    const escape = escapeAt(source, at, type);
    for (let unit = 0; unit < escape.visible; unit += 1) offsets[count++] = at;
    at += escape.more;
  }
  offsets[count] = at;
  return offsets.subarray(0, count + 1);
}

/** What indentation and folding change: blanks, tabs and line ends. */
function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d;
}

/** What begins at a visible character: how many more characters belong to it, and how many visible ones it stands for. */
interface Escape {
  readonly more: number;
  readonly visible: number;
}

const NONE: Escape = { more: 0, visible: 1 };

function escapeAt(source: string, at: number, type: string): Escape {
  if (type === 'QUOTE_SINGLE') return source.startsWith("''", at) ? { more: 1, visible: 1 } : NONE;
  if (type !== 'QUOTE_DOUBLE' || source.charAt(at) !== '\\') return NONE;
  const letter = source.charAt(at + 1);
  const digits = { x: 2, u: 4, U: 8 }[letter];
  if (digits === undefined) return { more: 1, visible: 'ntr \t\n\r'.includes(letter) ? 0 : 1 };
  const code = Number.parseInt(source.slice(at + 2, at + 2 + digits), 16);
  return { more: 1 + digits, visible: isBlank(code) ? 0 : code > 0xffff ? 2 : 1 };
}
