/** What the jobs of a run give beside their result: annotations, outputs, summaries, and the run as a bundle. */
import { describe, expect, it } from 'vitest';
import type { AnnotationListDto } from '../../src/api/annotation.dto.js';
import type { RunDto } from '../../src/api/run.dto.js';
import type { RunBundle } from '../../src/model/run-bundle.js';
import type { Annotation } from '../../src/model/annotation.js';
import { ClaimJob } from '../../src/runs/claim-job.js';
import { ReportJob } from '../../src/runs/report-job.js';
import { Runs } from '../../src/store/runs.js';
import { openApi } from './open-api.js';
import { COMMIT, sampleProject, sampleRun } from './samples.js';
import { NOW } from '../store/open-store.js';

const SECRET = 'hunter2-hunter2';

function note(level: Annotation['level'], message: string): Annotation {
  const place = { line: 3, endLine: 4, column: 5, endColumn: null };
  return { level, message, title: null, file: 'src/main.ts', ...place };
}

const notes = (level: Annotation['level'], count: number) =>
  Array.from({ length: count }, (_, n) => note(level, `${level} ${n}`));

async function stepsOf(
  read: (path: string) => Promise<{ readonly json: never }>,
): Promise<RunDto['jobs'][number]['steps']> {
  const { jobs }: RunDto = (await read('')).json;
  return jobs[0]?.steps ?? [];
}

async function opened() {
  const api = await openApi();
  const projectId = await sampleProject(api);
  const { runId, jobId } = await sampleRun(api, projectId);
  const runs = api.get(Runs);
  const held = { id: jobId, runId, attempt: 1, owner: 'test' };
  const claim = () =>
    api.store.commit((tx) => runs.claim(tx, { jobId, owner: 'test', leaseUntil: NOW + 60_000, nowMs: NOW }));
  await claim();
  const reports = api.get(ReportJob);
  const end = (number: number, report: Partial<Parameters<ReportJob['stepFinished']>[2]>) =>
    reports.stepFinished(
      held,
      { number, id: `__${number}`, name: 'make', outcome: 'failure', conclusion: 'failure', exitCode: 1, reason: null },
      { annotations: [], outputs: {}, summary: null, ...report },
    );
  const token = await api.token('read');
  const read = (path: string) => api.ask('GET', `/api/v1/runs/${runId}${path}`, { token });
  return { api, projectId, runId, jobId, runs, held, claim, reports, end, read };
}

describe('annotations of a run', () => {
  it('stand with their steps, ten of each level, and all of them in a list', async () => {
    const { end, read, jobId } = await opened();
    await end(1, { annotations: [...notes('error', 12), ...notes('notice', 3)] });
    await end(2, { annotations: [note('warning', 'x'.repeat(3_000))] });
    const steps = await stepsOf(read);
    expect(steps.map(({ annotationCount }) => annotationCount)).toEqual([15, 1]);
    expect(steps[0]?.annotations.map(({ message }) => message)).toEqual(
      [...notes('error', 10), ...notes('notice', 3)].map(({ message }) => message),
    );
    expect(steps[1]?.annotations[0]?.message).toMatch(/^x{1999}…$/);
    const page: AnnotationListDto = (await read('/annotations?limit=2')).json;
    expect(page.items).toMatchObject([
      { step: 2, jobId },
      { step: 1, message: 'notice 2', file: 'src/main.ts' },
    ]);
    const errors = (await read('/annotations?level=error&limit=100')).json['items'];
    expect(errors).toHaveLength(12);
    const rest: AnnotationListDto = (await read(`/annotations?limit=20&cursor=${page.next}`)).json;
    expect([rest.items.length, rest.next]).toEqual([14, null]);
    expect((await read(`/annotations?job=${jobId + 1}`)).json['items']).toEqual([]);
    expect((await read('/annotations?level=error,notice')).status).toBe(400);
  });

  it('are kept a thousand a job, and no more', async () => {
    const { api, end, read } = await opened();
    await end(1, { annotations: notes('warning', 700) });
    await end(2, { annotations: notes('warning', 700) });
    const steps = await stepsOf(read);
    expect(steps.map(({ annotationCount }) => annotationCount)).toEqual([700, 300]);
    const [{ count }] = await api.store.reader.query('SELECT COUNT(*) AS "count" FROM "annotation"');
    expect(count).toBe(1_000);
  });

  it('are of the newest attempt', async () => {
    const { api, end, read, claim, jobId, runs } = await opened();
    await end(1, { annotations: notes('error', 2) });
    const job = (await runs.jobById(jobId))!;
    await api.store.commit((tx) =>
      runs.updateJob(tx, job, { state: 'queued', owner: null, leaseUntil: null, dueAt: NOW }),
    );
    await claim();
    expect((await read('/annotations')).json['items']).toEqual([]);
  });

  it('are not kept of an attempt that was taken away', async () => {
    const { api, reports, held } = await opened();
    const step = {
      number: 1,
      id: 'a',
      name: 'a',
      outcome: 'success',
      conclusion: 'success',
      exitCode: 0,
      reason: null,
    } as const;
    const told = reports.stepFinished({ ...held, owner: 'another' }, step, {
      annotations: notes('error', 1),
      outputs: {},
      summary: null,
    });
    await expect(told).rejects.toMatchObject({ code: 'attempt-lost' });
    expect(await api.store.reader.query('SELECT * FROM "annotation"')).toEqual([]);
  });
});

