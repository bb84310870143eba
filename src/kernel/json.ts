/** The type of a plain JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A plain JSON object; keys may be any text, `__proto__` included: read them with `Object.hasOwn`. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** True for a JSON object (no list, no null). */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
