/** What a pipeline takes from whoever starts it: inputs of calls and dispatches, and its schedules. */
import type { CallInput } from '../../model/plan.js';
import { entriesOf, entryOf, itemsOf, type MapEntry, type Node } from './node.js';
import { jsonOf, scalarText, textAt, textsAt } from './node-values.js';
import type { Callable, DispatchInput, Schedule } from './pipeline.js';

export function buildCallable(on: Node | null): Callable | null {
  const call = namedIn(on, 'workflow_call');
  if (call === null) return null;
  return {
    inputs: entriesOf(entryOf(call, 'inputs')).map(callInput),
    secrets: entriesOf(entryOf(call, 'secrets')).map(({ key, value }) => ({
      name: key,
      required: isTrue(value, 'required'),
    })),
    outputs: Object.fromEntries(
      entriesOf(entryOf(call, 'outputs')).map(({ key, value }) => [key, textAt(value, 'value') ?? '']),
    ),
  };
}

export function buildDispatch(on: Node | null): readonly DispatchInput[] | null {
  const dispatch = namedIn(on, 'workflow_dispatch');
  return dispatch && entriesOf(entryOf(dispatch, 'inputs')).map(dispatchInput);
}

export function buildSchedules(on: Node | null): readonly Schedule[] {
  return itemsOf(entryOf(on, 'schedule')).map((item) => ({
    cron: (textAt(item, 'cron') ?? '').trim().replace(/\s+/g, ' '),
    timezone: textAt(item, 'timezone') ?? 'UTC',
  }));
}

/** The value of a name of `on` (an empty node for one that has none), or null when `on` does not name it. */
function namedIn(on: Node | null, name: string): Node | null {
  if (on?.kind === 'map') return entryOf(on, name);
  return (on?.kind === 'list' ? on.items : on ? [on] : []).find((node) => scalarText(node) === name) ?? null;
}

function callInput({ key, value }: MapEntry): CallInput {
  const type = textAt(value, 'type');
  return {
    name: key,
    type: type === 'boolean' || type === 'number' ? type : 'string',
    required: isTrue(value, 'required'),
    default: jsonOf(entryOf(value, 'default')),
  };
}

const DISPATCH_TYPES = ['boolean', 'choice', 'number', 'environment'] as const;

function dispatchInput({ key, value }: MapEntry): DispatchInput {
  const fallback = jsonOf(entryOf(value, 'default'));
  return {
    name: key,
    description: textAt(value, 'description') ?? '',
    type: DISPATCH_TYPES.find((type) => type === textAt(value, 'type')) ?? 'string',
    required: isTrue(value, 'required'),
    default: typeof fallback === 'object' ? null : fallback,
    options: textsAt(value, 'options'),
  };
}

function isTrue(node: Node, key: string): boolean {
  return jsonOf(entryOf(node, key)) === true;
}
