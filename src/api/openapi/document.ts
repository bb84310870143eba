/** The description of the whole API, made of the routes that the house has. */
import type { INestApplication } from '@nestjs/common';
import type { ApplicationConfig, HttpAdapterHost, ModulesContainer } from '@nestjs/core';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { describeHookDoor, HOOK_DOOR } from './hook-door.js';
import { completeOperation, SIGNATURE_SCHEME, TOKEN_SCHEME } from './operations.js';
import { PROBLEM_SCHEMAS, sharedName } from './problems.js';
import { operationId, routeFacts, type RouteFacts } from './routes.js';
import { completeSchema } from './schemas.js';
import {
  METHODS,
  type Operation,
  type Paths,
  type Reference,
  type Response,
  type Schema,
  type Schemas,
} from './shapes.js';

/** What Nest keeps of the application. */
export interface House {
  readonly modules: ModulesContainer;
  readonly config: ApplicationConfig;
  readonly adapterHost: HttpAdapterHost;
}

const INTRODUCTION = `Everything that this server stores can be browsed here, and what a maintainer does can be done here.

- **Tokens**: send \`Authorization: Bearer pa_…\`. What a token does not see is answered as what is not there.
- **Times** are ISO 8601 in UTC.
- **Lists** are newest first, with at most \`limit\` items; \`next\` and the \`Link\` header lead to the next page.
- **States**: every JSON answer to a GET has an \`ETag\`; send it back as \`If-None-Match\` to be spared what has not changed, or as \`If-Match\` to write only what was read.
- **Problems** are RFC 9457 problem details: every route lists its codes, and the schema \`Problem\` all of them.
`;

const NO_FACTS: RouteFacts = { guard: 'none', role: null, problems: [], headers: [] };

/** Pure but for what Nest knows of the house. */
export function describeApi(house: House): OpenAPIObject {
  const facts = routeFacts(house.modules);
  const document = SwaggerModule.createDocument(asApplication(house), base(), { operationIdFactory: operationId });
  const schemas = { ...PROBLEM_SCHEMAS, ...completed(document.components?.schemas ?? {}) };
  for (const [path, item] of Object.entries(document.paths))
    for (const method of METHODS.filter((each) => item[each])) {
      const operation = item[method] as Operation;
      const route = { path, method, schemas, facts: facts.get(operation.operationId ?? '') ?? NO_FACTS };
      item[method] = complete(operation, route);
    }
  const responses = shareProblems(document.paths);
  const components = { ...document.components, schemas: sorted(schemas) as Record<string, Schema>, responses };
  return { ...document, components } as OpenAPIObject;
}

/** Takes the problems out of the operations: many routes have the same, and each is told once. */
function shareProblems(paths: Paths): Record<string, Response> {
  const shared: Record<string, Response> = {};
  for (const item of Object.values(paths))
    for (const method of METHODS) {
      const responses = (item[method]?.responses ?? {}) as Record<string, Response | Reference>;
      for (const [status, response] of Object.entries(responses) as [string, Response][]) {
        const name = sharedName(status, response);
        if (name === null) continue;
        shared[name] = response;
        responses[status] = { $ref: `#/components/responses/${name}` };
      }
    }
  return shared;
}

function complete(operation: Operation, route: Parameters<typeof completeOperation>[1]): Operation {
  const isHookDoor = operation.operationId === HOOK_DOOR;
  if (!isHookDoor) return completeOperation(operation, route);
  const { described, problems } = describeHookDoor(operation);
  return completeOperation(described, { ...route, facts: { ...route.facts, problems } });
}

function base(): Omit<OpenAPIObject, 'paths'> {
  return new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('pagure-actions')
    .setDescription(INTRODUCTION)
    .setVersion('1')
    .addServer('/', 'this server')
    .addBearerAuth(
      { type: 'http', scheme: 'bearer', description: 'A token of `POST /api/v1/tokens`: `pa_…`.' },
      TOKEN_SCHEME,
    )
    .addApiKey(
      {
        type: 'apiKey',
        in: 'header',
        name: 'X-Pagure-Signature-256',
        description:
          'HMAC-SHA256 of the raw body with a web-hook key of the project, in hex: Pagure sends it by itself.',
      },
      SIGNATURE_SCHEME,
    )
    .build();
}

/** `createDocument` asks for the application and reads these parts of it. */
function asApplication({ modules, config, adapterHost }: House): INestApplication {
  const container = { getModules: () => modules, isGlobalModule: () => false };
  return { container, config, getHttpAdapter: () => adapterHost.httpAdapter } as unknown as INestApplication;
}

function completed(schemas: Schemas): Schemas {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, completeSchema(schema)]));
}

function sorted(schemas: Schemas): Schemas {
  return Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1)));
}
