/** A validator for the part of JSON Schema that the editor's schema is written in. */
import { isJsonObject, type Json, type JsonObject } from '../../src/kernel/json.js';

/** The faults of a value, each with its path. */
export function validate(root: JsonObject, value: Json): string[] {
  return faults(root, root, value, '');
}

function faults(root: JsonObject, schema: Json, value: Json, path: string): string[] {
  if (!isJsonObject(schema)) return schema === false ? [`${path}: not allowed`] : [];
  if (typeof schema['$ref'] === 'string') return faults(root, resolve(root, schema['$ref']), value, path);
  return [
    ...listOf(schema['allOf']).flatMap((one) => faults(root, one, value, path)),
    ...anyOf(root, schema, value, path),
    ...(schema['not'] !== undefined && faults(root, schema['not'], value, path).length === 0
      ? [`${path}: refused`]
      : []),
    ...scalarFaults(schema, value, path),
    ...(Array.isArray(value)
      ? (value as readonly Json[]).flatMap((item, index) =>
          faults(root, schema['items'] ?? {}, item, `${path}/${index}`),
        )
      : []),
    ...(isJsonObject(value) ? objectFaults(root, schema, value, path) : []),
  ];
}

function resolve(root: JsonObject, reference: string): Json {
  return reference
    .slice(2)
    .split('/')
    .reduce<Json>((at, key) => (isJsonObject(at) ? (at[key] ?? {}) : {}), root);
}

function anyOf(root: JsonObject, schema: JsonObject, value: Json, path: string): string[] {
  const options = listOf(schema['anyOf']);
  if (options.length === 0) return [];
  const all = options.map((one) => faults(root, one, value, path));
  return all.some((one) => one.length === 0) ? [] : (all.sort((a, b) => a.length - b.length)[0] ?? []);
}

function scalarFaults(schema: JsonObject, value: Json, path: string): string[] {
  const types = typeof schema['type'] === 'string' ? [schema['type']] : listOf(schema['type']);
  if (types.length > 0 && !types.includes(typeOf(value))) return [`${path}: is ${typeOf(value)}`];
  if (schema['enum'] !== undefined && !listOf(schema['enum']).includes(value)) return [`${path}: not in enum`];
  if (typeof value !== 'string') return [];
  if (typeof schema['pattern'] === 'string' && !new RegExp(schema['pattern']).test(value)) return [`${path}: pattern`];
  return typeof schema['minLength'] === 'number' && value.length < schema['minLength'] ? [`${path}: too short`] : [];
}

function objectFaults(root: JsonObject, schema: JsonObject, value: JsonObject, path: string): string[] {
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
  const patterns = Object.entries(isJsonObject(schema['patternProperties']) ? schema['patternProperties'] : {});
  const missing = listOf(schema['required']).filter((key) => !Object.hasOwn(value, String(key)));
  const inner = Object.entries(value).flatMap(([key, item]) => {
    const pattern = patterns.find(([text]) => new RegExp(text).test(key))?.[1];
    const own = Object.hasOwn(properties, key) ? properties[key] : (pattern ?? schema['additionalProperties'] ?? true);
    return faults(root, own as Json, item, `${path}/${key}`);
  });
  return [...missing.map((key) => `${path}: lacks ${String(key)}`), ...inner];
}

function typeOf(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value;
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}
