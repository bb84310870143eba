/** Reads values of a message that came from outside: whatever is missing or of the wrong type is null. */
import { isJsonObject, type Json, type JsonObject } from '../../kernel/json.js';

/** The value at the end of `path`, or undefined where an object or a key is missing on the way. */
export function valueAt(value: Json | undefined, ...path: readonly string[]): Json | undefined {
  let at: Json | undefined = value;
  for (const key of path) {
    if (!isJsonObject(at) || !Object.hasOwn(at, key)) return undefined;
    at = at[key];
  }
  return at;
}

export function textAt(value: Json | undefined, ...path: readonly string[]): string | null {
  const found = valueAt(value, ...path);
  return typeof found === 'string' ? found : null;
}

export function objectAt(value: Json | undefined, ...path: readonly string[]): JsonObject | null {
  const found = valueAt(value, ...path);
  return isJsonObject(found) ? found : null;
}

export function listAt(value: Json | undefined, ...path: readonly string[]): readonly Json[] {
  const found = valueAt(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** The texts of a list; what is no text is left out. */
export function textsAt(value: Json | undefined, ...path: readonly string[]): readonly string[] {
  return listAt(value, ...path).filter((item) => typeof item === 'string');
}

/** A positive whole number that fits: Pagure's ids and counts. */
export function countAt(value: Json | undefined, ...path: readonly string[]): number | null {
  const found = valueAt(value, ...path);
  return typeof found === 'number' && Number.isSafeInteger(found) && found > 0 ? found : null;
}

/** 40 hex digits in lower case. */
export function commitAt(value: Json | undefined, ...path: readonly string[]): string | null {
  const found = textAt(value, ...path);
  return found !== null && /^[0-9a-f]{40}$/i.test(found) ? found.toLowerCase() : null;
}

/** A name of a user, a branch or a project as it may be kept: one line, at most 255 characters. */
export function nameAt(value: Json | undefined, ...path: readonly string[]): string | null {
  const found = textAt(value, ...path);
  const fits = found !== null && found.length > 0 && found.length <= 255 && !/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(found);
  return fits ? found : null;
}
