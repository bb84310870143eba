/** The verbs that explain: why a run is red, and why pipelines started. */
import { expect, it } from 'vitest';
import { FAILED, HELD } from '../api/page-samples.js';
import { sceneProject, sceneRun } from '../api/page-scenes.js';
import { openScene } from './scene.js';

async function sceneOf(run: typeof FAILED) {
  const opened = await openScene();
  const projectId = await sceneProject(opened.api, 'lab');
  return { ...opened, runId: await sceneRun(opened.api, projectId, run) };
}

it('runs explain prints job, step, the first error with its lines, and what to do', async () => {
  const { scene, runId } = await sceneOf(FAILED);
  const { code, out } = await scene.say(`runs explain ${runId}`);
  expect(code).toBe(0);
  expect(out).toContain('ci #1  2 of 4 jobs passed; test (node 20) failed: Run npm test: exit code 1');
  expect(out).toContain('test (node 20) › 3 Run npm test: exit code 1\n');
  expect(out).toContain('    53    AssertionError: Expected values to be strictly equal:\n');
  expect(out).toContain('    43  ✔ reads block 30 (2.2ms)\n');
  expect(out).not.toContain('reads block 28 ');
  expect(out).toContain('Since it last passed\n  this pipeline has not passed here yet\n');
  expect(out).toContain(`  Run what failed again: pagure-actions runs rerun ${runId} --failed (`);
});

it('runs explain --json prints the object of the API for scripts', async () => {
  const { api, scene, runId, token } = await sceneOf(FAILED);
  const { out } = await scene.say(`runs explain ${runId} --json`);
  expect(JSON.parse(out)).toEqual((await api.ask('GET', `/api/v1/runs/${runId}/explain`, { token })).json);
});

it('runs explain says of a held run how it is approved', async () => {
  const { scene, runId } = await sceneOf(HELD);
  expect((await scene.say(`runs explain ${runId}`)).out).toMatch(
    /comment on the pull-request: \/approve [0-9a-f]{40} \(/,
  );
});

it('events explain says of each pipeline why it did or did not start', async () => {
  const { scene } = await sceneOf(FAILED);
  const { code, out } = await scene.say('events explain 1');
  expect([code, out]).toMatchInlineSnapshot(`
    [
      0,
      "alice pushed 3 commits to main: 1 of 3 pipelines started.
      ci started (run 1): push matches "branches: [main]"
      docs did not start: "docs/**" matches none of the 3 changed paths
      release did not start: push to refs/heads/main matches no tag of "tags: [v*]"
    ",
    ]
  `);
});