describe('what a step gave', () => {
  it('is read by itself: outputs and summary', async () => {
    const { end, read, jobId } = await opened();
    await end(1, { outputs: { version: '1.2' }, summary: '## 12 passed' });
    await end(2, {});
    expect((await stepsOf(read)).map(({ hasSummary }) => hasSummary)).toEqual([true, false]);
    expect((await read(`/jobs/${jobId}/steps/1`)).json).toEqual({
      outputs: { version: '1.2' },
      summary: '## 12 passed',
    });
    expect((await read(`/jobs/${jobId}/steps/2`)).json).toEqual({ outputs: {}, summary: null });
    expect(
      [await read(`/jobs/${jobId}/steps/0`), await read(`/jobs/${jobId}/steps/3`)].map(({ json }) => json['code']),
    ).toEqual(['no-such-step', 'no-such-step']);
    expect((await read(`/jobs/${jobId}/steps/x`)).status).toBe(400);
    expect((await read(`/jobs/${jobId + 7}/steps/1`)).json['code']).toBe('no-such-job');
  });
});

describe('a masked output (TRUST, LANGUAGE "Outputs")', () => {
  it('is shown as three asterisks, and sealed on disk', async () => {
    const { api, reports, held, jobId, read, runId } = await opened();
    const outputs = { token: `x${SECRET}`, plain: 'plain' };
    await reports.finished(held, { result: 'success', reason: null, outputs, masks: [SECRET] });
    expect((await read(`/jobs/${jobId}/outputs`)).json).toEqual({ outputs: { token: 'x***', plain: 'plain' } });
    const shown = await Promise.all(['', '/bundle', '/annotations'].map(async (path) => (await read(path)).text));
    expect(shown.join('')).not.toContain(SECRET);
    const page = await api.ask('GET', `/runs/${runId}`, { token: await api.token('read') });
    expect(page.text).not.toContain(SECRET);
    const rows: Record<string, Buffer>[] = await api.store.reader.query('SELECT * FROM "hidden_job"');
    expect(rows.map(({ sealedPlan }) => sealedPlan)).toEqual([null]);
    const tables: { name: string }[] = await api.store.reader.query(
      `SELECT name FROM sqlite_master WHERE type = 'table'`,
    );
    for (const { name } of tables) {
      const all: Record<string, unknown>[] = await api.store.reader.query(`SELECT * FROM "${name}"`);
      const text = all
        .flatMap((row) => Object.values(row))
        .map((value) => (Buffer.isBuffer(value) ? value.toString('latin1') : String(value)));
      expect(text.join(' '), name).not.toContain(SECRET);
    }
  });
});

