/** A parsed expression to its value: the library's evaluator with our values, comparisons, functions and budget. */
import type { Budget } from './budget.js';
import { equals, isLess, isTruthy } from './compare.js';
import { ExpressionError } from './expression-error.js';
import { type ExpressionFunction, FUNCTION_BODIES } from './functions.js';
import {
  type Binary,
  type ContextAccess,
  data,
  Evaluator,
  type Expr,
  type FunctionCall,
  type Literal,
  type Logical,
  TokenType,
  type Unary,
} from './library.js';
import type { ParsedExpression } from './parse.js';
import { NumberValue, TextValue, type Value } from './values.js';

/** What an expression can see. Both maps have lower-case keys. */
export interface Surroundings {
  readonly contexts: ReadonlyMap<string, Value>;
  readonly functions: ReadonlyMap<string, ExpressionFunction>;
}

/** Throws an ExpressionError, and nothing else. A context that is not given is empty. */
export function evaluateExpression(parsed: ParsedExpression, surroundings: Surroundings, budget: Budget): Value {
  try {
    return new CorrectedEvaluator(parsed.tree, surroundings, budget).evaluate() as Value;
  } catch (thrown) {
    if (thrown instanceof ExpressionError) throw thrown;
    throw new ExpressionError(`'${parsed.source.trim().slice(0, 100)}' cannot be evaluated`, { cause: thrown });
  }
}

class CorrectedEvaluator extends Evaluator {
  constructor(
    tree: Expr,
    private readonly surroundings: Surroundings,
    private readonly budget: Budget,
  ) {
    super(tree, new data.Dictionary());
  }

  override visitLiteral(node: Literal): Value {
    const value = node.literal;
    if (value instanceof data.StringData) return new TextValue(value.value);
    return value instanceof data.NumberData ? new NumberValue(value.value) : value;
  }

  override visitUnary(node: Unary): Value {
    return new data.BooleanData(!isTruthy(this.eval(node.expr)));
  }

  override visitBinary(node: Binary): Value {
    const left = this.eval(node.left);
    const right = this.eval(node.right);
    return new data.BooleanData(compare(node.operator.type, left, right));
  }

  override visitLogical(node: Logical): Value {
    const stopsAt = node.operator.type === TokenType.OR;
    let value: Value = new data.Null();
    for (const arg of node.args) {
      value = this.eval(arg);
      if (isTruthy(value) === stopsAt) break;
    }
    return value;
  }

  override visitContextAccess(node: ContextAccess): Value {
    return this.surroundings.contexts.get(node.name.lexeme.toLowerCase()) ?? new data.Dictionary();
  }

  override visitFunctionCall(node: FunctionCall): Value {
    const name = node.functionName.lexeme.toLowerCase();
    const body = this.surroundings.functions.get(name) ?? FUNCTION_BODIES.get(name);
    if (!body) throw new ExpressionError(`${node.functionName.lexeme}() may not be used here`);
    return body(
      node.args.map((arg) => this.eval(arg)),
      this.budget,
    );
  }
}

function compare(operator: TokenType, left: Value, right: Value): boolean {
  switch (operator) {
    case TokenType.EQUAL_EQUAL:
      return equals(left, right);
    case TokenType.BANG_EQUAL:
      return !equals(left, right);
    case TokenType.LESS:
      return isLess(left, right);
    case TokenType.LESS_EQUAL:
      return isLess(left, right) || equals(left, right);
    case TokenType.GREATER:
      return isLess(right, left);
    default:
      return isLess(right, left) || equals(left, right);
  }
}
