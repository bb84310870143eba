/** An `if`: `success() && (…)` unless it asks for the status itself. */
import { Budget } from './budget.js';
import { isTruthy } from './compare.js';
import { evaluateExpression, type Surroundings } from './evaluate.js';
import { STATUS_FUNCTIONS } from './names.js';
import { parseExpression } from './parse.js';
import { asExpression } from './template.js';
import { callsOf } from './walk.js';

/** `source` is an expression, `${{ }}` or not; null means `success()`. Throws an ExpressionError. */
export function conditionHolds(source: string | null, surroundings: Surroundings): boolean {
  const parsed = parseExpression(source === null || source.trim() === '' ? 'success()' : asExpression(source));
  const budget = new Budget();
  if (!callsOf(parsed.tree).some((call) => STATUS_FUNCTIONS.includes(call.functionName.lexeme.toLowerCase()))) {
    if (!isTruthy(evaluateExpression(parseExpression('success()'), surroundings, budget))) return false;
  }
  return isTruthy(evaluateExpression(parsed, surroundings, budget));
}
