/** What each role is answered by each route: every route that is described has its row. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GOOD_PIPELINE, projectInput } from '../projects/open-projects.js';
import type { ApiDocument } from './answer-check.js';
import { type OpenApi, startApi } from './open-api.js';
import { runJob, sampleProject, sampleRun, writeLog } from './samples.js';

const ROLES = ['nobody', 'read', 'write', 'maintain', 'maintain of another project'] as const;

const PROJECT = '/api/v1/projects/{project}';
const PIPELINE = `${PROJECT}/pipelines/{name}`;
const KEY = 'another-key-of-the-lab'.padEnd(40, 'x');

type Row = readonly [method: string, path: string, body: object | undefined, statuses: readonly number[]];

/** Statuses in the order of the roles. Each is asked about what is there; in this order, since some take it away. */
const TABLE: readonly Row[] = [
  ['GET', '/healthz', undefined, [200, 200, 200, 200, 200]],
  ['GET', '/readyz', undefined, [200, 200, 200, 200, 200]],
  ['GET', '/metrics', undefined, [401, 200, 200, 200, 403]],
  ['GET', '/api', undefined, [200, 200, 200, 200, 200]],
  ['GET', '/api/openapi.json', undefined, [200, 200, 200, 200, 200]],
  ['GET', '/schema/pipeline.json', undefined, [200, 200, 200, 200, 200]],
  ['GET', '/api/try/{file}', undefined, [200, 200, 200, 200, 200]],
  ['GET', '/runs/{run}', undefined, [404, 200, 200, 200, 404]],
  ['GET', '/events/{event}', undefined, [404, 200, 200, 200, 404]],
  ['POST', '/hooks/pagure', {}, [401, 401, 401, 401, 401]],
  ['GET', '/api/v1/projects', undefined, [401, 200, 200, 200, 200]],
  ['GET', PROJECT, undefined, [401, 200, 200, 200, 404]],
  ['GET', `${PROJECT}/keys`, undefined, [401, 200, 200, 200, 404]],
  ['GET', `${PROJECT}/keys/{key}`, undefined, [401, 200, 200, 200, 404]],
  ['GET', `${PROJECT}/secrets`, undefined, [401, 200, 200, 200, 404]],
  ['PUT', `${PROJECT}/secrets/{secret}`, { value: 'value' }, [401, 403, 403, 201, 404]],
  ['GET', `${PROJECT}/secrets/{secret}`, undefined, [401, 200, 200, 200, 404]],
  ['GET', `${PROJECT}/refused`, undefined, [401, 403, 403, 200, 404]],
  ['GET', `${PROJECT}/pipelines`, undefined, [401, 200, 200, 200, 404]],
  ['GET', PIPELINE, undefined, [401, 200, 200, 200, 404]],
  ['GET', `${PIPELINE}/versions`, undefined, [401, 200, 200, 200, 404]],
  ['GET', `${PIPELINE}/versions/{version}`, undefined, [401, 200, 200, 200, 404]],
  ['GET', `${PIPELINE}/diff`, undefined, [401, 200, 200, 200, 404]],
  ['POST', `${PIPELINE}/diff`, { text: GOOD_PIPELINE }, [401, 200, 200, 200, 404]],
  ['POST', '/api/v1/lint', { text: GOOD_PIPELINE }, [401, 200, 200, 200, 200]],
  ['GET', '/api/v1/pipelines', undefined, [401, 200, 200, 200, 200]],
  ['GET', '/api/v1/events', undefined, [401, 200, 200, 200, 200]],
  ['GET', '/api/v1/events/{event}', undefined, [401, 200, 200, 200, 404]],
  ['GET', '/api/v1/events/{event}/body', undefined, [401, 200, 200, 200, 404]],
  ['GET', '/api/v1/runs', undefined, [401, 200, 200, 200, 200]],
  ['GET', '/api/v1/runs/{run}', undefined, [401, 200, 200, 200, 404]],
  ['GET', '/api/v1/runs/{run}/annotations', undefined, [401, 200, 200, 200, 404]],
  ['GET', '/api/v1/runs/{run}/explain', undefined, [401, 200, 200, 200, 404]],
  ['GET', '/api/v1/events/{event}/explain', undefined, [401, 200, 200, 200, 404]],
  ['GET', '/api/v1/runs/{run}/bundle', undefined, [401, 200, 200, 200, 404]],
  ['GET', '/api/v1/runs/{run}/jobs/{job}/log', undefined, [401, 200, 200, 200, 404]],
  ['GET', '/api/v1/runs/{run}/jobs/{job}/outputs', undefined, [401, 200, 200, 200, 404]],
  ['GET', '/api/v1/runs/{run}/jobs/{job}/steps/{number}', undefined, [401, 200, 200, 200, 404]],
  ['GET', '/api/v1/flags', undefined, [401, 200, 200, 200, 200]],
  ['GET', '/api/v1/stream', undefined, [401, 200, 200, 200, 200]],
  ['GET', '/api/v1/tokens', undefined, [401, 403, 403, 200, 200]],
  ['POST', '/api/v1/projects', projectInput('lab'), [401, 403, 403, 409, 403]],
  ['PATCH', PROJECT, {}, [401, 403, 403, 200, 404]],
  ['POST', `${PROJECT}/keys`, { key: KEY }, [401, 403, 403, 201, 404]],
  ['POST', `${PROJECT}/pipelines`, { name: 'ci', text: GOOD_PIPELINE }, [401, 403, 403, 409, 404]],
  ['PUT', PIPELINE, { text: GOOD_PIPELINE }, [401, 403, 403, 200, 404]],
  ['PATCH', PIPELINE, { enabled: true }, [401, 403, 403, 200, 404]],
  ['POST', '/api/v1/tokens', { name: 'x', role: 'read' }, [401, 403, 403, 201, 403]],
  ['POST', '/api/v1/events/{event}/release', undefined, [401, 403, 409, 409, 404]],
  ['POST', '/api/v1/events/{event}/replay', { dryRun: true }, [401, 403, 200, 200, 404]],
  ['GET', '/api/v1/runs/{run}/approval', undefined, [401, 409, 409, 409, 404]],
  ['POST', '/api/v1/runs/{run}/approve', { sha: 'a'.repeat(40) }, [401, 403, 409, 409, 404]],
  ['GET', '/api/v1/runs/{run}/attempts', undefined, [401, 200, 200, 200, 404]],
  ['GET', '/api/v1/runs/{run}/attempts/{number}', undefined, [401, 200, 200, 200, 404]],
  ['POST', '/api/v1/runs/{run}/rerun', {}, [401, 403, 409, 409, 404]],
  ['POST', `${PROJECT}/dispatch`, { pipeline: 'ci' }, [401, 403, 422, 422, 404]],
  ['POST', `${PROJECT}/dispatches`, { event_type: 'x' }, [401, 403, 422, 422, 404]],
  ['POST', '/api/v1/pipelines/{number}/dispatch', {}, [401, 403, 422, 422, 404]],
  ['POST', '/api/v1/runs/{run}/cancel', {}, [401, 403, 202, 202, 404]],
  ['POST', `${PROJECT}/keys/{newKey}/first`, undefined, [401, 403, 403, 200, 404]],
  ['DELETE', `${PROJECT}/secrets/{secret}`, undefined, [401, 403, 403, 204, 404]],
  ['DELETE', `${PROJECT}/keys/{newKey}`, undefined, [401, 403, 403, 204, 404]],
  ['DELETE', '/api/v1/tokens/{spareToken}', undefined, [401, 403, 403, 204, 404]],
];

