/** Alive, ready, and what is said when it is not. */
import { rmSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { Readiness } from '../../src/api/readiness.js';
import { JobQueue } from '../../src/queue/job-queue.js';
import { Store } from '../../src/store/store.js';
import { StoreProbe } from '../../src/store/store-probe.js';
import { Projects } from '../../src/store/projects.js';
import { openApi, startApi } from './open-api.js';
import { temporaryFolder } from '../store/open-store.js';

const READY = { status: 'ready', checks: ['database', 'disk', 'queue', 'key', 'running'] };

describe('/healthz', () => {
  it('says that the process answers, whatever else is broken', async () => {
    const { ask, store } = await openApi();
    await store.close();
    expect((await ask('GET', '/healthz')).json).toEqual({ status: 'ok' });
  });
});

describe('/readyz', () => {
  it('is 200 when every check holds', async () => {
    const { ask } = await openApi();
    const answer = await ask('GET', '/readyz', { headers: { host: '10.0.0.7' } });
    expect([answer.status, answer.json]).toEqual([200, READY]);
  });

  it.each([
    ['database', (api: Awaited<ReturnType<typeof openApi>>) => broken(api.get(StoreProbe), 'prove')],
    ['queue', (api: Awaited<ReturnType<typeof openApi>>) => vi.spyOn(queueOf(api), 'isTaking').mockReturnValue(false)],
    ['key', (api: Awaited<ReturnType<typeof openApi>>) => broken(api.get(Projects), 'isUnderThisMasterKey')],
  ])('is 503 and names the check %s that failed', async (check, breakIt) => {
    const api = await openApi();
    breakIt(api);
    const { status, json } = await api.ask('GET', '/readyz');
    expect(status).toBe(503);
    expect(json).toMatchObject({ code: 'not-ready', faults: [{ path: check }] });
    expect(api.logged.join()).toContain(`not ready, ${check}`);
  });

  it('is 503 when the data folder is gone', async () => {
    const folder = temporaryFolder();
    const { app, ask } = await startApi(folder, { hostSharesEverything: true });
    rmSync(folder, { recursive: true });
    const { json } = await ask('GET', '/readyz');
    expect(json).toMatchObject({
      status: 503,
      faults: expect.arrayContaining([expect.objectContaining({ path: 'disk' })]),
    });
    await app.close().catch(() => undefined);
  });

  it('is 503 when a check does not answer within 5 s', async () => {
    const { ask, clock, get } = await openApi();
    vi.spyOn(get(StoreProbe), 'prove').mockReturnValue(new Promise(() => undefined));
    const before = clock.pending;
    const answer = ask('GET', '/readyz');
    await expect.poll(() => clock.pending).toBeGreaterThan(before);
    clock.advance(5_000);
    expect((await answer).json).toMatchObject({ faults: [{ path: 'database' }] });
  });

  it('tells nothing of what a machine said of itself', async () => {
    const { ask, get } = await openApi();
    vi.spyOn(get(StoreProbe), 'prove').mockRejectedValue(new Error('/srv/secret/store.sqlite is broken'));
    expect((await ask('GET', '/readyz')).text).not.toContain('secret');
  });

  it('turns 503 at once when the server is told to stop', async () => {
    const { ask, get } = await openApi();
    expect((await ask('GET', '/readyz')).status).toBe(200);
    get(Readiness).onModuleDestroy();
    expect((await ask('GET', '/readyz')).json).toMatchObject({ status: 503, faults: [{ path: 'running' }] });
  });

  it('writes to the disk once in 2 s, however many ask', async () => {
    const { ask, clock, get } = await openApi();
    const prove = vi.spyOn(get(StoreProbe), 'prove');
    for (let time = 0; time < 20; time++) await ask('GET', '/readyz');
    expect(prove).toHaveBeenCalledTimes(1);
    clock.advance(2_000);
    await ask('GET', '/readyz');
    expect(prove).toHaveBeenCalledTimes(2);
  });
});

describe('the probe of the database', () => {
  it('throws when the database cannot be written', async () => {
    const { get } = await openApi();
    const probe = get(StoreProbe);
    await probe.prove();
    get(Store).native.pragma('query_only = 1');
    await expect(probe.prove()).rejects.toThrow();
    get(Store).native.pragma('query_only = 0');
  });
});

function broken<T extends object>(room: T, method: keyof T) {
  vi.spyOn(room, method as never).mockImplementation((() => Promise.reject(new Error('broken'))) as never);
}

function queueOf(api: Awaited<ReturnType<typeof openApi>>): JobQueue {
  return api.get(JobQueue);
}
