/** Names whose own expression reads outside text: what is read through them counts as outside text too. */
import { isJsonObject, type Json } from '../../kernel/json.js';
import type { Template, Templates } from '../../model/plan.js';
import { ExpressionError } from '../expression/expression-error.js';
import type { Expr } from '../expression/library.js';
import { parseExpression } from '../expression/parse.js';
import { hasExpression, piecesOf } from '../expression/template.js';
import { readsOf } from '../expression/walk.js';
import { readsOutside } from './outside.js';

/** Variables by exact name; `matrix` as a whole. */
export interface Origins {
  readonly env: ReadonlySet<string>;
  readonly matrix: 'outside' | 'inside';
}

export const NO_ORIGINS: Origins = { env: new Set(), matrix: 'inside' };

/** `env` holds the maps as they are written, the lowest first, since a later one may read an earlier. */
export function originsOf(env: readonly Templates[], matrix: 'outside' | 'inside'): Origins {
  const names = new Set<string>();
  for (const templates of env) {
    for (const [name, template] of Object.entries(templates)) {
      if (templateReadsOutside(template, { env: names, matrix })) names.add(name);
    }
  }
  return { env: names, matrix };
}

export function treeReadsOutside(tree: Expr, origins: Origins): boolean {
  if (readsOutside(tree)) return true;
  return readsOf(tree).some(({ path: [context, name], exact }) => {
    if (context === 'matrix') return origins.matrix === 'outside';
    return context === 'env' && origins.env.size > 0 && (name === null || name === undefined || origins.env.has(exact));
  });
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
