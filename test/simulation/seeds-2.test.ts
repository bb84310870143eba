/** Histories of trouble, part 2 of 2: the parts are played side by side. */
import { expect, it } from 'vitest';
import { playSeeds } from './play-seeds.js';

it('150 histories end as they should', { timeout: 600_000 }, async () => {
  expect(await playSeeds(151, 150)).toEqual([]);
});
