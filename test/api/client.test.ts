/** A client of the API, generated from its description: it is current, a program over it compiles, and it works. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { API_TYPES, apiTypes } from '../../scripts/api-types.mjs';
import { GOOD_PIPELINE, projectInput } from '../projects/open-projects.js';
import { Deliveries } from '../../src/store/deliveries.js';
import { newDelivery } from '../store/open-store.js';
import type { ApiDocument } from './answer-check.js';
import { clientOf } from './client/client-of.js';
import {
  askAboutEvents,
  askAboutHouse,
  askAboutProjects,
  askAboutRuns,
  askAboutTokens,
  type Found,
} from './client/every-route.js';
import { allProjects } from './client/program.js';
import { type OpenApi, openApi } from './open-api.js';
import { runJob, sampleProject, sampleRun, writeLog } from './samples.js';

const PROJECT = resolve(import.meta.dirname, '../..');

describe('the types of the API', () => {
  it('are those of its description: `npm run api:types` writes them', async () => {
    const { ask } = await openApi();
    const { json } = await ask('GET', '/api/openapi.json');
    expect(readFileSync(resolve(PROJECT, API_TYPES), 'utf8')).toBe(await apiTypes(json));
  });

  it('let a program compile, and what it may not write fail', { timeout: 240_000 }, () => {
    const { config } = ts.readConfigFile(resolve(PROJECT, 'tsconfig.json'), ts.sys.readFile);
    const { options } = ts.parseJsonConfigFileContent(config, ts.sys, PROJECT);
    const program = ts.createProgram([resolve(PROJECT, 'test/api/client/program.ts')], { ...options, noEmit: true });
    const faults = ts.getPreEmitDiagnostics(program);
    expect(faults.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([]);
  });
});

describe('a client over these types', () => {
  async function opened() {
    const api = await openApi();
    return { api, client: clientOf(api, await api.token('maintain')) };
  }

  it('registers a project, gives it a pipeline and finds both again', async () => {
    const { client } = await opened();
    const made = await client.POST('/api/v1/projects', { body: projectInput('lab') });
    expect(made.response.headers.get('location')).toBe(`/api/v1/projects/${made.data?.id}`);
    const id = made.data!.id;
    const path = { id, name: 'ci' };
    await client.PUT('/api/v1/projects/{id}/pipelines/{name}', { params: { path }, body: { text: GOOD_PIPELINE } });
    const read = await client.GET('/api/v1/projects/{id}/pipelines/{name}', { params: { path } });
    expect(read.data).toMatchObject({ name: 'ci', version: 1, enabled: true, text: GOOD_PIPELINE });
    expect((await allProjects(client)).map(({ fullname }) => fullname)).toEqual(['lab']);
  });

  it('goes from an event to its run, and cancels it', async () => {
    const { api, client } = await opened();
    const { eventId, runId } = await sampleRun(api, await sampleProject(api));
    const event = await client.GET('/api/v1/events/{id}', { params: { path: { id: eventId } } });
    expect(event.data?.decisions.map(({ outcome, runId: of }) => [outcome, of])).toEqual([['started', runId]]);
    const canceled = await client.POST('/api/v1/runs/{id}/cancel', {
      params: { path: { id: runId } },
      body: { reason: 'not needed' },
    });
    expect(canceled.data).toMatchObject({ state: 'done', result: 'canceled' });
    const runs = await client.GET('/api/v1/runs', { params: { query: { result: 'canceled' } } });
    expect(runs.data?.items.map(({ id }) => id)).toEqual([runId]);
  });

  it('is told a problem by its code', async () => {
    const { client } = await opened();
    const { error, response } = await client.GET('/api/v1/runs/{id}', { params: { path: { id: 7 } } });
    expect([response.status, error?.code]).toEqual([404, 'no-such-run']);
  });

  it('writes only what it has read', async () => {
    const { api, client } = await opened();
    const params = { path: { id: await sampleProject(api) } };
    const etag = (await client.GET('/api/v1/projects/{id}', { params })).response.headers.get('etag')!;
    const change = (tag: string) =>
      client.PATCH('/api/v1/projects/{id}', {
        params: { ...params, header: { 'If-Match': tag } },
        body: { settings: { checkout: false } },
      });
    expect((await change(etag)).data?.settings.checkout).toBe(false);
    expect((await change(etag)).error?.code).toBe('precondition-failed');
  });

  it('reaches every route that is described', async () => {
    const { api, client } = await opened();
    const asked = new Set<string>();
    client.use({ onRequest: ({ request, schemaPath }) => void asked.add(`${request.method} ${schemaPath}`) });
    const found = await sampleHouse(api);
    await askAboutEvents(client, found);
    await askAboutRuns(client, found);
    await askAboutProjects(client);
    await askAboutTokens(client);
    await askAboutHouse(client);
    const { paths }: ApiDocument = (await api.ask('GET', '/api/openapi.json')).json;
    const described = Object.entries(paths).flatMap(([path, item]) =>
      Object.keys(item).map((verb) => `${verb.toUpperCase()} ${path}`),
    );
    expect([...asked].sort()).toEqual(described.sort());
  });
});

async function sampleHouse(api: OpenApi): Promise<Found> {
  const projectId = await sampleProject(api);
  const stale = newDelivery(projectId, 'stale', { verdict: 'stale', note: 'old' });
  const staleEventId = (await api.get(Deliveries).accept(stale)).eventId!;
  const run = await sampleRun(api, projectId);
  await runJob(api, run.jobId);
  await writeLog(api, run.jobId, 'one\ntwo\n');
  return { projectId, staleEventId, ...run };
}
