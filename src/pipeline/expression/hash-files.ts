/** `hashFiles(…)`: functions are synchronous and hashing is not, so its calls are found first and answered from a table. */
import { isJsonObject, type Json } from '../../kernel/json.js';
import { Budget } from './budget.js';
import { evaluateExpression, type Surroundings } from './evaluate.js';
import { ExpressionError } from './expression-error.js';
import type { ExpressionFunction } from './functions.js';
import type { Expr, FunctionCall } from './library.js';
import { type ParsedExpression, parseExpression } from './parse.js';
import { asExpression, hasExpression, piecesOf } from './template.js';
import { TextValue } from './values.js';
import { callsOf } from './walk.js';

const NAME = 'hashfiles';

/** The arguments of each call in a template, evaluated, each list once. Throws an ExpressionError. */
export function hashFilesCalls(template: Json, surroundings: Surroundings): readonly (readonly string[])[] {
  const found = new Map<string, readonly string[]>();
  for (const parsed of expressionsOf(template)) {
    for (const call of callsOf(parsed.tree).filter((one) => nameOf(one) === NAME)) {
      const patterns = call.args.map((arg) => textOfArgument(arg, parsed, surroundings));
      found.set(JSON.stringify(patterns), patterns);
    }
  }
  return [...found.values()];
}

/** The same for an `if`. */
export function conditionHashFiles(source: string | null, surroundings: Surroundings): readonly (readonly string[])[] {
  return source === null || source.trim() === '' ? [] : hashFilesCalls(`\${{ ${asExpression(source)} }}`, surroundings);
}

/** The function itself, over hashes by `JSON.stringify` of the arguments. */
export function hashFilesFunction(hashes: ReadonlyMap<string, string>): ExpressionFunction {
  return (args) => {
    const hash = hashes.get(JSON.stringify(args.map((arg) => arg.coerceString())));
    if (hash === undefined) throw new ExpressionError('hashFiles() cannot be evaluated here');
    return new TextValue(hash);
  };
}

function expressionsOf(template: Json): readonly ParsedExpression[] {
  if (typeof template === 'string') {
    if (!hasExpression(template)) return [];
    return piecesOf(template).flatMap((piece) => (piece.kind === 'expression' ? [parseExpression(piece.text)] : []));
  }
  if (Array.isArray(template)) return (template as readonly Json[]).flatMap(expressionsOf);
  return isJsonObject(template) ? Object.values(template).flatMap(expressionsOf) : [];
}

function nameOf(call: FunctionCall): string {
  return call.functionName.lexeme.toLowerCase();
}

function textOfArgument(tree: Expr, parsed: ParsedExpression, surroundings: Surroundings): string {
  return evaluateExpression({ ...parsed, tree }, surroundings, new Budget()).coerceString();
}
