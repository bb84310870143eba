/** Plain values out of nodes. */
import type { Json } from '../../kernel/json.js';
import type { Template, Templates } from '../../model/plan.js';
import { formatNumber } from '../expression/numbers.js';
import { asExpression } from '../expression/template.js';
import { entriesOf, entryOf, type Node } from './node.js';

/** A text, list or nothing as a list of texts. */
export function textsAt(node: Node | null, key: string): readonly string[] {
  const value = entryOf(node, key);
  if (value?.kind === 'list') return value.items.map((item) => scalarText(item) ?? '');
  const text = scalarText(value);
  return text === null ? [] : [text];
}

export function textAt(node: Node, key: string): string | null {
  return scalarText(entryOf(node, key));
}

/** Scalars as the text that GitHub makes of them (`1.10` is `1.1`), null for nothing. */
export function scalarText(node: Node | null): string | null {
  if (node?.kind !== 'scalar' || node.value === null) return null;
  return typeof node.value === 'number' ? formatNumber(node.value) : String(node.value);
}

/** The node as JSON, null for nothing. */
export function jsonOf(node: Node | null): Json {
  if (node === null) return null;
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(jsonOf);
  return Object.fromEntries(node.entries.map((entry) => [entry.key, jsonOf(entry.value)]));
}

/** The `if` as one expression without `${{ }}`, or null. */
export function conditionAt(node: Node): string | null {
  const text = textAt(node, 'if');
  return text === null || text.trim() === '' ? null : asExpression(text).trim();
}

/** A map of texts, or of what `valueOf` makes; a map that is one expression becomes an `insert` of it. */
export function recordAt(node: Node, key: string, valueOf: (node: Node) => Template = textOrEmpty): Templates {
  const value = entryOf(node, key);
  const whole = scalarText(value);
  if (whole !== null) return { '${{ insert }}': whole };
  return Object.fromEntries(entriesOf(value).map((entry) => [entry.key, valueOf(entry.value)]));
}

function textOrEmpty(node: Node): string {
  return scalarText(node) ?? '';
}
