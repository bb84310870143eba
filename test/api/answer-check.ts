/** Compares what the running API answers with what its description says of it: status, media type, headers and JSON. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

/** A description, as a program reads it. */
export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, object>>;
    readonly responses: Readonly<Record<string, DescribedResponse>>;
  };
}

export interface DescribedOperation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary?: string;
  readonly description?: string;
  readonly 'x-role'?: string;
  readonly parameters: readonly DescribedParameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, DescribedMedia>> };
  readonly responses: Readonly<Record<string, DescribedResponse>>;
}

export interface DescribedParameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema: Readonly<Record<string, unknown>>;
}

export interface DescribedResponse {
  readonly description: string;
  readonly headers?: Readonly<Record<string, object>>;
  readonly content?: Readonly<Record<string, DescribedMedia>>;
}

export interface DescribedMedia {
  readonly schema: object;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}

export interface SeenAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | number | undefined>>;
  readonly text: string;
}

/** The description with every shared response in its place. */
export function readDocument(json: ApiDocument): ApiDocument {
  const placed = (response: DescribedResponse & { readonly $ref?: string }) =>
    json.components.responses[response.$ref?.replace('#/components/responses/', '') ?? ''] ?? response;
  const paths = mapValues(json.paths, (item) =>
    mapValues(item, (operation) => ({ ...operation, responses: mapValues(operation.responses, placed) })),
  );
  return { ...json, paths };
}

function mapValues<T>(record: Readonly<Record<string, T>>, change: (value: T) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}

/** Answered where there is no route, or before there is one. */
const WITHOUT_ROUTE = [400, 403, 404];

export class AnswerCheck {
  private readonly ajv = new Ajv2020({ strict: false, validateFormats: false, validateSchema: false, allErrors: true });

  private readonly validators = new Map<string, ValidateFunction>();

  constructor(readonly document: ApiDocument) {
    this.ajv.addSchema(closed(document) as object, 'api');
  }

  /** Throws an error that lists all that is not as described. */
  demand(method: string, url: string, answer: SeenAnswer): void {
    const faults = this.faults(method, url, answer);
    if (faults.length > 0)
      throw new Error(`${method} ${url}: the answer is not what /api/openapi.json says:\n  ${faults.join('\n  ')}`);
  }

  /** What is not as described; empty when all is. */
  faults(method: string, url: string, answer: SeenAnswer): readonly string[] {
    const path = this.pathOf(url);
    const verb = method === 'HEAD' ? 'get' : method.toLowerCase();
    const operation = path === null ? undefined : this.document.paths[path]?.[verb];
    if (path === null || operation === undefined) return withoutRoute(answer);
    if (operation.summary === undefined) return [];
    const response = operation.responses[answer.status];
    if (response === undefined) return [`the status ${answer.status} is not described: ${answer.text.slice(0, 300)}`];
    const place = ['paths', path, verb, 'responses', String(answer.status)];
    return [...headerFaults(response, answer), ...this.contentFaults(place, response, answer)];
  }

  /** Does the value fit the schema at this place of the document? */
  valueFaults(place: readonly string[], value: unknown): readonly string[] {
    const validate = this.validator(`api#/${place.map(pointerPart).join('/')}`);
    if (validate(value)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath || '/'} ${message} ${JSON.stringify(params)}`,
    );
  }

  private validator(pointer: string): ValidateFunction {
    const known = this.validators.get(pointer) ?? this.ajv.compile({ $ref: pointer });
    this.validators.set(pointer, known);
    return known;
  }

  private contentFaults(place: readonly string[], response: DescribedResponse, answer: SeenAnswer): readonly string[] {
    if (answer.text === '') return [];
    const media = String(answer.headers['content-type']).split(';')[0]!.trim();
    if (response.content?.[media] === undefined) return [`the media type ${media} is not described`];
    if (!media.endsWith('json')) return [];
    return this.valueFaults([...place, 'content', media, 'schema'], JSON.parse(answer.text));
  }

  /** The described path of a URL; an exact one before one with parameters. */
  private pathOf(url: string): string | null {
    const asked = new URL(`http://localhost${url}`).pathname.replace(/(?<=.)\/$/, '');
    const fitting = Object.keys(this.document.paths).filter((path) => patternOf(path).test(asked));
    return fitting.sort((a, b) => a.split('{').length - b.split('{').length)[0] ?? null;
  }
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^}]+\}/g, '[^/]+')}$`);
}

function withoutRoute({ status }: SeenAnswer): readonly string[] {
  return WITHOUT_ROUTE.includes(status) ? [] : [`the route is not described, and answers ${status}`];
}

/** Headers that the description knows in general must be told of each answer that has them. */
function headerFaults(response: DescribedResponse, { headers }: SeenAnswer): readonly string[] {
  const named = Object.keys(response.headers ?? {}).map((name) => name.toLowerCase());
  const told = ['etag', 'link', 'location', 'retry-after', 'content-range', 'www-authenticate'];
  return told
    .filter((name) => headers[name] !== undefined && !named.includes(name))
    .map((name) => `the header ${name} is not described`);
}

function pointerPart(part: string): string {
  return encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
}

/** The same document, in which no object has a field that is not named. */
function closed(node: unknown, isInAllOf: 'in allOf' | 'alone' = 'alone'): unknown {
  if (Array.isArray(node)) return node.map((each) => closed(each, isInAllOf));
  if (typeof node !== 'object' || node === null) return node;
  const entries = Object.entries(node).map(([key, value]) => {
    if (key === 'example' || key === 'examples' || key === 'enum') return [key, value] as const;
    return [key, closed(value, key === 'allOf' ? 'in allOf' : 'alone')] as const;
  });
  const copy = Object.fromEntries(entries) as Record<string, unknown>;
  const isObject = copy['properties'] !== undefined || copy['allOf'] !== undefined;
  const isOpen = copy['additionalProperties'] !== undefined || isInAllOf === 'in allOf';
  return isObject && !isOpen ? { ...copy, unevaluatedProperties: false } : copy;
}
