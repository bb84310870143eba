/** A project is bound to what Pagure numbers it with: a deleted and re-registered name does not meet our secrets (TRUST.md §1). */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeWebHook } from '../../src/forge/pagure-web-hook.js';
import type { JsonObject } from '../../src/kernel/json.js';
import { type Door, openDoor } from './door.js';

const KEY = 'A'.repeat(40);
const INSTANCE = 'https://pagure.example.org';
const LAB = { id: 1, fullname: 'lab', date_created: '1795473154.133275' };

let door: Door;
let projectId: number;

beforeEach(async () => {
  door = await openDoor();
  projectId = await door.register('lab', [KEY], { instance: INSTANCE });
});
afterEach(() => door.close());

function send(msgId: string, msg: JsonObject) {
  const timestamp = Math.floor(door.clock.now() / 1000);
  const project = { instance: INSTANCE, fullname: 'lab', key: KEY };
  return door.send(makeWebHook(project, { topic: 'some.topic', msg, timestamp, msgId, i: 1 }));
}

const project = async () => (await door.projects.byId(projectId))!;

describe('identity: the first verified delivery binds the id and the date of creation', () => {
  it.each([
    ['repo', { repo: LAB }],
    ['project', { project: LAB }],
    ['the project of a pull-request', { pullrequest: { id: 3, project: LAB } }],
  ])('told as %s', async (_, msg) => {
    await send('1', msg);
    expect(await project()).toMatchObject({ identity: { id: 1, createdAt: LAB.date_created }, suspended: null });
  });

  it('not a message that tells none, and not a fork that it mentions', async () => {
    await send('1', { content: 'Test message' });
    await send('2', { pullrequest: { id: 3, project: { fullname: 'lab' }, repo_from: { ...LAB, id: 4 } } });
    expect((await project()).identity).toBeNull();
  });

  it('what tells of another project binds nothing', async () => {
    await send('1', { repo: LAB, project: { ...LAB, fullname: 'other' } });
    expect((await project()).identity).toBeNull();
  });
});

describe('identity: another id under the same name', () => {
  it.each([
    ['id', { ...LAB, id: 7 }],
    ['date of creation', { ...LAB, date_created: '1795999999.5' }],
  ])('suspends the project: another %s', async (_, other) => {
    await send('1', { repo: LAB });
    const answer = await send('2', { repo: other });
    expect(answer).toMatchObject({ status: 202, body: { outcome: 'new' } });
    expect(await door.events.byId(Number(answer.body.eventId))).toMatchObject({
      verdict: 'inconsistent',
      state: 'idle',
    });
    const { suspended, identity } = await project();
    expect([suspended, identity]).toEqual([
      expect.stringMatching(/^the forge's project of this name/),
      { id: 1, createdAt: LAB.date_created },
    ]);
  });

  it('keeps it suspended when deliveries of the first id come again', async () => {
    await send('1', { repo: LAB });
    await send('2', { repo: { ...LAB, id: 7 } });
    await send('3', { repo: LAB });
    expect((await project()).suspended).not.toBeNull();
  });

  it('is no other one when it tells no date', async () => {
    await send('1', { repo: LAB });
    await send('2', { repo: { id: 1, fullname: 'lab' } });
    expect((await project()).suspended).toBeNull();
  });

  it('is the one that counts when its bodies come at the same time: one of two is bound', async () => {
    await Promise.all([send('1', { repo: LAB }), send('2', { repo: { ...LAB, id: 7 } })]);
    const { identity, suspended } = await project();
    expect([[1, 7].includes(identity?.id ?? 0), suspended === null]).toEqual([true, false]);
  });
});
