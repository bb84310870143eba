/** The configuration file as a tree of texts, lists and maps that know their line. */
import { LineCounter, type ParsedNode, isAlias, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { Faults } from './faults.js';

/** `where` is `file:line`: of its key, when it is the value of one. */
export type TreeNode =
  | { readonly kind: 'text'; readonly where: string; readonly text: string }
  | { readonly kind: 'list'; readonly where: string; readonly items: readonly TreeNode[] }
  | { readonly kind: 'map'; readonly where: string; readonly entries: ReadonlyMap<string, TreeNode> }
  | { readonly kind: 'nothing'; readonly where: string };

const DEEPEST = 20;

/** Null, with the faults added, when it is no YAML. What the file says is never part of a message. */
export function readYamlTree(text: string, file: string, faults: Faults): TreeNode | null {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const where = (offset: number | undefined) => `${file}:${lines.linePos(offset ?? 0).line}`;
  for (const error of document.errors) faults.add(where(error.pos[0]), `is no valid YAML here (${error.code})`);
  if (document.errors.length > 0) return null;

  const grow = (node: ParsedNode | null, at: string, depth: number): TreeNode => {
    if (depth > DEEPEST) faults.add(at, 'is nested too deeply');
    if (node === null || depth > DEEPEST) return { kind: 'nothing', where: at };
    if (isAlias(node)) return grow((node.resolve(document) as ParsedNode | undefined) ?? null, at, depth + 1);
    if (isSeq(node)) {
      const items = (node.items as (ParsedNode | null)[]).map((item) => grow(item, where(item?.range[0]), depth + 1));
      return { kind: 'list', where: at, items };
    }
    if (isMap<ParsedNode, ParsedNode | null>(node))
      return { kind: 'map', where: at, entries: growEntries(node.items, depth) };
    if (!isScalar(node) || node.value === null) return { kind: 'nothing', where: at };
    return {
      kind: 'text',
      where: at,
      text: typeof node.value === 'string' ? node.value : (node.source ?? String(node.value)),
    };
  };

  const growEntries = (pairs: readonly { key: ParsedNode; value: ParsedNode | null }[], depth: number) => {
    const entries = new Map<string, TreeNode>();
    for (const { key, value } of pairs) {
      const at = where(key.range[0]);
      if (isScalar(key)) entries.set(String(key.value), grow(value, at, depth + 1));
      else faults.add(at, 'has a key that is no word');
    }
    return entries;
  };

  return grow(document.contents, `${file}:1`, 0);
}
