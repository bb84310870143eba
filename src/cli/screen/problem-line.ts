/** One problem of a pipeline on one line, in the one form that all verbs have. */
import { formatProblem, type Problem } from '../../kernel/errors.js';

/** Pure. `file:line:col: message [code]`; a warning says that it is one. What it holds of a file is as it came. */
export function problemLine(problem: Problem): string {
  const message = problem.severity === 'warning' ? `warning: ${problem.message}` : problem.message;
  return formatProblem({ ...problem, message });
}
