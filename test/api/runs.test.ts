/** Events, runs and their cancel, as the API shows them. */
import { describe, expect, it } from 'vitest';
import { Runs } from '../../src/store/runs.js';
import { steps } from '../../src/store/schema/tables.js';
import { openApi } from './open-api.js';
import { COMMIT, runJob, sampleEvent, sampleProject, sampleRun } from './samples.js';

async function opened(options = {}) {
  const api = await openApi();
  const projectId = await sampleProject(api);
  const ids = await sampleRun(api, projectId, options);
  return { api, ...api, ...ids, projectId, read: await api.token('read'), write: await api.token('write') };
}

describe('a message', () => {
  async function shown(text: string) {
    const api = await openApi();
    const id = await sampleEvent(api, await sampleProject(api), { text });
    const token = await api.token('read');
    const read = (path = '', headers = {}) => api.ask('GET', `/api/v1/events/${id}${path}`, { token, headers });
    return { api, id, token, read, event: (await read()).json };
  }

  it('of more than 256 KiB is not shown with its event: it would keep all others waiting', async () => {
    const { event, read } = await shown('x'.repeat(256 * 1024));
    const { text } = await read('/body');
    expect(event).toMatchObject({ body: null, delivery: { bodyBytes: text.length } });
    expect(JSON.parse(text)).toMatchObject({ topic: 'git.receive', msg: { text: 'x'.repeat(256 * 1024) } });
  });

  it('is read by itself, byte for byte in parts', async () => {
    const { event, read } = await shown('ä'.repeat(5 * 1024 * 1024));
    const { status, headers, text } = await read('/body');
    expect([status, headers['content-type']]).toEqual([200, 'application/json']);
    expect(headers['content-length']).toBe(String(Buffer.byteLength(text)));
    expect(headers['content-length']).toBe(String(event['delivery']['bodyBytes']));
    expect(text).toMatch(/^\{"topic":"git.receive","msg":\{"text":"ä+"\},"msg_id":"1-1"\}$/);
  });

  it('is not sent again to whoever has it', async () => {
    const { read } = await shown('short');
    const { headers } = await read('/body');
    const again = await read('/body', { 'if-none-match': String(headers['etag']) });
    expect([again.status, again.text]).toEqual([304, '']);
  });

  it('that is not kept any more is not there', async () => {
    const { api, read } = await shown('short');
    await api.store.commit((tx) => tx.manager.query('DELETE FROM "delivery_body"'));
    expect([(await read()).json['body'], (await read('/body')).json['code']]).toEqual([null, 'no-such-body']);
  });

  it('of a project that the token does not see is not there', async () => {
    const { api, id } = await shown('short');
    const token = await api.token('read', { projects: [await sampleProject(api, 'other')] });
    const { status, json } = await api.ask('GET', `/api/v1/events/${id}/body`, { token });
    expect([status, json['code']]).toEqual([404, 'no-such-event']);
  });
});

describe('an event', () => {
  it('shows headers, body, verdict and decisions', async () => {
    const { ask, eventId, runId, projectId, read } = await opened();
    const { status, json } = await ask('GET', `/api/v1/events/${eventId}`, { token: read });
    expect(status).toBe(200);
    expect(json).toMatchObject({
      id: eventId,
      projectId,
      topic: 'git.receive',
      verdict: 'ok',
      state: 'done',
      receivedAt: '2026-11-24T12:00:00.000Z',
      delivery: { headers: { 'x-pagure-topic': 'git.receive' }, msgId: `1-${projectId}` },
      body: { topic: 'git.receive', msg: {} },
      decisions: [{ pipeline: 'server:ci', outcome: 'started', reason: 'a push', runId }],
    });
  });

  it('shows a body with a key __proto__ as it was signed', async () => {
    const { ask, read, api } = await opened();
    const other = await sampleProject(api, 'other');
    const id = await sampleEvent(api, other, JSON.parse('{"changed_files":{"__proto__":"M"}}') as object);
    const { text } = await ask('GET', `/api/v1/events/${id}`, { token: read });
    expect(text).toContain('{"__proto__":"M"}');
  });
});

