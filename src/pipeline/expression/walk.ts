/** Questions about the tree of an expression: how deep it is, what it calls and which context fields it reads. */
import {
  Binary,
  ContextAccess,
  type Expr,
  FunctionCall,
  Grouping,
  IndexAccess,
  Literal,
  Logical,
  type Token,
  Unary,
} from './library.js';

/** A field that an expression reads: `github.event.x[0].*` is `['github', 'event', 'x', '0', null]`; null = any. */
export interface Read {
  readonly path: readonly (string | null)[];
  /** The first name behind the context as it is spelled (`path` is in lower case); '' when there is none. */
  readonly exact: string;
  readonly token: Token;
}

/** Depth of the tree, groupings not counted; stops counting behind `limit`, so that no input overflows the stack. */
export function depthOf(tree: Expr, limit: number): number {
  let deepest = 0;
  const open: [Expr, number][] = [[tree, 1]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [node, depth] = next;
    deepest = Math.max(deepest, depth);
    if (deepest > limit) break;
    const step = node instanceof Grouping ? 0 : 1;
    for (const child of childrenOf(node)) open.push([child, depth + step]);
  }
  return deepest;
}

/** Every function call of the tree. */
export function callsOf(tree: Expr): FunctionCall[] {
  return nodesOf(tree).filter((node) => node instanceof FunctionCall);
}

/** The arguments of a call that are written as they are: `success('a', x)` has `a`. */
export function literalsOf(call: FunctionCall): readonly string[] {
  return call.args.flatMap((arg) => (arg instanceof Literal ? [arg.literal.coerceString()] : []));
}

/** Every context field that the tree reads, the longest path of each. */
export function readsOf(tree: Expr): Read[] {
  const reads: Read[] = [];
  const inner = new Set<Expr>();
  for (const node of nodesOf(tree)) {
    if (inner.has(node)) continue;
    const read = readAt(node, inner);
    if (read) reads.push(read);
  }
  return reads;
}

function readAt(node: Expr, inner: Set<Expr>): Read | null {
  const path: (string | null)[] = [];
  let exact = '';
  let at = node;
  while (at instanceof IndexAccess) {
    exact = at.index instanceof Literal ? at.index.literal.coerceString() : '';
    path.unshift(at.index instanceof Literal ? exact.toLowerCase() : null);
    at = skipGroupings(at.expr, inner);
    inner.add(at);
  }
  if (!(at instanceof ContextAccess)) return null;
  return { path: [at.name.lexeme.toLowerCase(), ...path], exact, token: at.name };
}

function skipGroupings(node: Expr, inner: Set<Expr>): Expr {
  let at = node;
  while (at instanceof Grouping) {
    inner.add(at);
    at = at.group;
  }
  return at;
}

/** All nodes, each before its children. */
function nodesOf(tree: Expr): Expr[] {
  const nodes: Expr[] = [tree];
  for (let index = 0; index < nodes.length; index += 1) nodes.push(...childrenOf(nodes[index] as Expr));
  return nodes;
}

function childrenOf(node: Expr): readonly Expr[] {
  if (node instanceof Unary) return [node.expr];
  if (node instanceof Binary) return [node.left, node.right];
  if (node instanceof Logical || node instanceof FunctionCall) return node.args;
  if (node instanceof Grouping) return [node.group];
  if (node instanceof IndexAccess) return [node.expr, node.index];
  return [];
}
