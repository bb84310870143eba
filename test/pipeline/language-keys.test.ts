/** Every key of the language: once good in `cases/`, once bad here, known to the editor's schema, and as GitHub has it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { isJsonObject, type Json, type JsonObject } from '../../src/kernel/json.js';
import { jsonSchema, languageKeys, readPipeline } from '../../src/pipeline/index.js';
import { validate } from './schema-validator.js';

const FOLDER = new URL('cases/', import.meta.url);
const GOOD = ['all-keys-of-jobs', 'all-events', 'call-and-dispatch', 'ordinary-ci'].map(
  (name) => parse(readFileSync(new URL(`${name}/pipeline.yml`, FOLDER), 'utf8')) as Json,
);
const KEYS = languageKeys();
const PATHS = new Set(KEYS.map(({ path }) => path));
const PREFIXES = new Set(
  KEYS.flatMap(({ path }) => path.split('.').map((_, index, parts) => parts.slice(0, index + 1).join('.'))),
);

/** Where a key of the table stands in a document. */
interface Spot {
  readonly path: string;
  readonly document: Json;
  readonly keys: readonly string[];
}

function spotsIn(document: Json, value: Json = document, keys: readonly string[] = [], path = ''): Spot[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const named = path === '' ? key : `${path}.${key}`;
    const inner = PREFIXES.has(named) && !Array.isArray(value) ? named : `${path}.*`;
    return [{ path: inner, document, keys: [...keys, key] }, ...spotsIn(document, item as Json, [...keys, key], inner)];
  });
}

const SPOTS = GOOD.flatMap((document) => spotsIn(document));

function replaced(value: Json, keys: readonly string[], by: Json): Json {
  const [key, ...rest] = keys;
  if (key === undefined) return by;
  if (Array.isArray(value))
    return (value as readonly Json[]).map((item, index) => (String(index) === key ? replaced(item, rest, by) : item));
  const map = value as JsonObject;
  return { ...map, [key]: replaced(map[key] ?? null, rest, by) };
}

describe('every key of the language', () => {
  it.each([...PATHS].filter((path) => !path.endsWith('.snapshot')))('%s stands in a good pipeline', (path) => {
    expect(SPOTS.some((spot) => spot.path === path)).toBe(true);
  });

  /** What `true` means there is said by other tests. */
  it.each([...PATHS].filter((path) => !path.endsWith('.snapshot')))('%s refuses what it does not take', (path) => {
    const spot = SPOTS.find((one) => one.path === path) as Spot;
    const bad = replaced(spot.document, spot.keys, [[{ zz: [1] }]]);
    const { pipeline } = readPipeline(JSON.stringify(bad), { file: 'a', scope: 'language' });
    expect(pipeline).toBeNull();
  });

  it('is described', () => {
    expect(KEYS.filter(({ doc }) => !/^[A-Z`].*[.?]$/.test(doc)).map(({ path }) => path)).toEqual([]);
  });
});

describe('the schema for editors', () => {
  const schema = jsonSchema();

  it.each(GOOD.map((document, index) => [index, document] as const))('takes good pipeline %i', (_, document) => {
    expect(validate(schema, document)).toEqual([]);
  });

  it('takes every example', () => {
    const examples = new URL('../../examples/', import.meta.url);
    const files = readdirSync(examples, { recursive: true, encoding: 'utf8' }).filter((file) =>
      /(workflows|pipelines)\/[^/]+\.ya?ml$/.test(file),
    );
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      const text = readFileSync(new URL(file, examples), 'utf8');
      expect(validate(schema, parse(text) as Json), file).toEqual([]);
      expect(
        readPipeline(text, { file }).problems.filter(({ severity }) => severity === 'error'),
        file,
      ).toEqual([]);
    }
  });

  it('takes what the reader takes of the ordinary cases', () => {
    for (const name of readdirSync(FOLDER)) {
      const text = readFileSync(new URL(`${name}/pipeline.yml`, FOLDER), 'utf8');
      if (readPipeline(text, { file: name, scope: 'language' }).pipeline === null) continue;
      expect(validate(schema, parse(text) as Json), name).toEqual([]);
    }
  });

  it.each([
    ['an unknown key', { on: 'push', jobz: {} }],
    ['a job without runs-on', { on: 'push', jobs: { a: { steps: [{ run: 'x' }] } } }],
    ['a step without work', { on: 'push', jobs: { a: { 'runs-on': 'x', steps: [{ name: 'x' }] } } }],
    ['a snapshot', { on: 'push', jobs: { a: { 'runs-on': 'x', snapshot: 'y', steps: [{ run: 'x' }] } } }],
    [
      'text for a boolean',
      { on: 'push', jobs: { a: { 'runs-on': 'x', 'continue-on-error': 'true', steps: [{ run: 'x' }] } } },
    ],
  ])('refuses %s', (_, document) => {
    expect(validate(schema, document)).not.toEqual([]);
  });
});

describe("GitHub's schema", () => {
  const file = new URL('../../node_modules/@actions/workflow-parser/dist/workflow-v1.0.min.json', import.meta.url);

  it.runIf(existsSync(file))('has no key that our table does not know', () => {
    const { definitions } = JSON.parse(readFileSync(file, 'utf8')) as { definitions: JsonObject };
    const theirs = pathsOf(definitions, 'workflow-root-strict', '', []);
    expect(theirs.length).toBeGreaterThan(150);
    const refused = KEYS.filter(({ support }) => support === 'refused').map(({ path }) => `${path}.`);
    const unknown = theirs.filter((path) => !PATHS.has(path) && !refused.some((one) => path.startsWith(one)));
    expect(unknown).toEqual([]);
  });
});

/** The key paths of a definition of GitHub's schema, `*` for loose keys and items. */
function pathsOf(definitions: JsonObject, name: string, path: string, around: readonly string[]): string[] {
  const definition = definitions[name];
  if (!isJsonObject(definition) || around.includes(name)) return [];
  const inside = [...around, name];
  const follow = (next: Json | undefined, at: string) =>
    typeof next === 'string' ? pathsOf(definitions, next, at, inside) : [];
  const { mapping, sequence } = definition;
  const options = definition['one-of'];
  if (Array.isArray(options)) return (options as readonly string[]).flatMap((option) => follow(option, path));
  if (isJsonObject(sequence)) return follow(sequence['item-type'], `${path}.*`);
  if (!isJsonObject(mapping)) return [];
  const keys = Object.entries((mapping['properties'] ?? {}) as JsonObject).flatMap(([key, value]) => {
    const inner = path === '' ? key : `${path}.${key}`;
    return [inner, ...follow(isJsonObject(value) ? value['type'] : value, inner)];
  });
  return [...new Set([...keys, ...follow(mapping['loose-value-type'], `${path}.*`)])];
}
