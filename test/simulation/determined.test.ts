/** One seed, one history: the same on every machine, and the same when it is played again. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { drawHistory } from './history.js';
import { SMALL } from './play-seeds.js';
import { SeededRandom } from './seeded-random.js';
import { kindOf, shrink, whole } from './shrink.js';
import { simulate, withTemplate } from './simulate.js';

const hashOf = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);

describe('a seed', () => {
  it('gives the same numbers on every machine', () => {
    expect(SeededRandom.named(7, 'chance').hex(8)).toBe('88f43e3d14dae0c8');
  });

  it('draws the same history about trust on every machine', () => {
    expect(hashOf([1, 2, 3].map((seed) => drawHistory(seed, { moves: 30, blows: 5 }, 'trust')))).toBe(
      '354c3405dc49bb1e',
    );
  });

  it.each([1, 2, 3])('%i is played the same way twice about trust', { timeout: 600_000 }, async (seed) => {
    await withTemplate(async (template) => {
      const first = await simulate(drawHistory(seed, SMALL, 'trust'), template);
      const second = await simulate(drawHistory(seed, SMALL, 'trust'), template);
      expect(second.trace).toEqual(first.trace);
    });
  });

  it('draws the same history on every machine', () => {
    expect(hashOf([1, 2, 3].map((seed) => drawHistory(seed, { moves: 30, blows: 5 })))).toBe('8be70fc5f5f28adc');
  });

  it.each([1, 2, 3])('%i is played the same way twice, line by line', { timeout: 600_000 }, async (seed) => {
    await withTemplate(async (template) => {
      const first = await simulate(drawHistory(seed, SMALL), template);
      const second = await simulate(drawHistory(seed, SMALL), template);
      expect(second.trace).toEqual(first.trace);
      expect(first.trace.length).toBeGreaterThan(5);
    });
  });
});

describe('a failing history', () => {
  const history = drawHistory(1, { moves: 30, blows: 5 });

  it('is made as short as the failure allows', async () => {
    const short = await shrink(
      whole(history),
      ({ moves, blows }) => Promise.resolve([3, 17].every((move) => moves.includes(move)) && blows.includes(2)),
      1_000,
    );
    expect(short).toEqual({ moves: [3, 17], blows: [2] });
  });

  it('is not played more often than it may be', async () => {
    let plays = 0;
    await shrink(whole(history), () => Promise.resolve((plays += 1) > 0), 10);
    expect(plays).toBeLessThanOrEqual(10);
  });

  it('is of one kind with another that differs in numbers alone', () => {
    expect(kindOf(`job 12 of ${'a1'.repeat(20)} ran`)).toBe(kindOf(`job 7 of ${'b2'.repeat(20)} ran`));
    expect(kindOf('job 1 ran')).not.toBe(kindOf('run 1 ran'));
  });
});
