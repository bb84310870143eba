/** Checks of a `concurrency` that is written out: what is computed fails its run or job. */
import { hasExpression } from '../expression/template.js';
import { MAX_GROUP } from '../plan/concurrency.js';
import { entryOf, type Node } from './node.js';
import { jsonOf, scalarText } from './node-values.js';
import type { ProblemList } from './problem-list.js';

/** Of the whole file, or of a job. */
export function checkConcurrency(of: Node, problems: ProblemList): void {
  const node = entryOf(of, 'concurrency');
  const group = node?.kind === 'map' ? entryOf(node, 'group') : node;
  const name = scalarText(group) ?? '';
  if (group && !hasExpression(name) && name.length > MAX_GROUP)
    problems.error(
      group.spot,
      'bad-concurrency',
      `a group has at most ${MAX_GROUP} characters, this one ${name.length}`,
    );
  const queue = entryOf(node, 'queue');
  if (queue && jsonOf(queue) === 'max' && jsonOf(entryOf(node, 'cancel-in-progress')) === true)
    problems.error(queue.spot, 'bad-concurrency', '`queue: max` and `cancel-in-progress: true` exclude each other');
}
