/** Names whose own expression reads outside text: what is read through them counts as outside text too. */
import { isJsonObject, type Json } from '../../kernel/json.js';
import type { Template, Templates } from '../../model/plan.js';
import { ExpressionError } from '../expression/expression-error.js';
import type { Expr } from '../expression/library.js';
import { parseExpression } from '../expression/parse.js';
import { hasExpression, piecesOf } from '../expression/template.js';
import { type Read, readsOf } from '../expression/walk.js';
import { isOutsideRead } from './outside.js';

/** Variables by exact name, inputs in lower case; `matrix` as a whole. */
export interface Origins {
  readonly env: ReadonlySet<string>;
  readonly matrix: 'outside' | 'inside';
  /** Those of an action, which the step that calls it has written; all others come with the event. */
  readonly inputs: 'outside' | ReadonlySet<string>;
}

export const NO_ORIGINS: Origins = { env: new Set(), matrix: 'inside', inputs: 'outside' };

/** `env` holds the maps as they are written, the lowest first, since a later one may read an earlier. */
export function originsOf(
  env: readonly Templates[],
  matrix: Origins['matrix'],
  inputs: Origins['inputs'] = 'outside',
): Origins {
  const names = new Set<string>();
  for (const templates of env) {
    for (const [name, template] of Object.entries(templates)) {
      if (templateReadsOutside(template, { env: names, matrix, inputs })) names.add(name);
    }
  }
  return { env: names, matrix, inputs };
}

export function treeReadsOutside(tree: Expr, origins: Origins): boolean {
  return readsOf(tree).some((read) => readsOutside(read, origins));
}

/** Is it such a field, or a name through which one is read? */
export function readsOutside(read: Read, { env, matrix, inputs }: Origins): boolean {
  const [context, name] = read.path;
  if (context === 'matrix') return matrix === 'outside';
  if (context === 'env') return isAmong(env, name, read.exact);
  if (context === 'inputs' && inputs !== 'outside') return isAmong(inputs, name, name ?? '');
  return isOutsideRead(read);
}

/** A name that is computed, or the whole context, may be any of them. */
function isAmong(names: ReadonlySet<string>, name: string | null | undefined, exact: string): boolean {
  return names.size > 0 && (name === null || name === undefined || names.has(exact));
}

/** What cannot be parsed cannot be evaluated either. */
export function templateReadsOutside(template: Template, origins: Origins = NO_ORIGINS): boolean {
  if (typeof template === 'string') return hasExpression(template) && textReadsOutside(template, origins);
  const children: readonly Json[] = Array.isArray(template)
    ? (template as readonly Json[])
    : isJsonObject(template)
      ? Object.values(template)
      : [];
  return children.some((child) => templateReadsOutside(child, origins));
}

function textReadsOutside(text: string, origins: Origins): boolean {
  try {
    return piecesOf(text).some(
      (piece) => piece.kind === 'expression' && treeReadsOutside(parseExpression(piece.text).tree, origins),
    );
  } catch (thrown) {
    if (thrown instanceof ExpressionError) return false;
    throw thrown;
  }
}
