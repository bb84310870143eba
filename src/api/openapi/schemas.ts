/** Schemas of the classes of inputs and answers: types completed from their examples, and examples made of them. */
import { isReference, type Reference, type Schema, type Schemas } from './shapes.js';

const DEEPEST = 12;

/**
 * Pure. What a compiler tells of a property's class is no more than String, Number or Object, and not the same with each
 * compiler: the example of the property decides where it says more.
 */
export function completeSchema(schema: Schema | Reference): Schema | Reference {
  if (isReference(schema)) return schema;
  const typed = isOpen(schema) ? { ...schema, ...typeOfExample(schema) } : schema;
  return {
    ...typed,
    ...(typed.properties && { properties: mapValues(typed.properties, completeSchema) }),
    ...(typed.items && { items: completeSchema(typed.items) }),
    ...(isSchema(typed.additionalProperties) && { additionalProperties: completeSchema(typed.additionalProperties) }),
    ...mapLists(typed),
  };
}

/** Pure. A value as the schema wants it: its example, or one made of its parts. */
export function exampleOf(schema: Schema | Reference, schemas: Schemas, depth = 0): unknown {
  if (depth > DEEPEST) return null;
  if (isReference(schema)) return exampleOf(named(schema, schemas), schemas, depth + 1);
  if (schema.example !== undefined) return schema.example;
  if (Array.isArray(schema.examples)) return schema.examples[0];
  if (schema.default !== undefined) return schema.default;
  if (schema.enum) return schema.enum[0];
  const [variant] = schema.oneOf ?? schema.anyOf ?? [];
  if (variant) return exampleOf(variant, schemas, depth + 1);
  if (schema.allOf)
    return Object.assign(
      {},
      ...schema.allOf.map((part) => exampleOf(part, schemas, depth + 1)),
      partsOf(schema, schemas, depth),
    );
  if (schema.properties) return partsOf(schema, schemas, depth);
  if (hasType(schema, 'array')) return schema.items ? [exampleOf(schema.items, schemas, depth + 1)] : [];
  return plainExample(schema);
}

/** Of a component; one that is not there is anything. */
function named({ $ref }: Reference, schemas: Schemas): Schema | Reference {
  return schemas[$ref.replace('#/components/schemas/', '')] ?? {};
}

function partsOf(schema: Schema, schemas: Schemas, depth: number): object {
  return mapValues(schema.properties ?? {}, (part) => exampleOf(part, schemas, depth + 1));
}

function plainExample(schema: Schema): unknown {
  if (hasType(schema, 'string')) return 'text';
  if (hasType(schema, 'integer') || hasType(schema, 'number')) return schema.minimum ?? 1;
  if (hasType(schema, 'boolean')) return true;
  return hasType(schema, 'object') ? {} : null;
}

/** Does the schema say less than an example would? */
function isOpen(schema: Schema): boolean {
  if (schema.example === undefined || schema.enum || schema.oneOf || schema.anyOf || schema.allOf) return false;
  if (hasType(schema, 'array')) return Array.isArray(schema.example) && isEmpty(schema.items);
  if (hasType(schema, 'number')) return Number.isInteger(schema.example) && schema.format === undefined;
  return schema.type === undefined || (hasType(schema, 'object') && !schema.properties);
}

function typeOfExample({ type, example, additionalProperties }: Schema): Partial<Schema> {
  const guessed = typeOf(example);
  const isNullable = [type].flat().includes('null');
  const open = guessed.type === 'object' && additionalProperties === undefined ? { additionalProperties: true } : {};
  return { ...guessed, ...open, ...(isNullable && guessed.type ? { type: [guessed.type as string, 'null'] } : {}) };
}

function typeOf(example: unknown): Partial<Schema> {
  if (example === null || example === undefined) return {};
  if (Array.isArray(example)) return { type: 'array', items: typeOf(example[0]) };
  if (typeof example === 'number') return { type: Number.isInteger(example) ? 'integer' : 'number' };
  return { type: typeof example };
}

function mapLists(schema: Schema): Partial<Schema> {
  const lists = (['oneOf', 'anyOf', 'allOf'] as const).filter((name) => schema[name]);
  return Object.fromEntries(lists.map((name) => [name, schema[name]?.map(completeSchema)]));
}

function hasType(schema: Schema, type: string): boolean {
  return [schema.type].flat().includes(type);
}

function isEmpty(items: Schema | Reference | undefined): boolean {
  if (items === undefined) return true;
  return (
    !isReference(items) && (items.type === undefined || items.type === 'object') && !items.properties && !items.allOf
  );
}

function isSchema(value: unknown): value is Schema | Reference {
  return typeof value === 'object' && value !== null;
}

function mapValues<T, U>(record: Readonly<Record<string, T>>, change: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}
