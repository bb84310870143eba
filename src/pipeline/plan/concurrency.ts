/** The evaluated `concurrency` of a run or job. */
import { isJsonObject, type Json } from '../../kernel/json.js';
import type { Concurrency, Template } from '../../model/plan.js';
import type { Surroundings } from '../expression/evaluate.js';
import { ExpressionError } from '../expression/expression-error.js';
import { templateValue, textOf } from '../expression/template.js';

export const MAX_GROUP = 400;

/** Null when the file gives none. Throws an ExpressionError. */
export function concurrencyOf(template: Template, surroundings: Surroundings): Concurrency | null {
  if (template === null) return null;
  const value = templateValue(template, surroundings);
  const map = isJsonObject(value) ? value : { group: value };
  const cancelInProgress = truth(map['cancel-in-progress'] ?? false);
  const queue = map.queue === 'max' ? 'max' : 'single';
  if (queue === 'max' && cancelInProgress)
    throw new ExpressionError('concurrency: `queue: max` and cancel-in-progress exclude each other');
  return { group: groupOf(map.group ?? null), cancelInProgress, queue };
}

function groupOf(value: Json): string {
  const group = typeof value === 'object' ? '' : textOf(value).trim().toLowerCase();
  if (group !== '' && group.length <= MAX_GROUP) return group;
  throw new ExpressionError(`the concurrency group must have 1 to ${MAX_GROUP} characters`);
}

function truth(value: Json): boolean {
  if (typeof value === 'boolean') return value;
  throw new ExpressionError(`cancel-in-progress must be true or false, not '${textOf(value)}'`);
}
