/** The planted bugs can still be planted: `npm run simulate:mutants` plays them. */
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkPatch, listMutants } from '../../scripts/mutants/patches.mjs';
import { drawHistory } from './history.js';

const PROJECT = resolve(import.meta.dirname, '../..');
const mutants = listMutants(PROJECT);

describe('mutants', () => {
  it('there are at least twelve', () => {
    expect(mutants.length).toBeGreaterThanOrEqual(12);
  });

  it.each(mutants)('$name still fits the sources', async ({ file }) => {
    await expect(checkPatch(PROJECT, file)).resolves.toBeUndefined();
  });

  it.each(mutants)('$name opens with a sentence about what it breaks', ({ breaks }) => {
    expect(breaks).toMatch(/^[A-Z].{20,}\.$/);
  });

  it.each(mutants.filter(({ theme }) => theme !== null))('$name names a theme that histories have', ({ theme }) => {
    const themes = Array.from({ length: 100 }, (_, seed) => drawHistory(seed, { moves: 2, blows: 0 }).theme as string);
    expect(themes).toContain(theme);
  });

  it('one whose lines are gone is noticed', async () => {
    const wrong = resolve(import.meta.dirname, 'mutants.test.ts');
    await expect(checkPatch(PROJECT, wrong)).rejects.toThrow();
  });
});