describe('the bundle of a run', () => {
  it('holds what it takes to repeat it, and no path of the server', async () => {
    const { read, runId, jobId } = await opened();
    const { status, json, text } = await read('/bundle');
    const { run }: RunBundle = json;
    expect(status).toBe(200);
    expect(json).toMatchObject({
      version: 1,
      run: {
        ...{ id: runId, number: 1, attempt: 1, trust: 'trusted', project: 'lab', eventName: 'push' },
        ...{ pipeline: { key: 'server:ci', name: 'ci' }, ref: 'refs/heads/main', commit: COMMIT },
      },
      plan: { jobs: [{ id: 'test' }] },
      contexts: { github: { run_id: String(runId) }, inputs: {} },
      jobs: [{ jobId, attempt: 1, env: {}, needs: {}, job: { key: 'test' } }],
    });
    expect(run.url).toContain('lab');
    expect(text).not.toMatch(/"(mirror|secrets|masks|limits)"|\/tmp\//);
  });

  it('is not there for a run that was never planned', async () => {
    const api = await openApi();
    const { runId } = await sampleRun(api, await sampleProject(api), { held: true });
    const answer = await api.ask('GET', `/api/v1/runs/${runId}/bundle`, { token: await api.token('read') });
    expect([answer.status, answer.json['code']]).toEqual([409, 'run-unplanned']);
  });
});

describe('a masked output and the job that needs it', () => {
  const PIPELINE = `
on: push
jobs:
  make:
    runs-on: host
    outputs: { token: x }
    steps: [{ run: make }]
  use:
    needs: make
    runs-on: host
    strategy: { matrix: { token: ["\${{ needs.make.outputs.token }}"] } }
    environment: env-\${{ needs.make.outputs.token }}
    steps: [{ run: make }]
`;

  async function ended() {
    const api = await openApi();
    const { runId, jobId } = await sampleRun(api, await sampleProject(api), { text: PIPELINE });
    const claims = api.get(ClaimJob);
    await claims.claim(jobId, 'test');
    const outputs = { token: `x${SECRET}`, plain: 'plain' };
    const result = { result: 'success', reason: null, outputs, masks: [SECRET, 'unused mask'] } as const;
    await api.get(ReportJob).finished({ id: jobId, runId, attempt: 1, owner: 'test' }, result);
    const [, use] = await api.get(Runs).jobsOf(runId);
    return { api, runId, jobId, claims, outputs, use: use! };
  }

  it('reaches it unchanged, with the masks that it must mind', async () => {
    const { claims, outputs, use } = await ended();
    const order = await claims.order((await claims.claim(use.id, 'test'))!);
    expect(order.needs).toEqual({ make: { result: 'success', outputs } });
    expect(order.masks).toEqual([SECRET]);
    expect(order.job).toMatchObject({ matrix: { token: `x${SECRET}` }, environment: { name: `env-x${SECRET}` } });
  });

  it('stands neither in its row, nor in the run, the page or the bundle', async () => {
    const { api, runId, use } = await ended();
    expect(use).toMatchObject({ name: 'use (x***)', planned: { matrix: { token: 'x***' } } });
    const token = await api.token('read');
    const paths = [`/api/v1/runs/${runId}`, `/api/v1/runs/${runId}/bundle`, `/runs/${runId}`];
    const texts = await Promise.all(paths.map(async (path) => (await api.ask('GET', path, { token })).text));
    for (const text of texts) {
      expect(text).toContain('x***');
      expect(text).not.toContain(SECRET);
    }
    const rows: Record<string, unknown>[] = await api.store.reader.query('SELECT * FROM "job"');
    expect(JSON.stringify(rows)).not.toContain(SECRET);
  });

  it('that does not open, as under another master key, is told and nothing runs with its asterisks', async () => {
    const { api, claims, use } = await ended();
    await api.store.commit((tx) => tx.manager.query('UPDATE "hidden_job" SET "sealedOutputs" = x\'0102\''));
    const claimed = await claims.claim(use.id, 'test');
    await expect(claims.order(claimed!)).rejects.toMatchObject({ name: 'Fault', retryable: false });
  });
});
