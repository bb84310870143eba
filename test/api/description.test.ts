/** The description of the API is complete: every route, parameter, answer and problem of it, each with an example that fits. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { ModulesContainer } from '@nestjs/core';
import { getMetadataStorage } from 'class-validator';
import { beforeAll, describe, expect, it } from 'vitest';
import { routeFacts } from '../../src/api/openapi/routes.js';
import { PROBLEM_CODE_TABLE } from '../../src/api/problem-codes.js';
import {
  AnswerCheck,
  type ApiDocument,
  type DescribedMedia,
  type DescribedOperation,
  readDocument,
} from './answer-check.js';
import { openApi, startApi } from './open-api.js';

const PROBLEM_TYPE = 'application/problem+json';

interface Found extends DescribedOperation {
  readonly route: string;
  readonly path: string;
  readonly verb: string;
}

let document: ApiDocument;
let operations: readonly Found[];
let served: readonly string[];
let namedCodes: readonly string[];
let check: AnswerCheck;

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pagure-actions-description-'));
  const api = await startApi(folder, { hostSharesEverything: true });
  document = readDocument((await api.ask('GET', '/api/openapi.json')).json);
  operations = operationsOf(document);
  served = api.routes;
  namedCodes = [...routeFacts(api.app.get(ModulesContainer)).values()].flatMap(({ problems }) => problems);
  check = new AnswerCheck(document);
  await api.app.close();
  rmSync(folder, { recursive: true });
});

function operationsOf({ paths }: ApiDocument): readonly Found[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([verb, operation]) => ({
      ...{ ...operation, path, verb, route: `${verb.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}` },
    })),
  );
}

/** Of all operations, what is said to be missing. */
function missing(faultsOf: (operation: Found) => readonly string[]): readonly string[] {
  return operations.flatMap((operation) => faultsOf(operation).map((fault) => `${operation.route}: ${fault}`));
}

