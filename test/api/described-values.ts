/** Values at random, made of what the description says of parameters and bodies: many that fit, and some that nobody expects. */
import fc from 'fast-check';
import type { ApiDocument, DescribedOperation, DescribedParameter } from './answer-check.js';

type Schema = Readonly<Record<string, unknown>>;

/** Keys and values that programs stumble over. */
const HOSTILE_KEYS = ['__proto__', 'constructor', 'then', 'toString', 'length', ''];
const HOSTILE_TEXTS = [
  '',
  ' ',
  '\u0000',
  '../..',
  '%2e%2e',
  "' OR 1=1 --",
  '[',
  '*',
  '"',
  'NaN',
  '-1',
  '1e999',
  '\ud800',
];

export interface Asked {
  readonly path: string;
  readonly query: readonly (readonly [string, string])[];
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The text of the body; undefined for none. */
  readonly body: string | undefined;
}

/** Requests of an operation at this path of the document. */
export function requestsOf(document: ApiDocument, path: string, operation: DescribedOperation): fc.Arbitrary<Asked> {
  const named = (place: string) => operation.parameters.filter((each) => each.in === place);
  const schema = operation.requestBody?.content['application/json']?.schema as Schema | undefined;
  return fc.record({
    path: pathsOf(path, named('path')),
    query: queriesOf(named('query')),
    headers: headersOf(named('header')),
    body: schema === undefined ? fc.constant(undefined) : bodiesOf(document, schema),
  });
}

function pathsOf(path: string, parameters: readonly DescribedParameter[]): fc.Arbitrary<string> {
  const parts = parameters.map(({ name, schema }) => fc.tuple(fc.constant(name), segment(schema)));
  return fc
    .tuple(...parts)
    .map((pairs) => pairs.reduce((whole, [name, value]) => whole.replace(`{${name}}`, value), path));
}

/** Mostly what is there. */
function segment({ example }: Schema): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.constant(String(example)) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('2', '0', '..', '%2e%2e', '%00', '%zz', 'constructor', '9007199254740993'),
    },
    { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1 }).map(encoded) },
  );
}

function queriesOf(parameters: readonly DescribedParameter[]): fc.Arbitrary<(readonly [string, string])[]> {
  const known = parameters.map(({ name, schema }) => fc.tuple(fc.constant(name), textOf(schema)));
  const unknown = fc.tuple(fc.oneof(fc.constantFrom(...HOSTILE_KEYS), fc.string({ maxLength: 8 })), fc.string());
  return fc.array(fc.oneof(...known, unknown), { maxLength: 5 });
}

function textOf(schema: Schema): fc.Arbitrary<string> {
  const fitting = valueOf(() => ({}), schema).map(String);
  return fc.oneof({ weight: 3, arbitrary: fitting }, fc.string(), fc.constantFrom(...HOSTILE_TEXTS));
}

function headersOf(parameters: readonly DescribedParameter[]): fc.Arbitrary<Record<string, string | undefined>> {
  const values = parameters.map(({ name, schema }) => [name, headerOf(schema)] as const);
  return fc.record(Object.fromEntries([...values, ['Range', rangeHeader()]]), { requiredKeys: [] });
}

function headerOf(schema: Schema): fc.Arbitrary<string> {
  return fc.oneof(fc.constant(String(schema['example'])), fc.constant('*'), fc.string({ unit: 'grapheme-ascii' }));
}

function rangeHeader(): fc.Arbitrary<string> {
  const parts = fc.tuple(fc.nat({ max: 40 }), fc.nat({ max: 40 })).map(([from, to]) => `bytes=${from}-${to}`);
  return fc.oneof(parts, fc.string({ unit: 'grapheme-ascii' }));
}

function bodiesOf(document: ApiDocument, schema: Schema): fc.Arbitrary<string> {
  const find = ($ref: string) => document.components.schemas[$ref.replace('#/components/schemas/', '')] as Schema;
  return fc.oneof(
    { weight: 6, arbitrary: valueOf(find, schema).map((value) => JSON.stringify(value)) },
    { weight: 2, arbitrary: fc.jsonValue().map((value) => JSON.stringify(value)) },
    { weight: 1, arbitrary: fc.string() },
    { weight: 1, arbitrary: fc.constantFrom(...HOSTILE_KEYS).map((key) => `{${JSON.stringify(key)}:{"a":[1]}}`) },
  );
}

type Find = ($ref: string) => Schema;

function valueOf(find: Find, schema: Schema): fc.Arbitrary<unknown> {
  if (typeof schema['$ref'] === 'string') return valueOf(find, find(schema['$ref']));
  const parts = (schema['allOf'] ?? schema['anyOf'] ?? schema['oneOf']) as Schema[] | undefined;
  if (parts?.[0]) return valueOf(find, parts[0]);
  return fc.oneof({ weight: 8, arbitrary: fittingOf(find, schema) }, { weight: 1, arbitrary: fc.jsonValue() });
}

function fittingOf(find: Find, schema: Schema): fc.Arbitrary<unknown> {
  const { example } = schema;
  const made = madeOf(find, schema);
  return example === undefined ? made : fc.oneof(fc.constant(example), made);
}

function madeOf(find: Find, schema: Schema): fc.Arbitrary<unknown> {
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as unknown[]));
  const [type] = [schema['type']].flat();
  if (type === 'boolean') return fc.boolean();
  if (type === 'integer' || type === 'number') return numbersOf(schema);
  if (type === 'array') return fc.array(valueOf(find, (schema['items'] ?? {}) as Schema), { maxLength: 4 });
  if (type === 'object') return objectsOf(find, schema);
  return fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom(...HOSTILE_TEXTS));
}

function numbersOf({ minimum, maximum }: Schema): fc.Arbitrary<number> {
  return fc.integer({ min: Number(minimum ?? -10), max: Math.min(Number(maximum ?? 1_000), 1_000) });
}

function objectsOf(find: Find, { properties = {} }: Schema): fc.Arbitrary<object> {
  const fields = Object.entries(properties as Record<string, Schema>).map(([name, field]) => [
    name,
    valueOf(find, field),
  ]);
  return fc.record(Object.fromEntries(fields) as Record<string, fc.Arbitrary<unknown>>, { requiredKeys: [] });
}

/** A part of a path; one that cannot be written as UTF-8 is left out. */
function encoded(text: string): string {
  return encodeURIComponent(text.replace(/[\ud800-\udfff]/gu, ''));
}
