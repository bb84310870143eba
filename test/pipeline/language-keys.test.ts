/** Every key of the language: once good in `cases/`, once bad here, and as GitHub has it. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { isJsonObject, type Json, type JsonObject } from '../../src/kernel/json.js';
import { languageKeys, readPipeline } from '../../src/pipeline/index.js';

const FOLDER = new URL('cases/', import.meta.url);
const GOOD = ['all-keys-of-jobs', 'all-events', 'call-and-dispatch', 'ordinary-ci'].map(
  (name) => parse(readFileSync(new URL(`${name}/pipeline.yml`, FOLDER), 'utf8')) as Json,
);
const KEYS = languageKeys();
const PATHS = new Set(KEYS.map(({ path }) => path));
const PREFIXES = new Set(
  KEYS.flatMap(({ path }) => path.split('.').map((_, index, parts) => parts.slice(0, index + 1).join('.'))),
);

/** Documented by GitHub, not in the schema that it publishes. */
const BEFORE_THEIR_SCHEMA = [
  'on.workflow_dispatch.inputs.*.deprecationMessage',
  'on.workflow_call.inputs.*.deprecationMessage',
];

const OUR_CONTEXTS = ['event', 'pagure'];

/** Its documentation allows an expression, and runs it; the schema does not. */
const OPENER_THAN_THEIRS = ['jobs.*.steps.*.shell'];

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

describe("GitHub's schema", () => {
  const file = new URL('../../node_modules/@actions/workflow-parser/dist/workflow-v1.0.min.json', import.meta.url);
  const { definitions } = JSON.parse(readFileSync(file, 'utf8')) as { definitions: JsonObject };
  const theirs = pathsOf(definitions, 'workflow-root-strict', '', []);

  it('has no key that our table does not support or refuse with a reason', () => {
    expect(theirs.length).toBeGreaterThan(150);
    const refused = KEYS.filter(({ support }) => support === 'refused').map(({ path }) => `${path}.`);
    const unknown = theirs.filter((path) => !PATHS.has(path) && !refused.some((one) => path.startsWith(one)));
    expect(unknown).toEqual([]);
  });

  it('has every key of our table that is not marked as ours, or its documentation has it', () => {
    const known = new Set(theirs);
    const more = KEYS.filter(({ path, ours }) => !ours && !path.startsWith('on.*.') && !known.has(path));
    expect(more.map(({ path }) => path)).toEqual(BEFORE_THEIR_SCHEMA);
  });

  it('allows the same contexts and functions at each key', () => {
    const named = new Map<string, ReadonlySet<string>>(namesOf(definitions, 'workflow-root-strict'));
    const differing = KEYS.filter(({ path, contexts, functions }) => {
      const ours = [...contexts.filter((name) => !OUR_CONTEXTS.includes(name)), ...functions].map(lower).sort().join();
      const here = [named.get(path), named.get(`${path}.*`)].flatMap((names) => (names ? [[...names].sort().join()] : []));
      return here.length > 0 && !here.includes(ours);
    });
    expect(differing.map(({ path }) => path)).toEqual(OPENER_THAN_THEIRS);
  });

  it('is no reason to be silent: what is not supported says why', () => {
    expect(KEYS.filter(({ support, reason }) => (support === 'supported') !== (reason === ''))).toEqual([]);
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

type Named = readonly [path: string, names: ReadonlySet<string>];

/** The contexts and functions that each path of GitHub's schema allows, in lower case; of several forms those of all. */
function namesOf(definitions: JsonObject, root: string): readonly Named[] {
  const found = new Map<string, Set<string>>();
  const follow = (name: Json | undefined, path: string, around: readonly string[], before: readonly string[]): void => {
    const definition = typeof name === 'string' ? definitions[name] : undefined;
    if (!isJsonObject(definition) || before.includes(String(name))) return;
    const allowed = (definition['context'] as readonly string[] | undefined) ?? around;
    const names = found.get(path) ?? new Set();
    for (const one of allowed) names.add(lower(one.replace(/\(.*/, '')));
    found.set(path, names);
    const go = (next: Json | undefined, at: string) => follow(next, at, allowed, [...before, String(name)]);
    const { sequence, mapping } = definition;
    for (const option of (definition['one-of'] ?? []) as readonly Json[]) go(option, path);
    if (isJsonObject(sequence)) go(sequence['item-type'], `${path}.*`);
    if (!isJsonObject(mapping)) return;
    for (const [key, value] of Object.entries((mapping['properties'] ?? {}) as JsonObject))
      go(isJsonObject(value) ? value['type'] : value, path === '' ? key : `${path}.${key}`);
    go(mapping['loose-value-type'], `${path}.*`);
  };
  follow(root, '', [], []);
  return [...found];
}

function lower(text: string): string {
  return text.toLowerCase();
}
