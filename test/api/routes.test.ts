/** Who may ask what: every route with its guard (HOUSE law 4), and what each role is answered by each. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RequestMethod } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Needs } from '../../src/api/token.guard.js';
import { GOOD_PIPELINE, projectInput } from '../projects/open-projects.js';
import { type OpenApi, openApi, startApi } from './open-api.js';
import { runJob, sampleProject, sampleRun, writeLog } from './samples.js';

interface NamedRoute {
  readonly route: string;
  readonly guards: string;
  readonly role: string;
}

const EXPECTED = [
  'GET /api/v1/events/:id TokenGuard read',
  'GET /api/v1/projects TokenGuard read',
  'GET /api/v1/projects/:id TokenGuard read',
  'GET /api/v1/projects/:id/pipelines TokenGuard read',
  'GET /api/v1/projects/:id/pipelines/:name TokenGuard read',
  'GET /api/v1/runs/:id TokenGuard read',
  'GET /api/v1/runs/:id/jobs/:jobId/log TokenGuard read',
  'GET /events/:id OptionalTokenGuard -',
  'GET /healthz (none) -',
  'GET /metrics MetricsGuard read',
  'GET /readyz (none) -',
  'GET /runs/:id OptionalTokenGuard -',
  'PATCH /api/v1/projects/:id TokenGuard maintain',
  'POST /api/v1/projects TokenGuard maintain',
  'POST /api/v1/projects/:id/pipelines TokenGuard maintain',
  'POST /api/v1/runs/:id/cancel TokenGuard write',
  'POST /api/v1/tokens TokenGuard maintain',
  'POST /hooks/pagure PagureSignatureGuard -',
  'PUT /api/v1/projects/:id/pipelines/:name TokenGuard maintain',
];

describe('every route', () => {
  it('has the guard and the role of this list (HOUSE law 4)', async () => {
    const api = await openApi();
    const found = routesOf(api).map(({ route, guards, role }) => `${route} ${guards} ${role}`);
    expect(found.sort()).toEqual(EXPECTED);
  });

  it('is one that Nest knows, so that no route escapes the list', async () => {
    const api = await openApi();
    const served = api.routes.filter((route) => !route.startsWith('HEAD ')).sort();
    expect(served).toEqual(EXPECTED.map((line) => line.split(' ').slice(0, 2).join(' ')));
  });
});

function routesOf(api: OpenApi): readonly NamedRoute[] {
  const modules = [...api.app.get(ModulesContainer).values()];
  const controllers = modules.flatMap((module) =>
    [...module.controllers.values()].map((one) => one.metatype as Handler),
  );
  return controllers.flatMap((controller) =>
    Object.getOwnPropertyNames(controller.prototype)
      .map((name) => (controller.prototype as Record<string, Handler>)[name]!)
      .filter((handler) => Reflect.hasMetadata('method', handler))
      .map((handler) => named(controller, handler)),
  );
}

type Handler = ((...args: never[]) => unknown) & { readonly prototype: object };

function named(controller: Handler, handler: Handler): NamedRoute {
  const path = [controller, handler].map((one) => String(Reflect.getMetadata('path', one)).replace(/^\/|\/$/g, ''));
  const method = RequestMethod[Reflect.getMetadata('method', handler) as number];
  const guards = [controller, handler].flatMap((one) => (Reflect.getMetadata('__guards__', one) ?? []) as Handler[]);
  const role = Reflect.getMetadata(Needs.KEY, handler) as string | undefined;
  return {
    route: `${method} /${path.filter((part) => part !== '').join('/')}`,
    guards: guards.map((guard) => guard.name).join('+') || '(none)',
    role: role ?? '-',
  };
}

const ROLES = ['nobody', 'read', 'write', 'maintain', 'maintain of another project'] as const;

/** Status by role, in the order above. Each is asked with the ids of a project, event, run and job that exist. */
const TABLE: readonly (readonly [string, string, unknown, readonly number[]])[] = [
  ['GET', '/healthz', undefined, [200, 200, 200, 200, 200]],
  ['GET', '/readyz', undefined, [200, 200, 200, 200, 200]],
  ['GET', '/metrics', undefined, [401, 200, 200, 200, 403]],
  ['GET', '/runs/RUN', undefined, [404, 200, 200, 200, 404]],
  ['GET', '/api/v1/projects', undefined, [401, 200, 200, 200, 200]],
  ['GET', '/api/v1/projects/PROJECT', undefined, [401, 200, 200, 200, 404]],
  ['GET', '/api/v1/projects/PROJECT/pipelines', undefined, [401, 200, 200, 200, 404]],
  ['GET', '/api/v1/projects/PROJECT/pipelines/ci', undefined, [401, 200, 200, 200, 404]],
  ['GET', '/events/EVENT', undefined, [404, 200, 200, 200, 404]],
  ['GET', '/api/v1/events/EVENT', undefined, [401, 200, 200, 200, 404]],
  ['GET', '/api/v1/runs/RUN', undefined, [401, 200, 200, 200, 404]],
  ['GET', '/api/v1/runs/RUN/jobs/JOB/log', undefined, [401, 200, 200, 200, 404]],
  ['POST', '/api/v1/projects', projectInput('lab'), [401, 403, 403, 409, 403]],
  ['PATCH', '/api/v1/projects/PROJECT', {}, [401, 403, 403, 200, 404]],
  ['POST', '/api/v1/projects/PROJECT/pipelines', { name: 'ci', text: GOOD_PIPELINE }, [401, 403, 403, 409, 404]],
  ['PUT', '/api/v1/projects/PROJECT/pipelines/ci', { text: GOOD_PIPELINE }, [401, 403, 403, 200, 404]],
  ['POST', '/api/v1/tokens', { name: 'x', role: 'read' }, [401, 403, 403, 201, 403]],
  ['POST', '/api/v1/runs/RUN/cancel', {}, [401, 403, 202, 202, 404]],
];

