/** The verbs that list runs and events: filters, pages, tables and JSON. */
import { describe, expect, it } from 'vitest';
import { sampleProject, sampleRun } from '../api/samples.js';
import { aRun } from './answers.js';
import { openScene, openStub, signedIn } from './scene.js';

/** Two projects with a run each. */
async function sceneWithRuns() {
  const opened = await openScene();
  const [lab, bash] = [await sampleProject(opened.api, 'lab'), await sampleProject(opened.api, 'rpms/bash')];
  await sampleRun(opened.api, lab, { title: 'Fix the tests' });
  await sampleRun(opened.api, bash, { title: 'Wait for somebody', held: true });
  return opened;
}

const ids = (out: string) =>
  out
    .trimEnd()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (JSON.parse(line) as { id: number }).id);

describe('runs list', () => {
  it('shows the newest first in a table', async () => {
    const { scene } = await sceneWithRuns();
    expect((await scene.say('runs list')).out).toMatchInlineSnapshot(`
      "ID  STATE      PROJECT    PIPELINE  REF   COMMIT    ACTOR  WHEN    TOOK  TITLE
       2  ○ waiting  rpms/bash  ci #1     main  bbbbbbbb  alice  3m ago        Wait for somebody
       1  ○ queued   lab        ci #1     main  bbbbbbbb  alice  3m ago        Fix the tests
      "
    `);
  });

  it('fits a terminal of 80 columns', async () => {
    const { scene } = await sceneWithRuns();
    const { out } = await scene.say('runs list', { columns: 80, env: { NO_COLOR: '1' } });
    expect(out).toMatchInlineSnapshot(`
      "ID  STATE      PROJECT    PIPELINE  REF   ACTOR  WHEN    TOOK  TITLE
       2  ○ waiting  rpms/bash  ci #1     main  alice  3m ago        Wait for somebody
       1  ○ queued   lab        ci #1     main  alice  3m ago        Fix the tests
      "
    `);
  });

  it('prints the objects of the API for scripts', async () => {
    const { api, scene, token } = await sceneWithRuns();
    const lines = (await scene.say('runs list --json')).out.trimEnd().split('\n');
    const { items } = (await api.ask('GET', '/api/v1/runs', { token })).json as { items: object[] };
    expect(lines.map((line) => JSON.parse(line) as object)).toEqual(items);
  });

  it.each([
    ['--project lab', [1]],
    ['--project 2', [2]],
    ['--pipeline ci', [2, 1]],
    ['--branch main', [2, 1]],
    ['--branch other', []],
    ['--event push', [2, 1]],
    ['--event 1', [1]],
    ['--actor alice', [2, 1]],
    ['--state queued', [1]],
    ['--result success', []],
    ['--trust held', [2]],
    ['--since 1h', [2, 1]],
    ['--since 1m', []],
    ['--until 2026-01-01', []],
    ['--limit 1', [2]],
  ])('with %s lists %j', async (words, expected) => {
    const { scene } = await sceneWithRuns();
    const { code, out, err } = await scene.say(`runs list --json ${words}`);
    expect([code, err, ids(out)]).toEqual([0, '', expected]);
  });

  it('says when there is none', async () => {
    const { scene } = await openScene();
    expect(await scene.say('runs list')).toEqual({ code: 0, out: '', err: 'There is no such run.\n' });
  });

  it('of a project that is not there asks which one was meant', async () => {
    const { scene } = await sceneWithRuns();
    const { code, err } = await scene.say('runs list --project lap');
    expect([code, err]).toEqual([5, expect.stringContaining('Did you mean lab?')]);
  });

  it('turns the pages until it has as many as were asked for', async () => {
    const { scene, asked } = await openStub(({ url }) => {
      const { searchParams } = new URL(url, 'http://localhost');
      const first = Number(searchParams.get('cursor') ?? 0);
      const items = Array.from({ length: Number(searchParams.get('limit')) }, (_, at) => aRun({ id: first + at }));
      return { body: { items, next: String(first + items.length) } };
    });
    const { out } = await scene.say('runs list --json --limit 230', signedIn(scene));
    expect(ids(out)).toEqual(Array.from({ length: 230 }, (_, id) => id));
    expect(asked.map(({ url }) => url)).toEqual(
      ['limit=100', 'limit=100&cursor=100', 'limit=30&cursor=200'].map((query) => `/api/v1/runs?${query}`),
    );
  });
});

describe('events list', () => {
  it('shows the newest first in a table', async () => {
    const { scene } = await sceneWithRuns();
    expect((await scene.say('events list')).out).toMatchInlineSnapshot(`
      "ID  WHEN    PROJECT    TOPIC        REF   ACTOR  STATE  SUMMARY
       2  3m ago  rpms/bash  git.receive  main  alice  done   alice pushed to main
       1  3m ago  lab        git.receive  main  alice  done   alice pushed to main
      "
    `);
  });

  it.each([
    ['--project rpms/bash', [2]],
    ['--topic git.*', [2, 1]],
    ['--topic issue.*', []],
    ['--kind push', [2, 1]],
    ['--actor alice', [2, 1]],
    ['--ref main', [2, 1]],
    ['--commit bbbbbbb', [2, 1]],
    ['--pull-request 3', []],
    ['--verdict ok', [2, 1]],
    ['--state done', [2, 1]],
    ['--text pushed', [2, 1]],
    ['--since 1h', [2, 1]],
    ['--limit 1', [2]],
  ])('with %s lists %j', async (words, expected) => {
    const { scene } = await sceneWithRuns();
    const { code, out, err } = await scene.say(`events list --json ${words}`);
    expect([code, err, ids(out)]).toEqual([0, '', expected]);
  });

  it('lists every bad value, as the server names it', async () => {
    const { scene } = await sceneWithRuns();
    const { code, err } = await scene.say('events list --commit xyz');
    expect([code, err]).toEqual([5, expect.stringMatching(/\n {2}commit: /)]);
  });
});
