/** `toJSON(…)`: indented by two blanks, numbers as expressions print them, never larger than the budget. */
import type { Budget } from './budget.js';
import { data } from './library.js';
import type { Value } from './values.js';

export function writeJson(value: Value, budget: Budget, indent = ''): string {
  if (value instanceof data.Array) {
    return enclosed('[', ']', value.values(), indent, budget, (item, inner) => writeJson(item, budget, inner));
  }
  if (value instanceof data.Dictionary) {
    return enclosed(
      '{',
      '}',
      value.pairs(),
      indent,
      budget,
      ({ key, value: item }, inner) =>
        `${budget.spend(JSON.stringify(key))}: ${writeJson(item as Value, budget, inner)}`,
    );
  }
  return budget.spend(leaf(value));
}

function enclosed<T>(
  open: string,
  close: string,
  items: readonly T[],
  indent: string,
  budget: Budget,
  write: (item: T, indent: string) => string,
): string {
  if (items.length === 0) return budget.spend(`${open}${close}`);
  const inner = `${indent}  `;
  budget.charge(items.length * (inner.length + 2));
  return `${open}\n${inner}${items.map((item) => write(item, inner)).join(`,\n${inner}`)}\n${indent}${close}`;
}

function leaf(value: Value): string {
  if (value instanceof data.Null) return 'null';
  return value instanceof data.StringData ? JSON.stringify(value.value) : value.coerceString();
}
