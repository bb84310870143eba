/** Who may ask what: every route with its guard (HOUSE law 4). */
import { RequestMethod } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { describe, expect, it } from 'vitest';
import { Needs } from '../../src/api/token.guard.js';
import { type OpenApi, openApi } from './open-api.js';

interface NamedRoute {
  readonly route: string;
  readonly guards: string;
  readonly role: string;
}

const EXPECTED = [
  'DELETE /api/v1/projects/:id/keys/:keyId TokenGuard maintain',
  'DELETE /api/v1/projects/:id/secrets/:name TokenGuard maintain',
  'DELETE /api/v1/tokens/:id TokenGuard maintain',
  'GET /api (none) -',
  'GET /api/openapi.json (none) -',
  'GET /api/try/:file (none) -',
  'GET /api/v1/events TokenGuard read',
  'GET /api/v1/events/:id TokenGuard read',
  'GET /api/v1/events/:id/body TokenGuard read',
  'GET /api/v1/events/:id/explain TokenGuard read',
  'GET /api/v1/flags TokenGuard read',
  'GET /api/v1/pipelines TokenGuard read',
  'GET /api/v1/projects TokenGuard read',
  'GET /api/v1/projects/:id TokenGuard read',
  'GET /api/v1/projects/:id/keys TokenGuard read',
  'GET /api/v1/projects/:id/keys/:keyId TokenGuard read',
  'GET /api/v1/projects/:id/pipelines TokenGuard read',
  'GET /api/v1/projects/:id/pipelines/:name TokenGuard read',
  'GET /api/v1/projects/:id/pipelines/:name/diff TokenGuard read',
  'GET /api/v1/projects/:id/pipelines/:name/versions TokenGuard read',
  'GET /api/v1/projects/:id/pipelines/:name/versions/:version TokenGuard read',
  'GET /api/v1/projects/:id/refused TokenGuard maintain',
  'GET /api/v1/projects/:id/secrets TokenGuard read',
  'GET /api/v1/projects/:id/secrets/:name TokenGuard read',
  'GET /api/v1/runs TokenGuard read',
  'GET /api/v1/runs/:id TokenGuard read',
  'GET /api/v1/runs/:id/annotations TokenGuard read',
  'GET /api/v1/runs/:id/approval TokenGuard read',
  'GET /api/v1/runs/:id/attempts TokenGuard read',
  'GET /api/v1/runs/:id/attempts/:attempt TokenGuard read',
  'GET /api/v1/runs/:id/bundle TokenGuard read',
  'GET /api/v1/runs/:id/explain TokenGuard read',
  'GET /api/v1/runs/:id/jobs/:jobId/log TokenGuard read',
  'GET /api/v1/runs/:id/jobs/:jobId/outputs TokenGuard read',
  'GET /api/v1/runs/:id/jobs/:jobId/steps/:number TokenGuard read',
  'GET /api/v1/stream TokenGuard read',
  'GET /api/v1/tokens TokenGuard maintain',
  'GET /events/:id OptionalTokenGuard -',
  'GET /healthz (none) -',
  'GET /metrics MetricsGuard read',
  'GET /readyz (none) -',
  'GET /runs/:id OptionalTokenGuard -',
  'GET /schema/pipeline.json (none) -',
  'PATCH /api/v1/projects/:id TokenGuard maintain',
  'PATCH /api/v1/projects/:id/pipelines/:name TokenGuard maintain',
  'POST /api/v1/events/:id/release TokenGuard write',
  'POST /api/v1/events/:id/replay TokenGuard write',
  'POST /api/v1/lint TokenGuard read',
  'POST /api/v1/pipelines/:id/dispatch TokenGuard write',
  'POST /api/v1/projects TokenGuard maintain',
  'POST /api/v1/projects/:id/dispatch TokenGuard write',
  'POST /api/v1/projects/:id/dispatches TokenGuard write',
  'POST /api/v1/projects/:id/keys TokenGuard maintain',
  'POST /api/v1/projects/:id/keys/:keyId/first TokenGuard maintain',
  'POST /api/v1/projects/:id/pipelines TokenGuard maintain',
  'POST /api/v1/projects/:id/pipelines/:name/diff TokenGuard read',
  'POST /api/v1/runs/:id/approve TokenGuard write',
  'POST /api/v1/runs/:id/cancel TokenGuard write',
  'POST /api/v1/runs/:id/rerun TokenGuard write',
  'POST /api/v1/tokens TokenGuard maintain',
  'POST /hooks/pagure PagureSignatureGuard -',
  'PUT /api/v1/projects/:id/pipelines/:name TokenGuard maintain',
  'PUT /api/v1/projects/:id/secrets/:name TokenGuard maintain',
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
    const listed = EXPECTED.map((line) => line.split(' ').slice(0, 2).join(' '));
    expect(served).toEqual(listed.sort());
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
