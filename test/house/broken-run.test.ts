/** A run about which nothing can be computed any more stops neither a start nor the runs beside it. */
import { expect, it } from 'vitest';
import { Store } from '../../src/store/store.js';
import { restoreRepository, setRef } from '../fixtures/repositories/restore.js';
import { recording } from '../forge/recordings.js';
import { openHouse, ShiftedClock, temporaryFolder } from './house.js';

const PUSH = recording('006');
const PIPELINE = 'on: push\njobs: { one: { runs-on: host, steps: [{ run: "true" }] } }\n';

/** As a start that was killed leaves its runs, of which the first has lost its plan. */
const LEFT_BEHIND = [
  `UPDATE "run" SET "state" = 'running', "result" = NULL, "finishedAt" = NULL`,
  `UPDATE "job" SET "state" = 'running', "result" = NULL, "owner" = 'another boot', "leaseUntil" = 1`,
  `UPDATE "run" SET "plan" = '{}' WHERE "id" = 1`,
];

it('a broken run ends in error, shown on the forge, and the others are settled', async () => {
  const repositories = temporaryFolder('repositories');
  const head = PUSH.message.msg['end_commit'] as string;
  setRef(restoreRepository('lab', repositories), 'refs/heads/main', head);
  const clock = new ShiftedClock(PUSH.message.timestamp * 1000 + 60_000);
  const house = await openHouse({ clock, repositories });
  await house.register('lab', PUSH.key, { a: PIPELINE, b: PIPELINE });
  await house.post(PUSH);
  await house.settle();
  await house.get(Store).commit(async (tx) => {
    for (const sql of LEFT_BEHIND) await tx.manager.query(sql);
  });
  await house.stop();
  await house.start();
  for (const id of [1, 2]) await house.untilDone(id);
  expect((await house.runs()).map(({ result, reason }) => [result, reason])).toEqual([
    ['error', expect.stringContaining('lost in step 1')],
    ['error', expect.stringContaining('what follows in run 1 cannot be computed')],
  ]);
  await house.settle();
  expect(house.pagure.flagsOf(head).map(({ status }) => status)).toEqual(['error', 'error']);
});
