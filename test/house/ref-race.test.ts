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
