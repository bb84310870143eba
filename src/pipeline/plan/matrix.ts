/** The combinations of a matrix: the product of its axes, then `exclude`, then `include` (LANGUAGE.md, "Matrix"). */
import { isJsonObject, type Json, type JsonObject } from '../../kernel/json.js';
import { equals } from '../expression/compare.js';
import { ExpressionError } from '../expression/expression-error.js';
import { textOf } from '../expression/template.js';
import { toValue } from '../expression/values.js';

export const MAX_COMBINATIONS = 256;

/** Combinations times the items of `exclude` or `include` that each is held against. */
const MAX_COMPARED = 500_000;

export interface Combination {
  readonly values: JsonObject;
  /** The values that name it: those of the axes, of an added one all. */
  readonly naming: readonly Json[];
}

interface Axis {
  readonly name: string;
  readonly values: readonly Json[];
}

/** Throws an ExpressionError that says what is wrong with the matrix. */
export function combinationsOf(matrix: Json): readonly Combination[] {
  if (!isJsonObject(matrix)) throw new ExpressionError(`the matrix must be a map, not ${textOf(matrix)}`);
  const axes = Object.entries(matrix).flatMap(([name, values]) => (isFilterKey(name) ? [] : [axisOf(name, values)]));
  const include = filtersOf(matrix, 'include');
  if (axes.length === 0 && include.length === 0)
    throw new ExpressionError('the matrix has neither an axis nor an include');
  const kept = without(product(axes), filtersOf(matrix, 'exclude'), axes);
  const all = included(kept, include, axes);
  if (all.length > MAX_COMBINATIONS) throw tooMany();
  return all;
}

function isFilterKey(name: string): boolean {
  return name === 'include' || name === 'exclude';
}

function axisOf(name: string, values: Json): Axis {
  if (!Array.isArray(values)) throw new ExpressionError(`the axis \`${name}\` must be a list, not ${textOf(values)}`);
  if (values.length === 0) throw new ExpressionError(`the axis \`${name}\` is empty`);
  return { name, values: values as readonly Json[] };
}

function filtersOf(matrix: JsonObject, key: 'include' | 'exclude'): readonly JsonObject[] {
  const filters = Object.hasOwn(matrix, key) ? matrix[key] : [];
  if (!Array.isArray(filters)) throw new ExpressionError(`\`${key}\` must be a list of maps`);
  return (filters as readonly Json[]).map((filter) => {
    if (isJsonObject(filter) && Object.keys(filter).length > 0) return filter;
    if (isJsonObject(filter)) throw new ExpressionError(`an item of \`${key}\` has no keys`);
    throw new ExpressionError(`an item of \`${key}\` must be a map, not ${textOf(filter)}`);
  });
}

type Entries = readonly (readonly [string, Json])[];

function product(axes: readonly Axis[]): readonly Entries[] {
  if (axes.length === 0) return [];
  let all: Entries[] = [[]];
  for (const { name, values } of axes) {
    if (all.length * values.length > MAX_COMBINATIONS * MAX_COMBINATIONS) throw tooMany();
    all = all.flatMap((entries) => values.map((value): Entries => [...entries, [name, value]]));
  }
  return all;
}

function tooMany(): ExpressionError {
  return new ExpressionError(`the matrix has more than ${MAX_COMBINATIONS} combinations`);
}

function checkCompared(all: readonly Entries[], filters: readonly JsonObject[]): void {
  if (all.length * filters.length <= MAX_COMPARED) return;
  const message = `the matrix is too large: ${all.length} combinations and ${filters.length} items of exclude or include`;
  throw new ExpressionError(message);
}

function without(all: readonly Entries[], filters: readonly JsonObject[], axes: readonly Axis[]): readonly Entries[] {
  checkCompared(all, filters);
  for (const key of new Set(filters.flatMap((filter) => Object.keys(filter)))) {
    if (!axes.some(({ name }) => sameKey(name, key)))
      throw new ExpressionError(`\`exclude\` names \`${key}\`, which is no axis`);
  }
  return all.filter(
    (entries) => !filters.some((filter) => Object.entries(filter).every(([key, value]) => agrees(entries, key, value))),
  );
}

function included(
  originals: readonly Entries[],
  include: readonly JsonObject[],
  axes: readonly Axis[],
): readonly Combination[] {
  checkCompared(originals, include);
  const extras = originals.map(() => new Map<string, readonly [string, Json]>());
  const added: Combination[] = [];
  for (const filter of include) {
    const entries = Object.entries(filter);
    const onAxes = entries.filter(([key]) => axes.some(({ name }) => sameKey(name, key)));
    const matching = originals.flatMap((original, index) =>
      onAxes.every(([key, value]) => agrees(original, key, value)) ? [extras[index]] : [],
    );
    const more = entries.filter((entry) => !onAxes.includes(entry));
    for (const extra of matching) for (const entry of more) extra?.set(entry[0].toLowerCase(), entry);
    if (matching.length === 0) added.push(addedBy([...onAxes, ...more]));
  }
  const extended = originals.map((original, index) => ({
    values: Object.fromEntries([...original, ...(extras[index]?.values() ?? [])]),
    naming: original.map(([, value]) => value),
  }));
  return [...extended, ...added];
}

/** A combination of its own: values of axes come first in its name. */
function addedBy(entries: Entries): Combination {
  return { values: Object.fromEntries(entries), naming: entries.map(([, value]) => value) };
}

function agrees(entries: Entries, key: string, wanted: Json): boolean {
  const found = entries.find(([name]) => sameKey(name, key));
  return found !== undefined && fits(found[1], wanted);
}

/** Every leaf of `wanted` must be equal in the language's sense; lists go by position. */
function fits(value: Json | undefined, wanted: Json): boolean {
  if (value === undefined) return false;
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(value) &&
      (wanted as readonly Json[]).every((item, index) => fits((value as readonly Json[])[index], item))
    );
  }
  if (isJsonObject(wanted))
    return isJsonObject(value) && Object.entries(wanted).every(([key, item]) => fits(memberOf(value, key), item));
  return typeof value !== 'object' || value === null ? equals(toValue(value), toValue(wanted)) : false;
}

function memberOf(value: JsonObject, key: string): Json | undefined {
  const name = Object.keys(value).find((one) => sameKey(one, key));
  return name === undefined ? undefined : value[name];
}

function sameKey(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