describe('role × route', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pagure-actions-roles-'));
  let api: OpenApi;
  let tokens: (string | undefined)[];
  const names: Record<string, string | number> = { name: 'ci', version: 1, number: 1, file: 'start.js', secret: 'KEY' };

  beforeAll(async () => {
    api = await startApi(folder, { hostSharesEverything: true });
    api.forge.answer = 'private';
    const [project, other] = [await sampleProject(api), await sampleProject(api, 'other')];
    const { eventId, runId, jobId } = await sampleRun(api, project);
    await runJob(api, jobId);
    await writeLog(api, jobId, 'log\n');
    const maintain = await api.token('maintain');
    const limited = await api.token('maintain', { projects: [other] });
    tokens = [undefined, await api.token('read'), await api.token('write'), maintain, limited];
    Object.assign(names, { project, event: eventId, run: runId, job: jobId, key: 1, newKey: 3, spareToken: 5 });
    await api.token('read');
    const body = { text: GOOD_PIPELINE };
    await api.ask('PUT', `/api/v1/projects/${project}/pipelines/ci`, { token: maintain, body });
  });

  afterAll(async () => {
    await api.app.close();
    rmSync(folder, { recursive: true });
  });

  it.each(TABLE)('%s %s', async (method, path, body, expected) => {
    const url = path.replace(/\{(\w+)\}/g, (_, name: string) => String(names[name]));
    const statuses: Record<string, number> = {};
    for (const [at, role] of ROLES.entries())
      statuses[role] = (await api.glance(method, url, { token: tokens[at], body })).status;
    expect(statuses).toEqual(Object.fromEntries(ROLES.map((role, at) => [role, expected[at]])));
  });

  it('has a row for every route', async () => {
    const { paths }: ApiDocument = (await api.ask('GET', '/api/openapi.json')).json;
    const described = Object.entries(paths).flatMap(([path, item]) =>
      Object.keys(item).map((verb) => `${verb.toUpperCase()} ${shape(path)}`),
    );
    expect(TABLE.map(([method, path]) => `${method} ${shape(path)}`).sort()).toEqual(described.sort());
  });
});

/** Without the names of parameters. */
function shape(path: string): string {
  return path.replaceAll(/\{\w+\}/g, '{}');
}
