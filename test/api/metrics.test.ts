/** What Prometheus is told, and who may read it. */
import { describe, expect, it } from 'vitest';
import { HouseMetrics } from '../../src/api/metrics/house-metrics.js';
import { DoorCounts } from '../../src/intake/door-counts.js';
import { RunEnds } from '../../src/runs/run-ends.js';
import { Backlog } from '../../src/store/backlog.js';
import { NOW } from '../store/open-store.js';
import { openApi, type OpenApi } from './open-api.js';
import { sampleProject, sampleRun } from './samples.js';

/** The value of a line of the text, by its name and labels. */
async function valueOf(api: OpenApi, series: string): Promise<number> {
  const { text } = await api.ask('GET', '/metrics', { token: await api.token('read') });
  const line = text.split('\n').find((one) => one.startsWith(`pagure_actions_${series} `));
  return Number(line?.split(' ').at(-1));
}

describe('who may read the metrics', () => {
  it('is whoever holds a token that is not limited to projects', async () => {
    const api = await openApi();
    expect((await api.ask('GET', '/metrics')).json).toMatchObject({ status: 401, code: 'token-missing' });
    const limited = await api.token('maintain', { projects: [1] });
    expect((await api.ask('GET', '/metrics', { token: limited })).json).toMatchObject({ code: 'token-limited' });
    const answer = await api.ask('GET', '/metrics', { token: await api.token('read') });
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
  });

  it('is everybody when metrics_public says so', async () => {
    const { ask } = await openApi({ metricsPublic: true });
    expect((await ask('GET', '/metrics')).status).toBe(200);
  });
});

describe('the metrics', () => {
  it('count deliveries by what became of them, and refused ones by code', async () => {
    const api = await openApi();
    const door = api.get(DoorCounts);
    for (const how of ['ok', 'ok', 'same', 'conflict', 'stale'] as const) door.took(how);
    expect((await api.ask('POST', '/hooks/pagure', { body: {} })).status).toBe(401);
    expect(await valueOf(api, 'deliveries_total{verdict="ok"}')).toBe(2);
    expect(await valueOf(api, 'deliveries_total{verdict="same"}')).toBe(1);
    expect(await valueOf(api, 'deliveries_total{verdict="inconsistent"}')).toBe(0);
    expect(await valueOf(api, 'deliveries_refused_total{code="bad-signature"}')).toBe(1);
  });

  it('show what is due, and for how long', async () => {
    const api = await openApi();
    await sampleRun(api, await sampleProject(api));
    api.clock.advance(90_000);
    const due = await api.get(Backlog).due('job', api.clock.now());
    expect(due).toEqual({ count: 1, oldestAt: NOW });
    expect(await valueOf(api, 'due_rows{kind="job"}')).toBe(1);
    expect(await valueOf(api, 'due_oldest_age_seconds{kind="job"}')).toBe(90);
    expect(await valueOf(api, 'due_rows{kind="flag"}')).toBe(0);
  });

  it('count runs and jobs by result and measure how long they took', async () => {
    const api = await openApi();
    api.get(RunEnds).tell([
      { kind: 'job', result: 'failure', tookMs: 4_000 },
      { kind: 'run', result: 'failure', tookMs: 12_000 },
      { kind: 'run', result: 'canceled', tookMs: null },
    ]);
    expect(await valueOf(api, 'runs_ended_total{result="failure"}')).toBe(1);
    expect(await valueOf(api, 'runs_ended_total{result="canceled"}')).toBe(1);
    expect(await valueOf(api, 'jobs_ended_total{result="success"}')).toBe(0);
    expect(await valueOf(api, 'run_seconds_count')).toBe(1);
    expect(await valueOf(api, 'run_seconds_sum')).toBe(12);
    expect(await valueOf(api, 'job_seconds_bucket{le="5"}')).toBe(1);
  });

  it('tell of flags, open runs, the event loop, the process and the build', async () => {
    const api = await openApi();
    const { text } = await api.ask('GET', '/metrics', { token: await api.token('read') });
    for (const name of [
      'pagure_actions_flags_waiting',
      'pagure_actions_flags_waiting_oldest_age_seconds',
      'pagure_actions_flags_paused',
      'pagure_actions_runs_open',
      'pagure_actions_build_info',
      'nodejs_eventloop_lag_seconds',
      'nodejs_eventloop_lag_p99_seconds',
      'process_resident_memory_bytes',
    ])
      expect(text).toMatch(new RegExp(`^${name}(\\{.*\\})? [0-9.e-]+$`, 'm'));
  });

  it('are of one house: another one in the same process starts at nothing', async () => {
    const [one, other] = [await openApi(), await openApi()];
    one.get(DoorCounts).took('ok');
    expect(await valueOf(one, 'deliveries_total{verdict="ok"}')).toBe(1);
    expect(await valueOf(other, 'deliveries_total{verdict="ok"}')).toBe(0);
    expect(one.get(HouseMetrics)).not.toBe(other.get(HouseMetrics));
  });

  it('hold nothing that a stranger wrote', async () => {
    const api = await openApi();
    const body = { topic: 'evil-topic', msg: { project_fullname: 'evil-project' } };
    await api.ask('POST', '/hooks/pagure', { body });
    const { text } = await api.ask('GET', '/metrics', { token: await api.token('read') });
    expect(text).not.toContain('evil');
  });
});
