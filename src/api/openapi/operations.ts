/** Completes what the decorators of a route say to what it really answers: problems, headers, examples, who may ask. */
import type { RouteFacts } from './routes.js';
import { HEADERS, type KnownHeader } from './headers.js';
import { completeParameter, headersAsking, IF_MATCH, isChecked } from './parameters.js';
import { problemResponses } from './problems.js';
import { completeSchema, exampleOf } from './schemas.js';
import type { MediaType, Operation, Parameter, Response, Schemas } from './shapes.js';

export const TOKEN_SCHEME = 'token';
export const SIGNATURE_SCHEME = 'signature';

const JSON_TYPE = 'application/json';
const OF_EVERY_ROUTE = ['bad-request', 'internal-error', 'unavailable'];
const OF_EVERY_TOKEN = ['token-missing', 'token-unknown', 'token-expired', 'token-revoked', 'role-missing'];
const OF_EVERY_BODY = ['bad-json', 'body-incomplete', 'body-too-large', 'body-too-slow', 'not-json'];
/** Asked by address: see `hostGuard`. */
const FREE_HOSTS = /^\/(?:(?:healthz|readyz)$|hooks\/)/;

export interface Route {
  readonly path: string;
  readonly method: string;
  readonly facts: RouteFacts;
  /** The components that it refers to. */
  readonly schemas: Schemas;
}

/** Pure. */
export function completeOperation(operation: Operation, route: Route): Operation {
  const parameters = parametersOf(operation, route);
  const requestBody = bodyOf(operation, route.schemas);
  const withBody = { ...operation, parameters, ...(requestBody && { requestBody }) };
  const codes = problemCodes(withBody, route);
  return {
    ...withBody,
    tags: [tagOf(operation)],
    ...describedWithRole(operation, route.facts),
    security: securityOf(route.facts),
    responses: merged(goodResponses(operation, route), problemResponses(codes)) as Operation['responses'],
  };
}

type ByStatus = Record<string, Response>;

/** Where a page is answered with the status of a problem, both may come. */
function merged(own: ByStatus, problems: ByStatus): ByStatus {
  const both = Object.entries(problems).map(([status, problem]) => {
    const { description, content } = own[status] ?? {};
    if (content === undefined) return [status, problem] as const;
    const descriptions = `${description}\n\n${problem.description}`;
    return [status, { ...problem, description: descriptions, content: { ...content, ...problem.content } }] as const;
  });
  return { ...own, ...Object.fromEntries(both) };
}

export function tagOf({ operationId = '' }: Operation): string {
  return operationId.split('.')[0] ?? '';
}

function parametersOf(operation: Operation, route: Route): Parameter[] {
  const declared = (operation.parameters ?? []) as readonly Parameter[];
  const completed = declared.map((each) => completeParameter(withSchema(each), route.path));
  const added = [
    ...headersAsking(answeredHeaders(operation, route)),
    ...(route.facts.problems.includes('precondition-failed') ? [IF_MATCH] : []),
  ];
  const isNew = ({ name }: Parameter) => !declared.some((each) => each.name.toLowerCase() === name.toLowerCase());
  return [...completed, ...added.filter(isNew)];
}

function withSchema(parameter: Parameter): Parameter {
  const { schema = {} } = parameter;
  const { example } = parameter;
  const whole = example === undefined || '$ref' in schema ? schema : { example, ...schema };
  return { ...parameter, schema: completeSchema(whole) };
}

function bodyOf({ requestBody }: Operation, schemas: Schemas): Operation['requestBody'] {
  if (requestBody === undefined || '$ref' in requestBody) return requestBody;
  return { ...requestBody, content: withExamples(requestBody.content as Content, schemas) as never };
}

type Content = Readonly<Record<string, MediaType>>;

function withExamples(content: Content, schemas: Schemas): Content {
  const entries = Object.entries(content).map(([type, media]) => [type, withExample(media, schemas)] as const);
  return Object.fromEntries(entries);
}

