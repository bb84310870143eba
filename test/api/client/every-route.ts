/** Whoever knows the API by the generated types alone reaches every route: one good request to each, in an order in which it can succeed. */
import { expect } from 'vitest';
import { GOOD_PIPELINE, keyOf, projectInput } from '../../projects/open-projects.js';
import type { ApiClient } from './client-of.js';

/** What is there before, of a project that this client registers as number 1 or that a test made. */
export interface Found {
  readonly projectId: number;
  readonly runId: number;
  readonly jobId: number;
  readonly eventId: number;
  readonly staleEventId: number;
}

export async function askAboutHouse(client: ApiClient): Promise<void> {
  expect((await client.GET('/healthz')).data?.status).toBe('ok');
  expect((await client.GET('/readyz')).data?.checks).toContain('database');
  expect((await client.GET('/metrics', { parseAs: 'text' })).data).toContain('pagure_actions_build_info');
  expect((await client.GET('/api', { parseAs: 'text' })).data).toContain('<title>');
  expect((await client.GET('/api/openapi.json')).data).toMatchObject({ openapi: '3.1.0' });
  expect((await client.GET('/schema/pipeline.json')).data).toMatchObject({ type: 'object' });
  const start = { params: { path: { file: 'start.js' } }, parseAs: 'text' } as const;
  expect((await client.GET('/api/try/{file}', start)).data).toContain('SwaggerUIBundle');
  expect((await client.POST('/hooks/pagure', { body: {} })).error?.code).toBe('bad-signature');
}

export async function askAboutProjects(client: ApiClient): Promise<void> {
  const made = await client.POST('/api/v1/projects', { body: projectInput('made') });
  const id = made.data!.id;
  const params = { path: { id } };
  expect((await client.GET('/api/v1/projects')).data?.items[0]).toMatchObject({ id, fullname: 'made' });
  const settings = { checkout: false };
  expect((await client.PATCH('/api/v1/projects/{id}', { params, body: { settings } })).data?.id).toBe(id);
  expect((await client.GET('/api/v1/projects/{id}', { params })).data?.settings.checkout).toBe(false);
  await askAboutKeys(client, id);
  await askAboutSecrets(client, id);
  await askAboutPipelines(client, id);
  await askForDispatches(client, id);
  expect((await client.GET('/api/v1/projects/{id}/refused', { params })).data?.items).toEqual([]);
}

/** The project is nowhere that was read, so that no branch is known. */
async function askForDispatches(client: ApiClient, id: number): Promise<void> {
  const listed = await client.GET('/api/v1/projects/{id}/pipelines', { params: { path: { id } } });
  const ofPipeline = { path: { id: listed.data!.items[0]!.id } };
  const params = { path: { id } };
  expect(
    (
      await client.PATCH('/api/v1/projects/{id}/pipelines/{name}', {
        params: { path: { id, name: 'ci' } },
        body: { enabled: true },
      })
    ).data?.enabled,
  ).toBe(true);
  const answers = [
    await client.POST('/api/v1/pipelines/{id}/dispatch', { params: ofPipeline, body: { ref: 'main' } }),
    await client.POST('/api/v1/projects/{id}/dispatch', { params, body: { pipeline: 'server:ci', ref: 'main' } }),
    await client.POST('/api/v1/projects/{id}/dispatches', { params, body: { event_type: 'deploy' } }),
  ];
  expect(answers.map(({ error }) => error?.code)).toEqual(['no-such-ref', 'no-such-ref', 'no-such-ref']);
}

async function askAboutKeys(client: ApiClient, id: number): Promise<void> {
  const added = await client.POST('/api/v1/projects/{id}/keys', {
    params: { path: { id } },
    body: { key: keyOf('second') },
  });
  const params = { path: { id, keyId: added.data!.id } };
  expect((await client.GET('/api/v1/projects/{id}/keys/{keyId}', { params })).data?.position).toBe(2);
  const first = await client.POST('/api/v1/projects/{id}/keys/{keyId}/first', { params });
  expect(first.data?.items[0]?.id).toBe(added.data!.id);
  expect((await client.DELETE('/api/v1/projects/{id}/keys/{keyId}', { params })).response.status).toBe(204);
  expect((await client.GET('/api/v1/projects/{id}/keys', { params: { path: { id } } })).data?.items).toHaveLength(1);
}

