/** The schema for editors: it is one, it takes whatever the reader takes, and it refuses what a schema can. */
import { Ajv } from 'ajv';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { isJsonObject, type Json, type JsonObject } from '../../src/kernel/json.js';
import { jsonSchema, languageKeys, readPipeline } from '../../src/pipeline/index.js';

const PROJECT = new URL('../../', import.meta.url);
const SCHEMA = jsonSchema();
const ajv = new Ajv({ strict: true, allowUnionTypes: true, strictTypes: false });
ajv.addKeyword({ keyword: 'deprecationMessage', schemaType: 'string' });
const fits = ajv.compile(SCHEMA);

interface Sample {
  readonly place: string;
  readonly text: string;
}

function filesIn(folder: string, name: RegExp): readonly Sample[] {
  const all = readdirSync(new URL(folder, PROJECT), { recursive: true, encoding: 'utf8' });
  return all
    .filter((file) => name.test(file))
    .map((file) => ({ place: folder + file, text: readFileSync(new URL(folder + file, PROJECT), 'utf8') }));
}

/** Snippets of the pages that are no settings. */
function snippetsIn({ place, text }: Sample): readonly Sample[] {
  return [...text.matchAll(/^( *)```yaml\n([\s\S]*?)^ *```$/gm)]
    .map(({ 1: indent = '', 2: body = '' }, index) => ({
      place: `${place}, snippet ${index + 1}`,
      text: body.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    }))
    .filter((snippet) => !/^(?:server|projects):/m.test(snippet.text));
}

const EXAMPLES = filesIn('examples/', /(workflows|pipelines)\/[^/]+\.ya?ml$/);
const SNIPPETS = [...filesIn('docs/', /\.md$/), ...filesIn('', /^README\.md$/)].flatMap(snippetsIn);
const CASES = filesIn('test/pipeline/cases/', /pipeline\.yml$/);
const isTaken = ({ place, text }: Sample) => readPipeline(text, { file: place, scope: 'language' }).pipeline !== null;

function faultsOf(text: string): readonly string[] {
  fits(parse(text) as Json);
  return (fits.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}

describe('the schema for editors', () => {
  it('is valid JSON Schema of draft-07', () => {
    expect(SCHEMA['$schema']).toBe('http://json-schema.org/draft-07/schema#');
    expect(ajv.validateSchema(SCHEMA)).toBe(true);
  });

  it.each([...EXAMPLES, ...SNIPPETS])('takes $place', (sample) => {
    expect(isTaken(sample)).toBe(true);
    expect(faultsOf(sample.text)).toEqual([]);
  });

  it.each(CASES.filter(isTaken))('takes $place, as the reader does', ({ text }) => {
    expect(faultsOf(text)).toEqual([]);
  });

  it('is tried with examples, snippets and cases', () => {
    expect([EXAMPLES.length > 0, SNIPPETS.length > 0, CASES.filter(isTaken).length > 5]).toEqual([true, true, true]);
  });

  const broken = JSON.parse(readFileSync(new URL('schema/broken.json', import.meta.url), 'utf8')) as Sample[];
  it.each(broken)('refuses $place, as the reader does', (sample) => {
    expect(isTaken(sample)).toBe(false);
    expect(faultsOf(sample.text)).not.toEqual([]);
  });

  it('takes a key in every form that the reader takes', () => {
    const forms = JSON.parse(readFileSync(new URL('schema/forms.json', import.meta.url), 'utf8')) as Sample[];
    for (const form of forms) expect([form.place, isTaken(form), faultsOf(form.text)]).toEqual([form.place, true, []]);
  });
});

describe('what an editor shows', () => {
  it('describes every key', () => {
    const described = new Set(keysIn(SCHEMA).map(([, key]) => key['description']));
    expect(languageKeys().filter(({ doc }) => !described.has(doc))).toEqual([]);
  });

  it("offers GitHub's events as words and as keys", () => {
    const on = JSON.stringify((SCHEMA['properties'] as JsonObject)['on']);
    expect(on).toContain('"enum":["push","create","delete","pull_request"');
    expect(on).toContain('"pull_request":{"description":"A pull-request was opened or changed.');
  });

  it('warns at exactly the keys that start or do nothing here', () => {
    const warned = new Set(keysIn(SCHEMA).flatMap(([name, key]) => ('deprecationMessage' in key ? [name] : [])));
    const unsupported = languageKeys().filter(({ support, path }) => support !== 'supported' && !/^on\.\w+$/.test(path));
    for (const { path } of unsupported) expect(warned).toContain(path.split('.').at(-1));
    expect(warned).not.toContain('runs-on');
    expect(warned).toContain('release');
    expect(warned).toContain('snapshot');
  });
});

/** Every described key of a schema. */
function keysIn(schema: Json): readonly (readonly [string, JsonObject])[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const own = isJsonObject(schema) && isJsonObject(schema['properties']) ? Object.entries(schema['properties']) : [];
  return [...(own as [string, JsonObject][]), ...Object.values(schema).flatMap((inner) => keysIn(inner as Json))];
}
