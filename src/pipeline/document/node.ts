/** A YAML document as the walker sees it: scalars, lists and maps, each with its place. */

export type ScalarValue = null | boolean | number | string;

/** Where a node stands; line and column count from 1. */
export interface Spot {
  readonly line: number;
  readonly column: number;
}

export interface ScalarNode {
  readonly kind: 'scalar';
  readonly value: ScalarValue;
  readonly spot: Spot;
  /** The place of the `offset`-th character of the value (as text). */
  readonly spotAt: (offset: number) => Spot;
}

export interface ListNode {
  readonly kind: 'list';
  readonly items: readonly Node[];
  readonly spot: Spot;
}

export interface MapEntry {
  readonly key: string;
  readonly keyNode: ScalarNode;
  readonly value: Node;
}

export interface MapNode {
  readonly kind: 'map';
  readonly entries: readonly MapEntry[];
  readonly spot: Spot;
}

export type Node = ScalarNode | ListNode | MapNode;

/** The value of a key, or null. */
export function entryOf(node: Node | null, key: string): Node | null {
  if (node?.kind !== 'map') return null;
  return node.entries.find((entry) => entry.key === key)?.value ?? null;
}

export function entriesOf(node: Node | null): readonly MapEntry[] {
  return node?.kind === 'map' ? node.entries : [];
}

export function itemsOf(node: Node | null): readonly Node[] {
  return node?.kind === 'list' ? node.items : [];
}
