/** What a step points out about the project's files, on the page of its run. */
import { describe, expect, it } from 'vitest';
import { PAGE_BYTES } from '../../src/api/pages/fit.js';
import type { Annotation } from '../../src/model/annotation.js';
import { Runs } from '../../src/store/runs.js';
import { StepReports } from '../../src/store/step-reports.js';
import { openApi } from './open-api.js';
import { sceneProject, sceneRun } from './page-scenes.js';

const NOTE: Annotation = {
  ...{ level: 'error', message: "';' expected", title: 'TS1005', file: 'src/main.ts', line: 7 },
  ...{ endLine: null, column: null, endColumn: null },
};

async function page(notes: readonly Annotation[], log = 'compiling\n##[error]exit code 2\n') {
  const api = await openApi();
  const failed = { outcome: 'failure', conclusion: 'failure', exitCode: 2 } as const;
  const jobs = [{ name: 'build', result: 'failure', steps: [{ name: 'Run make', ...failed }], log }] as const;
  const runId = await sceneRun(api, await sceneProject(api, 'lab'), { result: 'failure', jobs });
  const [job] = await api.get(Runs).jobsOf(runId);
  const step = { id: job!.id, runId, attempt: 1, number: 1 };
  const report = { annotations: notes, outputs: {}, summary: null };
  await api.store.commit((tx) => api.get(StepReports).save(tx, step, report));
  return { ...(await api.ask('GET', `/runs/${runId}`)), runId, jobId: job!.id };
}

describe('annotations of the step that failed', () => {
  it('stand above its last lines, errors first, with their place', async () => {
    const { text } = await page([{ ...NOTE, level: 'notice', message: 'by the way', file: null, title: null }, NOTE]);
    expect(text).toContain(
      '<code><bdi>src/main.ts</bdi>:7</code> <b><bdi>TS1005</bdi></b> <bdi>&#39;;&#39; expected</bdi>',
    );
    expect(text.indexOf('expected')).toBeLessThan(text.indexOf('by the way'));
    expect(text.indexOf('by the way')).toBeLessThan(text.indexOf('compiling'));
  });

  it('are five, and the rest is where the page says', async () => {
    const { text, runId, jobId } = await page(
      Array.from({ length: 9 }, (_, n) => ({ ...NOTE, message: `fault ${n}` })),
    );
    expect([text.includes('fault 4'), text.includes('fault 5')]).toEqual([true, false]);
    expect(text).toContain(`/api/v1/runs/${runId}/annotations?job=${jobId}`);
  });

  it('are text, whatever they hold, and no page is too large for them', async () => {
    const hostile = '<script>alert(1)</script>\u202e\u0000&"'.repeat(300);
    const note = { ...NOTE, message: hostile, title: hostile, file: hostile };
    const { text } = await page(
      Array.from({ length: 10 }, () => note),
      `${hostile}\n`.repeat(100),
    );
    expect(text).not.toMatch(/<script>alert|\u202e/);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(PAGE_BYTES);
  });
});
