/** The JSON Schema (draft-07) of a pipeline, for editors: made from the same tables that the walker reads. */
import type { Json, JsonObject } from '../../kernel/json.js';
import { GITHUB_EVENTS } from '../trigger/github-events.js';
import { NOT_YET } from './not-yet.js';
import { NO_NAMES } from './places.js';
import { ROOT } from './root-table.js';
import type { Key, ListShape, MapShape, Names, NumberShape, OtherKeys, Shape, TextShape } from './shape.js';

const EXPRESSION: JsonObject = { type: 'string', pattern: '\\$\\{\\{[\\s\\S]*\\}\\}' };
const SCALAR = ['string', 'number', 'boolean'];
const TAKES_EXPRESSIONS = ['text', 'condition', 'any', 'refused'];

/** What a schema cannot say is left to the reader: all that the reader takes fits, not all that fits is taken. */
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
    const wantsExpression = names.contexts.length > 0 && !TAKES_EXPRESSIONS.includes(shape.kind);
    return wantsExpression ? { anyOf: [...optionsOf(plain), EXPRESSION] } : plain;
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
        return { type: [...SCALAR, 'null'] };
      case 'number':
        return numberSchema(shape);
      case 'text':
        return textSchema(shape, names);
      case 'list':
        return this.list(shape, names, path);
      case 'map':
        return this.map(shape, names, path);
      case 'either':
        return { anyOf: shape.of.flatMap((option) => optionsOf(this.write(option, names, path))) };
      case 'refused':
        return { not: {} };
      case 'variant':
        return this.variant(shape, names, path);
    }
  }

  private list(shape: ListShape, names: Names, path: string): Json {
    const items = this.write(shape.item, names, `${path}.*`);
    return { type: 'array', items, ...(shape.empty === 'refused' ? { minItems: 1 } : {}) };
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
      ...(shape.empty === 'refused' ? { minProperties: 1 } : {}),
      ...this.others(shape.others, names, path),
    };
  }

  private key(key: Key, names: Names, path: string): Json {
    const warning = warningOf(key, path);
    return {
      description: key.doc,
      ...(warning === null ? {} : { deprecationMessage: warning }),
      allOf: [this.write(key.shape, names, path)],
    };
  }

  /** A map where expressions are allowed takes computed keys too. */
  private others(others: OtherKeys | undefined, names: Names, path: string): JsonObject {
    if (!others) return { additionalProperties: false };
    const value = this.write(others.value, names, `${path}.*`);
    const look = others.pattern?.test ?? others.looksLike;
    if (!look) return { additionalProperties: value };
    return { patternProperties: { [look.source]: value }, additionalProperties: false };
  }
}

/** What an editor shows as a warning at the key. */
function warningOf(key: Key, path: string): string | null {
  if (key.shape.kind === 'refused') return key.shape.reason;
  const instead = NOT_YET.get(path);
  if (instead !== undefined) return `It cannot be run here yet: ${instead}.`;
  const [, event = ''] = /^on\.(\w+)$/.exec(path) ?? [];
  return GITHUB_EVENTS.get(event)?.starts === 'never' ? 'The forge has no such event: it never starts here.' : null;
}

/** The options of a choice, so that choices of choices are one. */
function optionsOf(schema: Json): readonly Json[] {
  const { anyOf, ...rest } = schema as JsonObject;
  return Array.isArray(anyOf) && Object.keys(rest).length === 0 ? (anyOf as readonly Json[]) : [schema];
}

function numberSchema(shape: NumberShape): Json {
  const number: JsonObject = { type: 'number' };
  return shape.text === 'counts' ? { anyOf: [number, { type: 'string', pattern: '^\\s*[+-]?[0-9.]' }] } : number;
}

function textSchema(shape: TextShape, names: Names): Json {
  const takesExpressions = names.contexts.length > 0;
  if (shape.words) return takesExpressions ? { anyOf: [{ enum: shape.words }, EXPRESSION] } : { enum: shape.words };
  if (shape.pattern) return { type: 'string', pattern: shape.pattern.test.source };
  if (shape.offers) return offeredSchema(shape.offers.words, shape.offers.others);
  return shape.empty === 'refused' ? { type: SCALAR, minLength: 1 } : { type: [...SCALAR, 'null'] };
}

function offeredSchema(words: readonly string[], others: RegExp): Json {
  const other: JsonObject = { type: SCALAR, pattern: others.source };
  return words.length === 0 ? other : { anyOf: [{ enum: words }, other] };
}
