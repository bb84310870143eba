/** A name that belongs to another project of the forge now: nothing starts until somebody says that it is the one that is meant. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { restoreRepository, setRef } from '../fixtures/repositories/restore.js';
import { recording } from '../forge/recordings.js';
import { openHouse, ShiftedClock, temporaryFolder } from './house.js';

const PUSH = recording('006');
const HEAD = PUSH.message.msg['end_commit'] as string;
const CI = 'on: push\njobs: { one: { runs-on: host, steps: [{ run: "true" }] } }\n';

it('identity: a suspended project starts nothing, says why, and goes on when its identity is set to null', async () => {
  const repositories = temporaryFolder('repositories');
  setRef(restoreRepository('lab', repositories), 'refs/heads/main', HEAD);
  const house = await openHouse({ clock: new ShiftedClock(PUSH.message.timestamp * 1000 + 60_000), repositories });
  const id = await house.register('lab', PUSH.key, { ci: CI });
  const repo = { ...(PUSH.message.msg['repo'] as object), id: 77 };
  const other = { ...PUSH.message.msg, repo };
  expect(await house.sign('lab', 'some.topic', PUSH.message.msg)).toBe(202);
  expect(await house.sign('lab', 'some.topic', other)).toBe(202);

  expect(await house.post(PUSH)).toBe(202);
  await house.settle();
  expect(await house.runs()).toEqual([]);
  expect((await house.stores.events.byId(3))?.note).toContain('the project is suspended: the forge');
  const shown = (await house.ask('GET', `/projects/${id}`, { role: 'read' })).json;
  expect(shown).toMatchObject({ suspended: expect.stringContaining('has the id 77') as string, identity: { id: 1 } });
  expect(shown['notes']).toContainEqual(expect.stringContaining('It is suspended, and nothing of it starts'));

  const wrong = await house.ask('PATCH', `/projects/${id}`, { role: 'maintain', body: { identity: { id: 77 } } });
  expect(wrong.status).toBe(400);
  const lifted = await house.ask('PATCH', `/projects/${id}`, { role: 'maintain', body: { identity: null } });
  expect(lifted.json).toMatchObject({ suspended: null, identity: null });
  expect(await house.sign('lab', 'git.receive', other)).toBe(202);
  await house.untilDone(1);
  expect((await house.ask('GET', `/projects/${id}`, { role: 'read' })).json).toMatchObject({ identity: { id: 77 } });
});

it('identity: a job that waits when its project is suspended does not start until it is lifted', async () => {
  const repositories = temporaryFolder('repositories');
  setRef(restoreRepository('lab', repositories), 'refs/heads/main', HEAD);
  const house = await openHouse({ clock: new ShiftedClock(PUSH.message.timestamp * 1000 + 60_000), repositories });
  const goOn = join(temporaryFolder('signals'), 'go-on');
  const waits = `until [ -e ${goOn} ]; do sleep 0.05; done`;
  const ci = `on: push
jobs:
  one: { runs-on: host, steps: [{ run: 'echo started; ${waits}' }] }
  two: { runs-on: host, needs: one, steps: [{ run: 'true' }] }
`;
  const id = await house.register('lab', PUSH.key, { ci });
  const repo = { ...(PUSH.message.msg['repo'] as object), id: 77 };
  expect(await house.post(PUSH)).toBe(202);
  await house.untilLogged(1, 'started');
  expect(await house.sign('lab', 'some.topic', PUSH.message.msg)).toBe(202);
  expect(await house.sign('lab', 'some.topic', { ...PUSH.message.msg, repo })).toBe(202);
  writeFileSync(goOn, '');
  const two = async () => (await house.runs())[0]?.jobs[1];
  await house.until(async () => (await two())?.state === 'queued');
  await house.settle();
  expect(await two()).toMatchObject({ state: 'queued', attempt: 0 });

  await house.ask('PATCH', `/projects/${id}`, { role: 'maintain', body: { identity: null } });
  await house.untilDone(1);
  expect(await two()).toMatchObject({ state: 'done', result: 'success' });
});
