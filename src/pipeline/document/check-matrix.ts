/** Checks of a literal `strategy`: what is written out fails at reading, what is computed fails its job. */
import { ExpressionError } from '../expression/expression-error.js';
import { hasExpression } from '../expression/template.js';
import { combinationsOf } from '../plan/matrix.js';
import { entryOf, type Node } from './node.js';
import { jsonOf } from './node-values.js';
import type { ProblemList } from './problem-list.js';

export function checkStrategy(job: Node, problems: ProblemList): void {
  const strategy = entryOf(job, 'strategy');
  const matrix = entryOf(strategy, 'matrix');
  const isList = matrix?.kind === 'map' && matrix.entries.every(({ value }) => value.kind === 'list');
  if (isList && !mentionsExpression(matrix)) checkMatrix(matrix, problems);
  const most = entryOf(strategy, 'max-parallel');
  if (most?.kind === 'scalar' && typeof most.value === 'number' && most.value < 1) {
    problems.error(most.spot, 'bad-number', '`max-parallel` must be at least 1');
  }
}

function checkMatrix(matrix: Node, problems: ProblemList): void {
  try {
    combinationsOf(jsonOf(matrix));
  } catch (thrown) {
    if (!(thrown instanceof ExpressionError)) throw thrown;
    problems.error(matrix.spot, 'bad-matrix', thrown.message);
  }
}

function mentionsExpression(node: Node): boolean {
  if (node.kind === 'scalar') return typeof node.value === 'string' && hasExpression(node.value);
  if (node.kind === 'list') return node.items.some(mentionsExpression);
  return node.entries.some(({ key, value }) => hasExpression(key) || mentionsExpression(value));
}