describe('role × route', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pagure-actions-roles-'));
  let api: OpenApi;
  let tokens: (string | undefined)[];
  let ids: Record<string, number>;

  beforeAll(async () => {
    api = await startApi(folder, { hostSharesEverything: true });
    const [project, other] = [await sampleProject(api), await sampleProject(api, 'other')];
    const { eventId, runId, jobId } = await sampleRun(api, project);
    await runJob(api, jobId);
    await writeLog(api, jobId, 'log\n');
    api.forge.answer = 'private';
    ids = { PROJECT: project, EVENT: eventId, RUN: runId, JOB: jobId };
    const maintain = await api.token('maintain');
    const limited = await api.token('maintain', { projects: [other] });
    tokens = [undefined, await api.token('read'), await api.token('write'), maintain, limited];
    const made = await api.ask('PUT', `/api/v1/projects/${project}/pipelines/ci`, {
      token: maintain,
      body: { text: GOOD_PIPELINE },
    });
    expect(made.status).toBe(201);
  });

  afterAll(async () => {
    await api.app.close();
    rmSync(folder, { recursive: true });
  });

  it.each(TABLE)('%s %s', async (method, url, body, expected) => {
    const address = url.replace(/[A-Z]{3,}/g, (name) => String(ids[name]));
    const statuses: Record<string, number> = {};
    for (const [at, role] of ROLES.entries()) {
      const { status } = await api.ask(method, address, { token: tokens[at], body });
      statuses[role] = status;
    }
    expect(statuses).toEqual(Object.fromEntries(ROLES.map((role, at) => [role, expected[at]])));
  });

  it('has a row for every route but the door of the forge', () => {
    const asked = TABLE.map(
      ([method, url]) => `${method} ${url.replace('ci', ':name').replace(/[A-Z]{3,}/g, nameOfId)}`,
    );
    const listed = EXPECTED.map((line) => line.split(' ').slice(0, 2).join(' '));
    expect(asked.sort()).toEqual(listed.filter((route) => route !== 'POST /hooks/pagure'));
  });
});

function nameOfId(placeholder: string): string {
  return placeholder === 'JOB' ? ':jobId' : ':id';
}
