/** The maintenance of mirrors: by the clock, of every project, whatever fails. */
import { expect, it } from 'vitest';
import { MaintainMirrors } from '../../src/sweep/maintain-mirrors.js';
import { StillClock } from '../kernel/still-clock.js';

const HOUR = 3_600_000;

function scene(fails: number | null = null) {
  const [clock, asked, errors] = [new StillClock(0), [] as number[], [] as unknown[]];
  const maintain = (id: number) => {
    asked.push(id);
    return id === fails ? Promise.reject(new Error('broken')) : Promise.resolve();
  };
  const list = () => Promise.resolve([1, 2, 3].map((id) => ({ id })) as never);
  const mirrors = new MaintainMirrors({ maintain }, { list }, clock, (error) => errors.push(error));
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return { clock, asked, errors, mirrors, settle };
}

it('comes every hour, and not at the start', async () => {
  const { clock, asked, mirrors, settle } = scene();
  mirrors.start();
  await settle();
  expect(asked).toEqual([]);
  for (let hour = 0; hour < 2; hour += 1) {
    clock.advance(HOUR);
    await settle();
  }
  expect(asked).toEqual([1, 2, 3, 1, 2, 3]);
  await mirrors.stop();
  clock.advance(HOUR);
  await settle();
  expect(asked).toHaveLength(6);
});

it('of one project that fails keeps no other from it', async () => {
  const { asked, errors, mirrors } = scene(2);
  await mirrors.once();
  expect([asked, errors]).toEqual([[1, 2, 3], [new Error('broken')]]);
});