async function askAboutSecrets(client: ApiClient, id: number): Promise<void> {
  const params = { path: { id, name: 'deploy_key' } };
  const set = await client.PUT('/api/v1/projects/{id}/secrets/{name}', { params, body: { value: 'v', refs: ['x/*'] } });
  expect(set.data).toMatchObject({ name: 'DEPLOY_KEY', refs: ['x/*'] });
  expect((await client.GET('/api/v1/projects/{id}/secrets/{name}', { params })).data?.refs).toEqual(['x/*']);
  const listed = await client.GET('/api/v1/projects/{id}/secrets', { params: { path: { id } } });
  expect(listed.data?.items).toHaveLength(1);
  expect((await client.DELETE('/api/v1/projects/{id}/secrets/{name}', { params })).response.status).toBe(204);
}

async function askAboutPipelines(client: ApiClient, id: number): Promise<void> {
  const text = `name: other\n${GOOD_PIPELINE}`;
  const [ofProject, params] = [{ path: { id } }, { path: { id, name: 'ci' } }];
  expect((await client.POST('/api/v1/lint', { body: { text } })).data?.accepted).toBe(true);
  const made = await client.POST('/api/v1/projects/{id}/pipelines', {
    params: ofProject,
    body: { name: 'ci', text: GOOD_PIPELINE },
  });
  expect(made.data?.version).toBe(1);
  const diff = await client.POST('/api/v1/projects/{id}/pipelines/{name}/diff', { params, body: { text } });
  expect(diff.data?.added).toBe(1);
  expect((await client.PUT('/api/v1/projects/{id}/pipelines/{name}', { params, body: { text } })).data?.version).toBe(
    2,
  );
  const disabled = await client.PATCH('/api/v1/projects/{id}/pipelines/{name}', { params, body: { enabled: false } });
  expect(disabled.data?.enabled).toBe(false);
  expect((await client.GET('/api/v1/projects/{id}/pipelines/{name}', { params })).data?.text).toBe(text);
  const listed = await client.GET('/api/v1/projects/{id}/pipelines', { params: ofProject });
  expect(listed.data?.items.map(({ name }) => name)).toEqual(['ci']);
  expect((await client.GET('/api/v1/pipelines')).data?.items[0]).toMatchObject({ projectId: id, name: 'ci' });
  const versions = await client.GET('/api/v1/projects/{id}/pipelines/{name}/versions', { params });
  expect(versions.data?.items.map(({ version }) => version)).toEqual([2, 1]);
  const version = await client.GET('/api/v1/projects/{id}/pipelines/{name}/versions/{version}', {
    params: { path: { ...params.path, version: 1 } },
  });
  expect(version.data?.text).toBe(GOOD_PIPELINE);
  const between = await client.GET('/api/v1/projects/{id}/pipelines/{name}/diff', {
    params: { ...params, query: { from: 1, to: 2 } },
  });
  expect(between.data?.hunks).toHaveLength(1);
}

export async function askAboutEvents(client: ApiClient, { eventId, staleEventId, runId }: Found): Promise<void> {
  const params = { path: { id: eventId } };
  const query = { verdict: 'ok', limit: 5 } as const;
  const listed = await client.GET('/api/v1/events', { params: { query: { ...query, topic: ['git.*'] } } });
  expect(listed.data?.items[0]?.id).toBe(eventId);
  expect((await client.GET('/api/v1/events/{id}', { params })).data?.decisions[0]?.runId).toBe(runId);
  expect((await client.GET('/api/v1/events/{id}/body', { params })).data).toMatchObject({ topic: 'git.receive' });
  expect((await client.GET('/api/v1/events/{id}/explain', { params })).data?.pipelines[0]?.runId).toBe(runId);
  const stale = { path: { id: staleEventId } };
  const released = await client.POST('/api/v1/events/{id}/release', { params: stale });
  expect(released.data?.eventId).toBe(staleEventId);
  const replay = await client.POST('/api/v1/events/{id}/replay', { params, body: { dryRun: true } });
  expect(replay.data?.decisions).toEqual([]);
  expect(
    (await client.GET('/events/{id}', { params: { path: { id: `${eventId}` } }, parseAs: 'text' })).data,
  ).toContain('<h1');
}

