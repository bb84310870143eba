/** The JSON Schema (draft-07) of a pipeline, for editors: made from the same tables that the walker reads. */
import type { Json, JsonObject } from '../../kernel/json.js';
import { NOT_YET } from './not-yet.js';
import { NO_NAMES } from './places.js';
import { ROOT } from './root-table.js';
import type { Key, MapShape, Names, OtherKeys, Shape, TextShape } from './shape.js';

const EXPRESSION: JsonObject = { type: 'string', pattern: '\\$\\{\\{[\\s\\S]*\\}\\}' };

export function jsonSchema(): JsonObject {
  const writer = new SchemaWriter();
  const root = writer.write(ROOT, NO_NAMES, '');
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Pipeline',
    description: 'A pipeline in the language of GitHub Actions workflows, with topics of the forge as triggers.',
    ...(root as JsonObject),
    definitions: writer.definitions(),
  };
}

/** Variants (jobs, steps) become definitions: steps hold steps. */
class SchemaWriter {
  private readonly variants = new Map<Shape, { readonly name: string; schema: Json }>();

  definitions(): JsonObject {
    return Object.fromEntries([...this.variants.values()].map(({ name, schema }) => [name, schema]));
  }

  write(shape: Shape, around: Names, path: string): Json {
    const names = shape.names ?? around;
    const plain = this.plain(shape, names, path);
    const wantsExpression = names.contexts.length > 0 && !['text', 'condition', 'any', 'refused'].includes(shape.kind);
    return wantsExpression ? { anyOf: [plain, EXPRESSION] } : plain;
  }

  private plain(shape: Shape, names: Names, path: string): Json {
    switch (shape.kind) {
      case 'any':
        return {};
      case 'null':
        return { type: 'null' };
      case 'boolean':
        return { type: 'boolean' };
      case 'condition':
        return { type: ['string', 'boolean', 'number', 'null'] };
      case 'number':
        return shape.text === 'counts' ? { type: ['number', 'string'] } : { type: 'number' };
      case 'text':
        return textSchema(shape, names);
      case 'list':
        return { type: 'array', items: this.write(shape.item, names, `${path}.*`) };
      case 'map':
        return this.map(shape, names, path);
      case 'either':
        return { anyOf: shape.of.map((option) => this.write(option, names, path)) };
      case 'refused':
        return { not: {}, description: shape.reason };
      case 'variant':
        return this.variant(shape, names, path);
    }
  }

  private variant(shape: Shape & { readonly kind: 'variant' }, names: Names, path: string): Json {
    const known = this.variants.get(shape);
    if (known) return { $ref: `#/definitions/${known.name}` };
    const entry = { name: path.includes('steps') ? 'step' : 'job', schema: {} as Json };
    this.variants.set(shape, entry);
    entry.schema = { anyOf: shape.of.map((option) => this.map(option.shape, names, path)) };
    return { $ref: `#/definitions/${entry.name}` };
  }

  private map(shape: MapShape, names: Names, path: string): Json {
    const keys = Object.entries(shape.keys);
    const required = keys.filter(([, key]) => key.required).map(([name]) => name);
    return {
      type: 'object',
      properties: Object.fromEntries(
        keys.map(([name, key]) => [name, this.key(key, names, path === '' ? name : `${path}.${name}`)]),
      ),
      ...(required.length > 0 ? { required } : {}),
      ...this.others(shape.others, names, path),
    };
  }

  private key(key: Key, names: Names, path: string): Json {
    const instead = NOT_YET.get(path);
    const description = instead === undefined ? key.doc : `${key.doc} Cannot be run here yet: ${instead}.`;
    return { description, allOf: [this.write(key.shape, names, path)] };
  }

  /** A map where expressions are allowed takes computed keys too. */
  private others(others: OtherKeys | undefined, names: Names, path: string): JsonObject {
    if (!others) return { additionalProperties: false };
    const value = this.write(others.value, names, `${path}.*`);
    if (!others.pattern) return { additionalProperties: value };
    return { patternProperties: { [others.pattern.test.source]: value }, additionalProperties: false };
  }
}

function textSchema(shape: TextShape, names: Names): Json {
  if (shape.words) {
    const words: JsonObject = { enum: shape.words };
    return names.contexts.length > 0 ? { anyOf: [words, EXPRESSION] } : words;
  }
  if (shape.pattern) return { type: 'string', pattern: shape.pattern.test.source };
  return shape.empty === 'refused'
    ? { type: ['string', 'number', 'boolean'], minLength: 1 }
    : { type: ['string', 'number', 'boolean', 'null'] };
}
