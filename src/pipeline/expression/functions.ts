/** The functions of the language, within a budget of text. */
import type { Json } from '../../kernel/json.js';
import type { Budget } from './budget.js';
import { equals, foldCase } from './compare.js';
import { ExpressionError } from './expression-error.js';
import { formatText } from './format.js';
import { data } from './library.js';
import { TextValue, toValue, type Value } from './values.js';
import { writeJson } from './write-json.js';

export type ExpressionFunction = (args: readonly Value[], budget: Budget) => Value;

const NOTHING = new data.Null();

/** Keys are lower case. */
export const FUNCTION_BODIES: ReadonlyMap<string, ExpressionFunction> = new Map<string, ExpressionFunction>([
  ['case', firstTrue],
  ['contains', ([where = NOTHING, what = NOTHING]) => new data.BooleanData(contains(where, what))],
  ['startswith', ([text = NOTHING, part = NOTHING]) => edge(text, part, 'startsWith')],
  ['endswith', ([text = NOTHING, part = NOTHING]) => edge(text, part, 'endsWith')],
  ['format', ([pattern = NOTHING, ...args], budget) => new TextValue(formatText(pattern.coerceString(), args, budget))],
  ['join', ([list = NOTHING, separator], budget) => new TextValue(join(list, separator, budget))],
  ['tojson', ([value = NOTHING], budget) => new TextValue(writeJson(value, budget))],
  ['fromjson', ([text = NOTHING], budget) => fromJson(text.coerceString(), budget)],
]);

function firstTrue(args: readonly Value[]): Value {
  for (let index = 0; index + 1 < args.length; index += 2) {
    const condition = args[index];
    if (!(condition instanceof data.BooleanData)) {
      throw new ExpressionError('case: each condition must be true or false (compare with == if it is not)');
    }
    if (condition.value) return args[index + 1] as Value;
  }
  return args[args.length - 1] as Value;
}

function contains(where: Value, what: Value): boolean {
  if (where instanceof data.Array) return where.values().some((item) => equals(what, item));
  if (!where.primitive || !what.primitive) return false;
  return foldCase(where.coerceString()).includes(foldCase(what.coerceString()));
}

function edge(text: Value, part: Value, which: 'startsWith' | 'endsWith'): Value {
  if (!text.primitive || !part.primitive) return new data.BooleanData(false);
  return new data.BooleanData(foldCase(text.coerceString())[which](foldCase(part.coerceString())));
}

function join(list: Value, separator: Value | undefined, budget: Budget): string {
  if (list.primitive) return list.coerceString();
  if (!(list instanceof data.Array)) return '';
  const between = separator?.primitive ? separator.coerceString() : ',';
  const items = list.values().map((item) => budget.spend(item.coerceString()));
  budget.charge(between.length * items.length);
  return items.join(between);
}

function fromJson(text: string, budget: Budget): Value {
  budget.charge(text.length);
  if (text.trim() === '') throw new ExpressionError('fromJSON: the text is empty');
  return toValue(parseJson(text));
}

function parseJson(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (cause) {
    throw new ExpressionError('fromJSON: the text is not JSON', { cause });
  }
}
