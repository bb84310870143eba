/** Flags of an open pull-request that somebody else deletes or changes: they are read back and mended, and nobody fights over them. */
import { expect, it } from 'vitest';
import { restoreRepository, setRef } from '../fixtures/repositories/restore.js';
import { recording } from '../forge/recordings.js';
import { openHouse, temporaryFolder } from './house.js';
import { SkippingClock } from './skipping-clock.js';

const OPENED = recording('029');
const PULL = OPENED.message.msg['pullrequest'] as { commit_stop: string; branch_from: string };
const HEAD = PULL.commit_stop;
const CI = 'on: pull_request\njobs: { one: { runs-on: host, steps: [{ run: "true" }] } }\n';
const HOUR_MS = 3_600_000;
const RIGHT = { status: 'success', comment: 'passed: 1 job' };

async function openScene() {
  const repositories = temporaryFolder('repositories');
  const lab = restoreRepository('lab', repositories);
  setRef(lab, 'refs/heads/main', recording('006').message.msg['end_commit'] as string);
  setRef(lab, `refs/heads/${PULL.branch_from}`, HEAD);
  const clock = new SkippingClock(OPENED.message.timestamp * 1000 + 60_000);
  const house = await openHouse({ clock, repositories });
  await house.register('lab', OPENED.key, { ci: CI });
  expect(await house.post(OPENED)).toBe(202);
  await house.untilFlagged(HEAD, 'success');
  await house.settle();
  /** Hours in steps of two minutes, whatever they make due done. */
  const pass = async (hours: number) => {
    for (let at = 0; at < hours * 30; at++) {
      clock.skip(HOUR_MS / 30);
      await house.settle();
    }
  };
  const sent = () => house.pagure.requests.filter(({ method, path }) => method === 'POST' && path.includes('/flag'));
  return { house, pass, sent };
}

it('a flag that somebody deleted stands there again within hours', async () => {
  const { house, pass } = await openScene();
  house.pagure.loseFlags(HEAD);
  expect(house.pagure.flagsOf(HEAD)).toEqual([]);
  await pass(7);
  expect(house.pagure.flagsOf(HEAD)).toMatchObject([RIGHT]);
});

it('a flag that somebody changed says again what the run came to', async () => {
  const { house, pass } = await openScene();
  const [flag] = house.pagure.flagsOf(HEAD);
  house.pagure.loseFlags(HEAD);
  house.pagure.plantFlag({ ...flag!, status: 'failure', comment: 'not so' });
  await pass(7);
  expect(house.pagure.flagsOf(HEAD)).toMatchObject([RIGHT]);
});

it('one that is changed each time is mended a few times and then left alone for hours: no fight', async () => {
  const { house, pass, sent } = await openScene();
  house.pagure.onFlag((flag) => house.pagure.plantFlag({ ...flag, status: 'failure', comment: 'not so' }));
  const [flag] = house.pagure.flagsOf(HEAD);
  house.pagure.plantFlag({ ...flag!, status: 'failure', comment: 'not so' });
  const before = sent().length;
  await pass(7);
  const mended = sent().length - before;
  expect(mended).toBeGreaterThanOrEqual(1);
  expect(mended).toBeLessThanOrEqual(6);
  expect((await house.stores.flags.byId(1))?.lastError).toContain('shows it otherwise');
});