export async function askAboutRuns(client: ApiClient, { runId, jobId, projectId }: Found): Promise<void> {
  const params = { path: { id: runId } };
  const query = { project: String(projectId), pipeline: 'ci' } as const;
  expect((await client.GET('/api/v1/runs', { params: { query } })).data?.items[0]?.id).toBe(runId);
  expect((await client.GET('/api/v1/runs/{id}', { params })).data?.jobs[0]?.id).toBe(jobId);
  const log = await client.GET('/api/v1/runs/{id}/jobs/{jobId}/log', {
    params: { path: { id: runId, jobId }, query: { tail: 1 } },
    parseAs: 'text',
  });
  expect(log.data).toBe('two\n');
  const ofJob = { path: { id: runId, jobId } };
  const step = { path: { ...ofJob.path, number: 1 } };
  expect((await client.GET('/api/v1/runs/{id}/annotations', { params })).data?.items).toEqual([]);
  expect((await client.GET('/api/v1/runs/{id}/explain', { params })).data?.failure).toBeNull();
  expect((await client.GET('/api/v1/runs/{id}/bundle', { params })).data?.version).toBe(1);
  expect((await client.GET('/api/v1/runs/{id}/approval', { params })).error?.code).toBe('run-not-held');
  const approve = await client.POST('/api/v1/runs/{id}/approve', { params, body: { sha: 'a'.repeat(40) } });
  expect(approve.error?.code).toBe('run-not-held');
  const outputs = await client.GET('/api/v1/runs/{id}/jobs/{jobId}/outputs', { params: ofJob });
  expect(outputs.data).toEqual({ outputs: {} });
  const given = await client.GET('/api/v1/runs/{id}/jobs/{jobId}/steps/{number}', { params: step });
  expect(given.data).toEqual({ outputs: {}, summary: null });
  expect((await client.GET('/runs/{id}', { params: { path: { id: `${runId}` } }, parseAs: 'text' })).data).toContain(
    '<h1',
  );
  const attempts = await client.GET('/api/v1/runs/{id}/attempts', { params });
  expect(attempts.data?.items.map(({ attempt }) => attempt)).toEqual([1]);
  const first = await client.GET('/api/v1/runs/{id}/attempts/{attempt}', {
    params: { path: { id: runId, attempt: 1 } },
  });
  expect(first.data?.id).toBe(runId);
  const again = await client.POST('/api/v1/runs/{id}/rerun', { params, body: { jobs: 'all' } });
  expect(again.error?.code).toBe('run-not-done');
  const stream = await client.GET('/api/v1/stream', { params: { query: { run: runId } }, parseAs: 'text' });
  expect(stream.response.headers.get('content-type')).toContain('text/event-stream');
  const canceled = await client.POST('/api/v1/runs/{id}/cancel', { params, body: { reason: 'enough' } });
  expect(canceled.data?.cancelRequested).toBe(true);
  expect((await client.GET('/api/v1/flags', { params: { query: { sending: 'waiting' } } })).data?.items).toEqual([]);
}

export async function askAboutTokens(client: ApiClient): Promise<void> {
  const made = await client.POST('/api/v1/tokens', { body: { name: 'ci', role: 'read' } });
  const id = made.data!.id;
  expect((await client.GET('/api/v1/tokens')).data?.items[0]).toMatchObject({ id, role: 'read', state: 'valid' });
  expect((await client.DELETE('/api/v1/tokens/{id}', { params: { path: { id } } })).response.status).toBe(204);
}
