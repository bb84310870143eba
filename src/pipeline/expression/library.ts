/** The one place that imports GitHub's expression library; the rest of the folder corrects what it gets wrong. */
export { data, Evaluator, Lexer, Parser } from '@actions/expressions';
export {
  Binary,
  ContextAccess,
  Expr,
  FunctionCall,
  Grouping,
  IndexAccess,
  Literal,
  Logical,
  Star,
  Unary,
} from '@actions/expressions/ast';
export { ExpressionError as LibraryError } from '@actions/expressions/errors';
export { TokenType } from '@actions/expressions/lexer';
export type { Token } from '@actions/expressions/lexer';
