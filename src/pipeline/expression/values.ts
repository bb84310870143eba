/** JSON values as the expression library wants them, made as they are looked at (LANGUAGE.md, "Expressions" 2). */
import { isJsonObject, type Json, type JsonObject } from '../../kernel/json.js';
import { data } from './library.js';
import { formatNumber, parseNumber } from './numbers.js';

export type Value = data.Array | data.Dictionary | data.StringData | data.BooleanData | data.NumberData | data.Null;

/** Do keys ignore case when no key fits exactly? All contexts do but `env`. */
export type KeyCase = 'ignore' | 'exact';

/** A string whose number is read as GitHub reads it. */
export class TextValue extends data.StringData {
  override number(): number {
    return parseNumber(this.value);
  }
}

/** A number that prints as at GitHub. */
export class NumberValue extends data.NumberData {
  override coerceString(): string {
    return formatNumber(this.value);
  }
}

/** A list whose items are converted on first sight. */
export class ListValue extends data.Array {
  private items: Value[] | null = null;

  constructor(private readonly source: readonly Json[]) {
    super();
  }

  override get(index: number): Value {
    return this.values()[index] ?? new data.Null();
  }

  override values(): Value[] {
    this.items ??= this.source.map((item) => toValue(item));
    return this.items;
  }
}

/** An object that keeps every key, `__proto__` and `constructor` included. */
export class ObjectValue extends data.Dictionary {
  private readonly seen = new Map<string, Value>();
  private folded: Map<string, string> | null = null;

  constructor(
    private readonly source: JsonObject,
    private readonly keyCase: KeyCase = 'ignore',
  ) {
    super();
  }

  override get(key: string): Value | undefined {
    const name = Object.hasOwn(this.source, key) ? key : this.inOtherCase(key);
    if (name === undefined) return undefined;
    const value = this.seen.get(name) ?? toValue(this.source[name] as Json);
    this.seen.set(name, value);
    return value;
  }

  override values(): Value[] {
    return this.pairs().map((pair) => pair.value);
  }

  override pairs(): { key: string; value: Value }[] {
    return Object.keys(this.source).map((key) => ({ key, value: this.get(key) as Value }));
  }

  private inOtherCase(key: string): string | undefined {
    if (this.keyCase === 'exact') return undefined;
    this.folded ??= new Map(
      Object.keys(this.source)
        .reverse()
        .map((name) => [name.toLowerCase(), name]),
    );
    return this.folded.get(key.toLowerCase());
  }
}

export function toValue(json: Json, keyCase: KeyCase = 'ignore'): Value {
  if (json === null || json === undefined) return new data.Null();
  if (typeof json === 'string') return new TextValue(json);
  if (typeof json === 'number') return new NumberValue(json);
  if (typeof json === 'boolean') return new data.BooleanData(json);
  return isJsonObject(json) ? new ObjectValue(json, keyCase) : new ListValue(json);
}

/** The JSON of a value; keys are set as own properties whatever their name. */
export function toJson(value: Value): Json {
  if (value instanceof data.Array) return value.values().map(toJson);
  if (value instanceof data.Dictionary) {
    return Object.fromEntries(value.pairs().map((pair) => [pair.key, toJson(pair.value)]));
  }
  return value instanceof data.Null ? null : value.value;
}
