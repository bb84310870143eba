/** Two pushes within the race of a pull-request's ref (trap 9): nothing but the commit that was told of is ever looked at. */
import { dirname } from 'node:path';
import { expect, it } from 'vitest';
import { setRef } from '../fixtures/repositories/restore.js';
import { Holds } from '../../src/store/holds.js';
import { SystemClock } from '../../src/kernel/clock.js';
import { PullRefs } from '../stand-in/pull-refs.js';
import { FIRST, OPENED, SECOND, strangersHouse, UPDATED } from './strangers.js';

it('the ref comes late and still shows the commit before: the second push is what waits for approval, with its own commit', async () => {
  const { house, lab } = await strangersHouse();
  const source = `${dirname(lab)}/forks/bob/lab.git`;
  setRef(source, 'refs/heads/bobfix', null);
  const refs = new PullRefs(new SystemClock());
  await house.post(OPENED);
  const first = refs.showLater({ repository: lab, source, number: 2, commit: FIRST }, 200);
  await house.post(UPDATED);
  await first;
  await refs.showLater({ repository: lab, source, number: 2, commit: SECOND }, 200);
  const held = async () => (await house.runs()).find(({ resolved }) => resolved.commit === SECOND);
  await house.until(async () => {
    const run = await held();
    return run !== undefined && (await house.get(Holds).ofRun(run.id))?.changes?.head === SECOND;
  });
  const old = (await house.runs()).filter(({ resolved }) => resolved.commit === FIRST);
  expect(old.map(({ state, result, jobs }) => [state, result, jobs])).toEqual([['done', 'canceled', []]]);
});

it('a commit that the forge has not shown in a day was forced away: nobody waits for it any more, and the run says so', async () => {
  const { house, clock } = await strangersHouse();
  await house.post(OPENED);
  await house.settle();
  const hold = async () => (await house.get(Holds).ofRun(1))!;
  expect((await hold()).dueAt).not.toBeNull();
  expect((await house.runs())[0]!.reason).toContain('does not show commit');
  clock.advance(24 * 3_600_000);
  await house.until(async () => (await hold()).dueAt === null);
  const [run] = await house.runs();
  expect(run).toMatchObject({ state: 'waiting', trust: 'held', jobs: [] });
  expect(run!.reason).toBe(`held: the forge has not shown commit ${FIRST.slice(0, 12)} in a day: it was forced away`);
});
