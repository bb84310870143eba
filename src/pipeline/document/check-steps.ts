/** Checks of the steps of one job: ids, actions, and the steps that steer those in the background. */
import { entryOf, itemsOf, type Node } from './node.js';
import { jsonOf, scalarText } from './node-values.js';
import { BUILT_IN_ACTIONS } from './not-yet.js';
import { ID_PATTERN } from './shared-table.js';
import type { ProblemList } from './problem-list.js';

export function checkSteps(job: Node, problems: ProblemList): void {
  const steps = entryOf(job, 'steps');
  if (entryOf(job, 'uses') === null && entryOf(job, 'runs-on') !== null && itemsOf(steps).length === 0) {
    problems.error(steps?.spot ?? job.spot, 'no-step', 'the job has no `steps`');
  }
  const seen = new Set<string>();
  const background = new Set<string>();
  for (const step of itemsOf(steps)) {
    checkControl(step, seen, background, problems);
    for (const one of entryOf(step, 'parallel') ? parallelSteps(step, problems) : [step]) {
      checkStepId(one, seen, problems);
      checkUses(one, problems);
    }
    if (jsonOf(entryOf(step, 'background')) === true)
      background.add((scalarText(entryOf(step, 'id')) ?? '').toLowerCase());
  }
}

function parallelSteps(step: Node, problems: ProblemList): readonly Node[] {
  const parallel = entryOf(step, 'parallel');
  const steps = itemsOf(parallel);
  if (parallel?.kind === 'list' && steps.length === 0)
    problems.error(parallel.spot, 'no-step', '`parallel` has no steps');
  for (const inner of steps) {
    const control = ['parallel', 'wait', 'wait-all', 'cancel'].find((key) => entryOf(inner, key) !== null);
    if (control) problems.error(inner.spot, 'nested-control', `\`${control}\` cannot stand inside \`parallel\``);
  }
  return steps;
}

/** `wait` and `cancel` name steps of the background that stand before. */
function checkControl(
  step: Node,
  seen: ReadonlySet<string>,
  background: ReadonlySet<string>,
  problems: ProblemList,
): void {
  for (const key of ['wait', 'cancel']) {
    const target = entryOf(step, key);
    for (const node of target?.kind === 'list' ? target.items : target ? [target] : []) {
      const id = scalarText(node);
      if (!id || background.has(id.toLowerCase())) continue;
      const why = seen.has(id.toLowerCase()) ? 'does not run in the background' : 'does not stand before this one';
      problems.error(node.spot, 'unknown-step', `\`${key}\` names the step \`${id.slice(0, 60)}\`, which ${why}`);
    }
  }
}

function checkStepId(step: Node, seen: Set<string>, problems: ProblemList): void {
  const node = entryOf(step, 'id');
  const id = scalarText(node);
  if (!node || !id) return;
  const folded = id.toLowerCase();
  if (!ID_PATTERN.test.test(id))
    problems.error(node.spot, 'bad-name', `\`${id.slice(0, 60)}\` is no step id: it ${ID_PATTERN.says}`);
  if (seen.has(folded))
    problems.error(node.spot, 'duplicate-id', `another step of the job has the id \`${id}\` already`);
  seen.add(folded);
}

function checkUses(step: Node, problems: ProblemList): void {
  const node = entryOf(step, 'uses');
  const uses = scalarText(node);
  if (!node || !uses) return;
  const shown = uses.slice(0, 80);
  const [action = '', version] = uses.split('@');
  if (uses.startsWith('./')) return;
  if (/^(\$\/|docker:\/\/)/.test(uses)) {
    problems.error(
      node.spot,
      'not-yet',
      `\`${shown}\` cannot be run here: write a \`./\` action, or the commands themselves`,
    );
  } else if (!version) {
    problems.error(node.spot, 'no-version', `\`${shown}\` names no version: write \`${shown}@<tag or commit>\``);
  } else if (!BUILT_IN_ACTIONS.includes(action.toLowerCase())) {
    const known = BUILT_IN_ACTIONS.join(', ');
    problems.warning(
      node.spot,
      'not-yet',
      `the action \`${shown}\` cannot be run here yet, so its step fails; known are ${known}`,
    );
  }
}