function withExample(media: MediaType, schemas: Schemas): MediaType {
  if (media.schema === undefined) return media;
  const schema = completeSchema(media.schema);
  if (media.example !== undefined || media.examples !== undefined) return { ...media, schema };
  return { ...media, schema, example: exampleOf(schema, schemas) };
}

function problemCodes(operation: Operation, { path, method, facts }: Route): readonly string[] {
  const takesBody = method !== 'get' && facts.guard !== 'signature';
  const isCheckedRoute = operation.requestBody !== undefined || (operation.parameters as Parameter[]).some(isChecked);
  return [
    ...OF_EVERY_ROUTE,
    ...(FREE_HOSTS.test(path) ? [] : ['host-not-allowed']),
    ...(facts.guard.startsWith('token') ? OF_EVERY_TOKEN : []),
    ...(takesBody ? OF_EVERY_BODY : []),
    ...(isCheckedRoute && facts.guard !== 'signature' ? ['invalid-input'] : []),
    ...facts.problems,
  ];
}

function describedWithRole({ description }: Operation, { role }: RouteFacts): Partial<Operation> {
  if (role === null) return {};
  const needs = `Needs a token of role \`${role}\` or higher.`;
  return { description: description ? `${description}\n\n${needs}` : needs, ...{ 'x-role': role } };
}

function securityOf({ guard }: RouteFacts): Record<string, string[]>[] {
  if (guard === 'token') return [{ [TOKEN_SCHEME]: [] }];
  if (guard === 'optional token' || guard === 'token by setting') return [{}, { [TOKEN_SCHEME]: [] }];
  return guard === 'signature' ? [{ [SIGNATURE_SCHEME]: [] }] : [];
}

function goodResponses(operation: Operation, route: Route): ByStatus {
  const declared = Object.entries(operation.responses) as [string, Response][];
  const completed = declared.map(([status, response]) => [status, goodResponse(status, response, operation, route)]);
  const unchanged = { description: 'What was named in If-None-Match still stands.', headers: shown(['ETag']) };
  const isTagged = answeredHeaders(operation, route).includes('ETag');
  return { ...(isTagged && { 304: unchanged }), ...Object.fromEntries(completed) };
}

function answeredHeaders(operation: Operation, route: Route): readonly KnownHeader[] {
  return [...route.facts.headers, ...(isTaggedRead(operation, route) ? (['ETag'] as const) : [])];
}

function goodResponse(status: string, response: Response, operation: Operation, route: Route): Response {
  const headers: KnownHeader[] = [
    ...answeredHeaders(operation, route),
    ...(status === '201' ? (['Location'] as const) : []),
    ...(isList(response, route.schemas) ? (['Link'] as const) : []),
  ];
  return {
    ...response,
    description: response.description || 'as asked',
    ...(headers.length > 0 && { headers: { ...shown(headers), ...response.headers } }),
    ...(response.content && { content: withExamples(response.content, route.schemas) }),
  };
}

function shown(names: readonly KnownHeader[]): Record<string, object> {
  return Object.fromEntries(names.map((name) => [name, HEADERS[name]]));
}

/** JSON of `GET /api/v1/…`: see `answerWithEtags`. */
function isTaggedRead(operation: Operation, { method, path }: Route): boolean {
  const answer = operation.responses['200'] as Response | undefined;
  return method === 'get' && path.startsWith('/api/v1/') && answer?.content?.[JSON_TYPE] !== undefined;
}

/** Its answer has a `next`. */
function isList({ content }: Response, schemas: Schemas): boolean {
  const schema = content?.[JSON_TYPE]?.schema;
  const named = schema && '$ref' in schema ? schemas[schema.$ref.replace('#/components/schemas/', '')] : schema;
  return named !== undefined && 'properties' in named && named.properties?.['next'] !== undefined;
}
