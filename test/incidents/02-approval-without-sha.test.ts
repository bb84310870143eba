/** Pipelines-as-Code, tektoncd/operator#2997: an approval that named no commit covered whatever was pushed after the look at it. */
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/kernel/json.js';
import { setRef } from '../fixtures/repositories/restore.js';
import { FIRST, OPENED, SECOND, strangersHouse, UPDATED } from '../house/strangers.js';

async function heldHouse() {
  const strangers = await strangersHouse();
  strangers.showHead(FIRST);
  await strangers.house.post(OPENED);
  await strangers.house.settle();
  const { house } = strangers;
  const approve = (sha: string, run = 1) => house.ask('POST', `/runs/${run}/approve`, { role: 'write', body: { sha } });
  const nothingStarted = async () => {
    await house.settle();
    const runs = await house.runs();
    expect(runs.flatMap(({ jobs }) => jobs)).toEqual([]);
    expect(runs.map(({ trust }) => trust)).toEqual(runs.map(() => 'held'));
  };
  return { ...strangers, approve, nothingStarted };
}

describe('an approval that does not name the held commit', () => {
  it.each([
    ['nothing', ''],
    ['7 digits of it', FIRST.slice(0, 7)],
    ['all digits but one', FIRST.slice(0, 39)],
    ['a digit more', `${FIRST}0`],
    ['capitals', FIRST.toUpperCase()],
    ['a blank behind it', `${FIRST} `],
    ['a branch', 'main'],
    ['another commit', SECOND],
    ['zeros', '0'.repeat(40)],
  ])('starts nothing: %s', async (_, sha) => {
    const { approve, nothingStarted } = await heldHouse();
    expect((await approve(sha)).status).toBeGreaterThanOrEqual(400);
    await nothingStarted();
  });

  it('starts nothing with the commit of another pull-request', async () => {
    const { house, lab, approve, nothingStarted } = await heldHouse();
    const told = OPENED.message.msg['pullrequest'] as JsonObject;
    setRef(lab, 'refs/pull/9/head', SECOND);
    const pullrequest = { ...told, id: 9, commit_start: SECOND, commit_stop: SECOND };
    const msg = { ...OPENED.message.msg, pullrequest, pagure_instance: house.pagure.appUrl };
    await house.deliver('lab', 'pull-request.new', msg);
    await house.settle();
    expect(await approve(SECOND, 1)).toMatchObject({ status: 409, json: { code: 'other-commit' } });
    expect(await approve(FIRST, 2)).toMatchObject({ status: 409, json: { code: 'other-commit' } });
    await nothingStarted();
  });

  it('starts nothing after a push between the look and the approval, told of or not', async () => {
    const { house, showHead, approve, nothingStarted } = await heldHouse();
    const looked = await house.ask('GET', '/runs/1/approval', { role: 'read' });
    expect(looked.json).toMatchObject({ head: FIRST, line: `/approve ${FIRST}`, waitsFor: 'approval' });
    showHead(SECOND);
    house.pagure.rights.showPull('lab', UPDATED.message.msg['pullrequest'] as JsonObject);
    expect(await approve(FIRST)).toMatchObject({ status: 409, json: { code: 'pull-request-moved' } });
    await nothingStarted();
    await house.post(UPDATED);
    await house.settle();
    expect(await approve(FIRST)).toMatchObject({ status: 409, json: { code: 'run-done' } });
    await nothingStarted();
  });

  it('starts nothing where the pull-request was closed meanwhile', async () => {
    const { house, approve, nothingStarted } = await heldHouse();
    const told = OPENED.message.msg['pullrequest'] as JsonObject;
    house.pagure.rights.showPull('lab', { ...told, status: 'Closed' });
    expect(await approve(FIRST)).toMatchObject({ status: 409, json: { code: 'pull-request-moved' } });
    await nothingStarted();
  });

  it('needs the role write, and starts when it names the commit', async () => {
    const { house, approve } = await heldHouse();
    const reader = await house.ask('POST', '/runs/1/approve', { role: 'read', body: { sha: FIRST } });
    expect(reader.status).toBe(403);
    expect(await approve(FIRST)).toMatchObject({ status: 202, json: { approvedBy: 'write' } });
    await house.untilDone(1);
    expect((await house.runs())[0]).toMatchObject({ result: 'success', trust: 'restricted' });
    expect((await approve(FIRST)).status).toBe(202);
  });
});
