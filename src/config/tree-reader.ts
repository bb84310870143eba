/** Takes a tree apart: each reader returns what is there, and adds a fault with the place where it is not as it should be. */
import { nearestWord } from '../kernel/suggest.js';
import type { Faults } from './faults.js';
import type { TreeNode } from './yaml-tree.js';

/** A node and the path of keys that leads to it (`projects[0].keys`). */
export interface Spot {
  readonly node: TreeNode;
  readonly path: string;
}

/** The entries of a map, by key; null when it is something else. Keys that are not `known` are faults. */
export function entriesOf(spot: Spot, known: readonly string[], faults: Faults): ReadonlyMap<string, Spot> | null {
  const { node, path } = spot;
  if (node.kind !== 'map') {
    faults.add(node.where, `${path || 'the file'} must be a map with the keys ${known.join(', ')}`);
    return null;
  }
  const entries = new Map<string, Spot>();
  for (const [key, value] of node.entries) {
    if (!known.includes(key)) faults.add(value.where, unknownKey(key, path, known));
    else if (value.kind !== 'nothing') entries.set(key, { node: value, path: path === '' ? key : `${path}.${key}` });
  }
  return entries;
}

export function unknownKey(key: string, path: string, known: readonly string[]): string {
  const near = nearestWord(key, known);
  const shown = key.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, 60);
  const whole = path === '' ? shown : `${path}.${shown}`;
  return `${whole} is no setting${near === null ? '' : `; did you mean ${near}?`}`;
}

/** The items of a list; null when it is something else. */
export function itemsOf(spot: Spot, faults: Faults): readonly Spot[] | null {
  if (spot.node.kind === 'list')
    return spot.node.items.map((node, index) => ({ node, path: `${spot.path}[${index}]` }));
  faults.add(spot.node.where, `${spot.path} must be a list`);
  return null;
}

/** A text, also one that YAML would take for a number; null when it is something else or empty. */
export function textOf(spot: Spot, faults: Faults): string | null {
  if (spot.node.kind === 'text' && spot.node.text.trim() !== '') return spot.node.text;
  faults.add(spot.node.where, `${spot.path} must be a text`);
  return null;
}

/** The entry of a key that must be there. */
export function requiredEntry(
  entries: ReadonlyMap<string, Spot>,
  key: string,
  spot: Spot,
  faults: Faults,
): Spot | null {
  const entry = entries.get(key);
  if (entry === undefined) faults.add(spot.node.where, `${spot.path}.${key} is missing`);
  return entry ?? null;
}
