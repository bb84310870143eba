/** The one comment that says on a pull-request what its pipelines came to: where the project wants it, once, never a series. */
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/kernel/json.js';
import { Projects } from '../../src/store/projects.js';
import { Store } from '../../src/store/store.js';
import { restoreRepository, setRef } from '../fixtures/repositories/restore.js';
import { recording } from '../forge/recordings.js';
import { commitFile } from './commit-file.js';
import { openHouse, ShiftedClock, temporaryFolder } from './house.js';

const OPENED = recording('029');
const PULL = OPENED.message.msg['pullrequest'] as JsonObject & { commit_stop: string; branch_from: string };
const GOOD = 'name: Good\non: pull_request\njobs: { one: { runs-on: host, steps: [{ run: "true" }] } }\n';
const BAD = 'name: Bad\non: pull_request\njobs: { one: { runs-on: host, steps: [{ run: "exit 3" }] } }\n';
const SLOW = 'name: Slow\non: pull_request\njobs: { one: { runs-on: host, steps: [{ run: "sleep 60" }] } }\n';
const BROKEN = 'name: Broken\non: pull_request\njobs: []\n';

async function openScene(pipelines: Readonly<Record<string, string>>, summaryComment = true) {
  const repositories = temporaryFolder('repositories');
  const lab = restoreRepository('lab', repositories);
  setRef(lab, 'refs/heads/main', recording('006').message.msg['end_commit'] as string);
  setRef(lab, `refs/heads/${PULL.branch_from}`, PULL.commit_stop);
  const clock = new ShiftedClock(OPENED.message.timestamp * 1000 + 60_000);
  const house = await openHouse({ clock, repositories });
  const id = await house.register('lab', OPENED.key, pipelines);
  const [projects, store] = [house.get(Projects), house.get(Store)];
  const project = (await projects.byId(id))!;
  const change = { settings: { ...project.settings, summaryComment } };
  await store.commit((tx) => projects.update(tx, id, project.version, change as never, project.updatedAt));
  expect(await house.post(OPENED)).toBe(202);
  await house.until(async () => (await house.runs()).length === Object.keys(pipelines).length);
  const written = () => house.pagure.comments.written.map(({ text }) => text);
  return { house, lab, written };
}

describe('the comment that sums a pull-request up', () => {
  it('stands there when all pipelines of the head are done, with the sentence of each', async () => {
    const { house, written } = await openScene({ bad: BAD, good: GOOD });
    await house.untilDone(1);
    await house.untilDone(2);
    await house.until(async () => written().length > 0);
    await house.settle();
    expect(written()).toHaveLength(1);
    expect(written()[0]).toContain(`At \`${PULL.commit_stop.slice(0, 12)}\` 1 of 2 pipelines passed:`);
    expect(written()[0]).toContain('`Good` [#1](http://127.0.0.1:8080/runs/2): `passed: 1 job`');
    expect(written()[0]).toContain('`Bad` [#1](http://127.0.0.1:8080/runs/1): `one failed: 1 error`');
  });

  it('waits for the last one', async () => {
    const { house, written } = await openScene({ good: GOOD, slow: SLOW });
    const isState = async (id: number, state: string) => (await house.stores.runs.byId(id))?.state === state;
    await house.until(async () => (await isState(1, 'done')) && (await isState(2, 'running')));
    expect(written()).toEqual([]);
    await house.ask('POST', '/runs/2/cancel', { role: 'write' });
    await house.until(async () => written().length === 1);
    expect(written()[0]).toContain('`Slow` [#1](http://127.0.0.1:8080/runs/2): `canceled:');
  });

  it('is written for pipelines that ended as they were made as well', async () => {
    const { house, written } = await openScene({ broken: BROKEN });
    await house.until(async () => written().length === 1);
    expect(written()[0]).toContain('the pipeline did not pass:');
  });

  it('is never written a second time: not for a re-run, and not for further commits', async () => {
    const { house, lab, written } = await openScene({ good: GOOD });
    await house.untilDone(1);
    await house.until(async () => written().length === 1);
    expect((await house.ask('POST', '/runs/1/rerun', { role: 'write' })).status).toBeLessThan(300);
    await house.until(async () => (await house.stores.runs.byId(1))?.attempt === 2);
    await house.untilDone(1);
    const head = commitFile(lab, PULL.branch_from, 'more', 'more');
    const pullrequest = { ...PULL, commit_stop: head, comments: [] };
    const msg = { agent: 'pagure', pullrequest, pagure_instance: house.pagure.appUrl };
    expect(await house.deliver('lab', 'pull-request.updated', msg)).toBe(202);
    await house.untilDone(2);
    await house.untilFlagged(head, 'success');
    await house.settle();
    expect(written()).toHaveLength(1);
  });

  it('is not written where the project did not ask for it', async () => {
    const { house, written } = await openScene({ good: GOOD }, false);
    await house.untilDone(1);
    await house.untilFlagged(PULL.commit_stop, 'success');
    await house.settle();
    expect(written()).toEqual([]);
  });
});
