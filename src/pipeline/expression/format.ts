/** `format('{0} of {1}', …)`: braces are doubled to be written, a number between braces is an argument. */
import type { Budget } from './budget.js';
import { ExpressionError } from './expression-error.js';
import type { Value } from './values.js';

export function formatText(pattern: string, args: readonly Value[], budget: Budget): string {
  return Array.from(piecesOf(pattern), (piece) => budget.spend(replaced(piece, pattern, args))).join('');
}

/** `{{`, `}}`, `{…}`, a stray brace, or text without braces. */
function piecesOf(pattern: string): readonly string[] {
  return pattern.match(/\{\{|\}\}|\{\d+\}|[{}]|[^{}]+/g) ?? [];
}

function replaced(piece: string, pattern: string, args: readonly Value[]): string {
  if (piece === '{{' || piece === '}}') return piece.charAt(0);
  if (piece === '{' || piece === '}')
    throw new ExpressionError(`format: a single ${piece} in '${pattern.slice(0, 100)}'; write it twice`);
  if (!piece.startsWith('{')) return piece;
  const index = Number(piece.slice(1, -1));
  const value = args[index];
  if (!value)
    throw new ExpressionError(
      `format: '${pattern.slice(0, 100)}' names {${index}}, but there are ${args.length} arguments`,
    );
  return value.coerceString();
}