describe('a run', () => {
  it('shows the steps of the newest attempt of each job, read at once', async () => {
    const { ask, runId, jobId, read, store, get, api } = await opened();
    await runJob(api, jobId);
    const before = await get(Runs).stepsOf({ id: jobId, attempt: 1 });
    await store.commit(async ({ manager }) => {
      await manager.query('UPDATE "job" SET "attempt" = 2 WHERE "id" = ?', [jobId]);
      for (const number of [2, 1])
        await manager.insert(steps, { ...before[0]!, attempt: 2, number, name: `${number}` });
    });
    get(Runs).stepsOf = () => Promise.reject(new Error('asked job by job'));
    const { json } = await ask('GET', `/api/v1/runs/${runId}`, { token: read });
    expect(json['jobs'][0]['steps']).toMatchObject([{ name: '1' }, { name: '2' }]);
  });

  it('shows jobs, steps, results and times', async () => {
    const { ask, runId, jobId, eventId, projectId, read, api } = await opened();
    await runJob(api, jobId);
    const { status, json } = await ask('GET', `/api/v1/runs/${runId}`, { token: read });
    expect(status).toBe(200);
    expect(json).toMatchObject({
      id: runId,
      project: { id: projectId, fullname: 'lab' },
      eventId,
      pipeline: { key: 'server:ci', name: 'ci' },
      number: 1,
      trust: 'trusted',
      ref: 'refs/heads/main',
      commit: COMMIT,
      createdAt: '2026-11-24T12:00:00.000Z',
      finishedAt: null,
      jobs: [
        {
          id: jobId,
          key: 'test',
          state: 'running',
          result: null,
          log: `/api/v1/runs/${runId}/jobs/${jobId}/log`,
          steps: [{ number: 1, conclusion: 'success', exitCode: 0, finishedAt: '2026-11-24T12:00:01.000Z' }],
        },
      ],
    });
  });

  it('shows neither the plan nor outputs, environments or owners', async () => {
    const { ask, runId, read } = await opened();
    const { text } = await ask('GET', `/api/v1/runs/${runId}`, { token: read });
    expect(text).not.toMatch(/"(?:plan|planned|outputs|env|owner|leaseUntil|cause)"/);
  });
});

describe('a cancel', () => {
  it('ends a run whose jobs have not begun', async () => {
    const { ask, runId, write, get } = await opened();
    const { status, json } = await ask('POST', `/api/v1/runs/${runId}/cancel`, { token: write });
    expect(status).toBe(202);
    expect(json).toMatchObject({ state: 'done', result: 'canceled', reason: 'canceled by write' });
    expect((await get(Runs).byId(runId))?.result).toBe('canceled');
  });

  it('ends a held run', async () => {
    const { ask, runId, write } = await opened({ held: true });
    const { json } = await ask('POST', `/api/v1/runs/${runId}/cancel`, { token: write });
    expect(json).toMatchObject({ state: 'done', result: 'canceled' });
  });

  it('asks a running job to stop, and may be sent again meanwhile', async () => {
    const { ask, runId, jobId, write, api } = await opened();
    await runJob(api, jobId);
    const twice = [0, 1].map(() => ask('POST', `/api/v1/runs/${runId}/cancel`, { token: write, body: {} }));
    const [first, second] = await Promise.all(twice);
    expect([first?.status, second?.status]).toEqual([202, 202]);
    expect(second?.json).toMatchObject({ state: 'running', cancelRequested: true });
  });

  it('keeps the reason that is given', async () => {
    const { ask, runId, write } = await opened();
    const body = { reason: 'the disk is full' };
    const { json } = await ask('POST', `/api/v1/runs/${runId}/cancel`, { token: write, body });
    expect(json).toMatchObject({ reason: 'canceled by write: the disk is full' });
  });

  it('of a run that is done is a conflict', async () => {
    const { ask, runId, write } = await opened();
    await ask('POST', `/api/v1/runs/${runId}/cancel`, { token: write });
    const { status, json } = await ask('POST', `/api/v1/runs/${runId}/cancel`, { token: write });
    expect([status, json['code']]).toEqual([409, 'run-done']);
  });

  it.each([{ reason: '' }, { reason: 'two\nlines' }, { reason: 3 }])('refuses %j', async (body) => {
    const { ask, runId, write } = await opened();
    const { status, json } = await ask('POST', `/api/v1/runs/${runId}/cancel`, { token: write, body });
    expect([status, json['faults']]).toEqual([400, [{ path: 'reason', message: expect.any(String) as string }]]);
  });
});
