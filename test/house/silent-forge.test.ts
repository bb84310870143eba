/** A forge that is silent or wants to be left alone: its flag comes later, and is the right one. */
import { expect, it } from 'vitest';
import { restoreRepository, setRef } from '../fixtures/repositories/restore.js';
import { recording } from '../forge/recordings.js';
import { openHouse, temporaryFolder } from './house.js';
import { SkippingClock } from './skipping-clock.js';

const PUSH = recording('006');
const HEAD = PUSH.message.msg['end_commit'] as string;
const CI = 'on: push\njobs: { one: { runs-on: host, steps: [{ run: "true" }] } }\n';

async function openScene() {
  const repositories = temporaryFolder('repositories');
  setRef(restoreRepository('lab', repositories), 'refs/heads/main', HEAD);
  const clock = new SkippingClock(PUSH.message.timestamp * 1000 + 60_000);
  const house = await openHouse({ clock, repositories });
  await house.register('lab', PUSH.key, { ci: CI });
  const isFlagged = () => house.pagure.flagsOf(HEAD).some(({ status }) => status === 'success');
  /** Minute by minute, as long as it takes. */
  const passUntilFlagged = () =>
    house.until(async () => {
      clock.skip(60_000);
      await house.settle();
      return isFlagged();
    });
  return { house, isFlagged, passUntilFlagged };
}

it('60 s of silence: the flag is tried again, and its newest state is what stands there, once', async () => {
  const { house, isFlagged, passUntilFlagged } = await openScene();
  house.pagure.answerNext('silence', 'deaf', 'silence');
  expect(await house.post(PUSH)).toBe(202);
  await house.until(async () => (await house.stores.runs.byId(1))?.state === 'done');
  expect(isFlagged()).toBe(false);
  await passUntilFlagged();
  await house.settle();
  expect(house.pagure.flagsOf(HEAD)).toMatchObject([{ status: 'success', comment: 'passed: 1 job' }]);
});

it('a 429 with Retry-After: the flag is sent when that time is over', async () => {
  const { house, isFlagged, passUntilFlagged } = await openScene();
  house.pagure.answerNext('too-many');
  expect(await house.post(PUSH)).toBe(202);
  await house.until(async () => /429|pause/.test((await house.stores.flags.byId(1))?.lastError ?? ''));
  expect(isFlagged()).toBe(false);
  await passUntilFlagged();
  expect(house.pagure.flagsOf(HEAD)).toMatchObject([{ status: 'success' }]);
});