describe('/api/openapi.json', () => {
  it('has every route that is served, and no other', () => {
    const routes = served.filter((route) => !/^(?:HEAD|OPTIONS) /.test(route));
    expect(operations.map(({ route }) => route).sort()).toEqual([...routes].sort());
  });

  it('is OpenAPI 3.1 with unique ids of operations', () => {
    expect(document).toMatchObject({ openapi: '3.1.0', info: { title: 'pagure-actions' } });
    const ids = operations.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('refers to nothing that is not there', () => {
    const named = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name!);
    expect(named.filter((name) => document.components.schemas[name] === undefined)).toEqual([]);
  });

  it('says in one sentence what each route does', () => {
    const said = ({ summary }: Found) => (summary && !summary.endsWith('.') ? [] : ['no summary']);
    expect(missing(said)).toEqual([]);
  });

  it('names a good answer, a refusal and a failure of each', () => {
    const classes = ({ responses }: Found) =>
      ['2', '4', '5'].filter((first) => !Object.keys(responses).some((status) => status.startsWith(first)));
    expect(missing(classes)).toEqual([]);
  });

  it('says of each good answer what is in it', () => {
    const bare = ({ responses }: Found) =>
      Object.entries(responses)
        .filter(([status, { content }]) => status.startsWith('2') && status !== '204' && content === undefined)
        .map(([status]) => `${status} has no content`);
    expect(missing(bare)).toEqual([]);
  });

  it('names the request headers that lead to the headers of an answer', () => {
    const leading = { ETag: 'If-None-Match', 'Content-Range': 'Range', 'Content-Encoding': 'Accept-Encoding' };
    const unnamed = ({ responses, parameters }: Found) =>
      Object.entries(leading)
        .filter(([answered]) => responses[200]?.headers?.[answered] !== undefined)
        .filter(([, asked]) => !parameters.some(({ name }) => name === asked))
        .map(([, asked]) => asked);
    expect(missing(unnamed)).toEqual([]);
  });

  it('has a 304 where there is an ETag', () => {
    const never = ({ responses }: Found) =>
      responses[200]?.headers?.['ETag'] !== undefined && responses[304] === undefined ? ['no 304'] : [];
    expect(missing(never)).toEqual([]);
  });

  it('is sent packed, and not again to whoever has it', async () => {
    const { app, ask } = await openApi();
    const url = '/api/openapi.json';
    const plain = await ask('GET', url);
    const headers = { host: 'localhost', 'accept-encoding': 'gzip' };
    const { rawPayload, headers: answered } = await app.inject({ url, headers });
    expect(answered).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' });
    expect(gunzipSync(rawPayload).toString()).toBe(plain.text);
    expect(rawPayload.length).toBeLessThan(plain.text.length / 5);
    const again = await ask('GET', url, { headers: { 'if-none-match': String(plain.headers['etag']) } });
    expect([again.status, again.text]).toEqual([304, '']);
  });

  it('describes every parameter, with an example', () => {
    const bare = ({ parameters }: Found) =>
      parameters
        .filter(({ description, schema }) => !description || !hasExample(schema))
        .map(({ name, schema }) => `${name} ${JSON.stringify(schema)}`);
    expect(missing(bare)).toEqual([]);
  });

  it('describes every field of an input and of an answer', () => {
    const bare = Object.entries(document.components.schemas).flatMap(([name, schema]) =>
      Object.entries((schema as Fields).properties ?? {})
        .filter(([, field]) => !isDescribed(field))
        .map(([field, schemaOfField]) => `${name}.${field} ${JSON.stringify(schemaOfField)}`),
    );
    expect(bare).toEqual([]);
  });

  it('names every field that is checked of a body and of a query', () => {
    const queries = operations.flatMap(({ parameters }) => parameters.filter((each) => each.in === 'query'));
    const places = [
      ...Object.entries(document.components.schemas),
      ['Query', { properties: namesOf(queries) }] as const,
    ];
    const unnamed = checkedFields().flatMap(({ input, field }) => {
      const place = places.find(([name]) => name === (input.endsWith('Query') ? 'Query' : input));
      return place && (place[1] as Fields).properties?.[field] === undefined ? [`${input}.${field}`] : [];
    });
    expect(unnamed).toEqual([]);
  });

  it('has an example of every body, and each fits its schema', () => {
    expect(missing((operation) => mediaOf(operation).flatMap(exampleFaults))).toEqual([]);
  });
});

interface Fields {
  readonly properties?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

function namesOf(parameters: readonly { readonly name: string }[]): Record<string, object> {
  return Object.fromEntries(parameters.map(({ name }) => [name, {}]));
}

/** What class-validator checks, by class. */
function checkedFields(): readonly { readonly input: string; readonly field: string }[] {
  const { validationMetadatas } = getMetadataStorage() as unknown as {
    readonly validationMetadatas: ReadonlyMap<{ readonly name: string }, readonly { readonly propertyName: string }[]>;
  };
  return [...validationMetadatas].flatMap(([{ name }, fields]) =>
    fields.map(({ propertyName }) => ({ input: name, field: propertyName })),
  );
}

function hasExample(schema: Readonly<Record<string, unknown>>): boolean {
  return ['example', 'examples', 'default', 'enum'].some((word) => schema[word] !== undefined);
}

/** A field that is another class is described there. */
function isDescribed(field: Readonly<Record<string, unknown>>): boolean {
  const text = JSON.stringify(field);
  return text.includes('"$ref"') || hasExample(field) || text.includes('"items"');
}

interface PlacedMedia {
  readonly place: readonly string[];
  readonly media: DescribedMedia;
}

function mediaOf({ path, verb, requestBody, responses }: Found): readonly PlacedMedia[] {
  const bodies = [
    { at: ['requestBody'], content: requestBody?.content ?? {} },
    ...Object.entries(responses).map(([status, { content = {} }]) => ({ at: ['responses', status], content })),
  ];
  return bodies.flatMap(({ at, content }) =>
    Object.entries(content).map(([type, media]) => ({ place: ['paths', path, verb, ...at, 'content', type], media })),
  );
}

function exampleFaults({ place, media }: PlacedMedia): readonly string[] {
  const where = place.slice(3).join(' ');
  const values = media.examples ? Object.values(media.examples).map(({ value }) => value) : [media.example];
  return values.flatMap((value) =>
    value === undefined || value === null
      ? [`${where} has no example`]
      : check.valueFaults([...place, 'schema'], value).map((fault) => `${where}: the example ${fault}`),
  );
}

describe('a code of a problem', () => {
  const thrown = codesInSources();

  it('stands in the table with its kind', () => {
    const faults = thrown
      .filter(({ code, kind }) => PROBLEM_CODE_TABLE[code]?.kind !== kind)
      .map(({ code, kind, file }) => `${file}: ${kind} ${code}`);
    expect(faults).toEqual([]);
  });

  it('stands in the table only while something throws it', () => {
    const codes = new Set([...thrown.map(({ code }) => code), 'internal-error']);
    expect(Object.keys(PROBLEM_CODE_TABLE).filter((code) => !codes.has(code))).toEqual([]);
  });

  it('is known when a route names it', () => {
    expect(namedCodes.filter((code) => PROBLEM_CODE_TABLE[code] === undefined)).toEqual([]);
  });

  it('is named by a route, unless it is no answer of one', () => {
    const described = operations.flatMap(({ responses }) => Object.values(responses).map(({ content }) => content));
    const named = new Set(described.flatMap((content) => Object.keys(content?.[PROBLEM_TYPE]?.examples ?? {})));
    named.add('no-such-address');
    const unnamed = Object.entries(PROBLEM_CODE_TABLE).filter(
      ([code, { elsewhere }]) => !elsewhere && !named.has(code),
    );
    expect(unnamed.map(([code]) => code)).toEqual([]);
  });
});

interface ThrownCode {
  readonly file: string;
  readonly kind: string;
  readonly code: string;
}

/** What the sources write as `new Refusal(kind, code, …)`, by themselves or through a function of theirs. */
function codesInSources(): readonly ThrownCode[] {
  const root = resolve(import.meta.dirname, '../../src');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  return files.flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    const plain = [...text.matchAll(/new Refusal\(\s*'([\w-]+)',\s*'([\w-]+)'/g)];
    const unknown = [...text.matchAll(/notThere\('([\w-]+)'/g)].map(([, noun]) => ['', 'unknown', `no-such-${noun}`]);
    const tokens = [...text.matchAll(/refused\('(token-[\w-]+)'/g)].map(([, code]) => ['', 'unauthenticated', code]);
    return [...plain, ...unknown, ...tokens].map(([, kind = '', code = '']) => ({ file, kind, code }));
  });
}
