/** The steps of a job, `parallel` written out. */
import { EMPTY_STEP, type PlannedStep, type StepControl } from '../../model/plan.js';
import { entryOf, itemsOf, type Node } from './node.js';
import { conditionAt, jsonOf, recordAt, textAt, textsAt } from './node-values.js';

export function buildSteps(steps: Node | null): readonly PlannedStep[] {
  const parts = itemsOf(steps).flatMap(partsOf);
  return parts.map((part, index) =>
    part.kind === 'step' ? buildStep(part, index) : groupEnd(part.count, parts, index),
  );
}

/** A step as it is written, or the wait behind `count` steps of a `parallel`. */
type Part =
  | { readonly kind: 'step'; readonly node: Node; readonly background: boolean }
  | { readonly kind: 'group-end'; readonly count: number };

function partsOf(node: Node): readonly Part[] {
  const parallel = entryOf(node, 'parallel');
  if (parallel === null) return [{ kind: 'step', node, background: jsonOf(entryOf(node, 'background')) === true }];
  const steps = itemsOf(parallel).map((step): Part => ({ kind: 'step', node: step, background: true }));
  return [...steps, { kind: 'group-end', count: steps.length }];
}

function groupEnd(count: number, parts: readonly Part[], index: number): PlannedStep {
  const ids = parts.slice(index - count, index).map((part, offset) => idOf(part, index - count + offset));
  return {
    ...EMPTY_STEP,
    number: index + 1,
    id: `__${index + 1}`,
    name: 'wait for the parallel steps',
    control: { kind: 'wait', ids },
  };
}

function idOf(part: Part, index: number): string {
  return (part.kind === 'step' && textAt(part.node, 'id')) || `__${index + 1}`;
}

function buildStep(part: Part & { readonly kind: 'step' }, index: number): PlannedStep {
  const { node, background } = part;
  return {
    number: index + 1,
    id: idOf(part, index),
    name: textAt(node, 'name'),
    if: conditionAt(node),
    run: textAt(node, 'run'),
    uses: textAt(node, 'uses'),
    with: recordAt(node, 'with'),
    env: recordAt(node, 'env'),
    shell: jsonOf(entryOf(node, 'shell')),
    workingDirectory: jsonOf(entryOf(node, 'working-directory')),
    timeoutMinutes: jsonOf(entryOf(node, 'timeout-minutes')),
    continueOnError: jsonOf(entryOf(node, 'continue-on-error')) ?? false,
    background,
    control: controlOf(node),
  };
}

function controlOf(node: Node): StepControl | null {
  if (entryOf(node, 'wait') !== null) return { kind: 'wait', ids: textsAt(node, 'wait') };
  const cancel = textAt(node, 'cancel');
  if (cancel !== null) return { kind: 'cancel', id: cancel };
  const all = entryOf(node, 'wait-all');
  return all !== null && jsonOf(all) !== false ? { kind: 'wait-all' } : null;
}
