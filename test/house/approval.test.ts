/** Pull-requests of strangers through the whole house (TRUST §2): held, looked at, approved, and what voids an approval. */
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { setRef } from '../fixtures/repositories/restore.js';
import { ApproveRun } from '../../src/runs/approve-run.js';
import { Holds } from '../../src/store/holds.js';
import { FIRST, MAIN, OPENED, SECOND, strangersHouse, UPDATED } from './strangers.js';

async function heldHouse() {
  const strangers = await strangersHouse();
  strangers.showHead(FIRST);
  await strangers.house.post(OPENED);
  await strangers.house.settle();
  return strangers;
}

describe('a held run', () => {
  it('waits for approval, says what it changes on its flag too, and starts no job', async () => {
    const { house } = await heldHouse();
    const [run] = await house.runs();
    expect(run).toMatchObject({ state: 'waiting', trust: 'held', jobs: [], pipelineCommit: null });
    expect(run!.reason).toMatch(/^waiting for approval: changes /);
    const shown = () => house.pagure.flagsOf(FIRST).map(({ status, comment }) => [status, comment]);
    await expect.poll(shown, { timeout: 60_000 }).toEqual([['pending', run!.reason]]);
  });

  it('keeps what it changes bound to its head and merge base', async () => {
    const { house } = await heldHouse();
    const hold = (await house.get(Holds).ofRun(1))!;
    expect(hold).toMatchObject({ waitsFor: 'approval', approvedAt: null, dueAt: null });
    expect(hold.changes).toMatchObject({ head: FIRST, more: 0 });
    expect(hold.changes!.files.length).toBeGreaterThan(0);
    expect(hold.changes!.mergeBase).toMatch(/^[0-9a-f]{40}$/);
  });

  it('whose commits the forge does not show yet is looked at again until it does', async () => {
    const { house, showHead } = await strangersHouse();
    await house.post(OPENED);
    await house.settle();
    expect((await house.runs())[0]).toMatchObject({ state: 'waiting', trust: 'held' });
    const waiting = (await house.get(Holds).ofRun(1))!;
    expect(waiting.changes).toBeNull();
    expect(waiting.dueAt).not.toBeNull();
    showHead(FIRST);
    await house.until(async () => (await house.get(Holds).ofRun(1))!.changes !== null);
  });
});

it('the pull-request ref race (trap 9): a held run does not wait for the ref where the fork can be fetched', async () => {
  const { house, lab } = await strangersHouse();
  setRef(`${dirname(lab)}/forks/bob/lab.git`, 'refs/heads/bobfix', FIRST);
  await house.post(OPENED);
  await house.until(async () => (await house.get(Holds).ofRun(1))?.changes?.head === FIRST);
});

describe('an approval', () => {
  it('of the held commit runs exactly that commit, restricted', async () => {
    const { house } = await heldHouse();
    expect(await house.get(ApproveRun).approve({ runId: 1, sha: FIRST, by: 'alice' })).toBe('approved');
    await house.untilDone(1);
    const [run] = await house.runs();
    expect(run).toMatchObject({ result: 'success', trust: 'restricted', trustReason: 'approved by alice' });
    expect(await house.log(run!.jobs[0]!)).toContain(FIRST);
    await house.untilFlagged(FIRST, 'success');
  });

  it('is given once: a second one changes nothing', async () => {
    const { house } = await heldHouse();
    const approve = () => house.get(ApproveRun).approve({ runId: 1, sha: FIRST, by: 'alice' });
    expect(await Promise.all([approve(), approve()])).toContain('approved');
    await house.untilDone(1);
    expect(await approve()).toBe('approved already');
    expect((await house.runs())[0]!.jobs).toHaveLength(1);
  });

  it('that comes after a push starts nothing, whether or not the push was told of', async () => {
    const { house, showHead } = await heldHouse();
    const pull = UPDATED.message.msg['pullrequest'] as Record<string, string>;
    house.pagure.rights.showPull('lab', pull);
    showHead(SECOND);
    const late = house.get(ApproveRun).approve({ runId: 1, sha: FIRST, by: 'alice' });
    await expect(late).rejects.toMatchObject({ code: 'pull-request-moved' });
    await house.post(UPDATED);
    await house.settle();
    const later = house.get(ApproveRun).approve({ runId: 1, sha: FIRST, by: 'alice' });
    await expect(later).rejects.toMatchObject({ code: 'run-done' });
    const runs = await house.runs();
    expect(runs.map(({ state, jobs }) => [state, jobs.length])).toEqual([
      ['waiting', 0],
      ['done', 0],
    ]);
  });

  it('is refused while the forge does not say where the pull-request stands', async () => {
    const { house } = await heldHouse();
    house.pagure.answerNext('html-500');
    const asked = house.get(ApproveRun).approve({ runId: 1, sha: FIRST, by: 'alice' });
    await expect(asked).rejects.toMatchObject({ code: 'forge-silent' });
    expect((await house.runs())[0]).toMatchObject({ state: 'waiting', trust: 'held', jobs: [] });
  });

  it('that was written before the server stopped starts the run after it', async () => {
    const { house } = await heldHouse();
    await house.approveWhileStopping({ runId: 1, sha: FIRST, by: 'alice' });
    await house.start();
    await house.untilDone(1);
    expect((await house.runs())[0]).toMatchObject({ result: 'success', trust: 'restricted' });
  });

  it('takes the pipeline of the target branch as it stood, not that of the stranger', async () => {
    const { house } = await heldHouse();
    expect((await house.runs())[0]!.resolved.before).toBe(MAIN);
  });
});
