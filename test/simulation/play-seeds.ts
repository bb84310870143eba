/** Plays a range of seeds for the tests: small histories, so that many fit. */
import { drawHistory } from './history.js';
import { simulate, withTemplate } from './simulate.js';
import { repeatLine } from './words.js';

export const SMALL = { moves: 6, blows: 2 } as const;

/** The findings of each seed that has some, with the line that plays it again. */
export function playSeeds(first: number, count: number): Promise<readonly string[]> {
  return withTemplate(async (template) => {
    const said: string[] = [];
    for (let seed = first; seed < first + count; seed += 1) {
      const { findings } = await simulate(drawHistory(seed, SMALL), template);
      if (findings.length > 0) said.push([...findings, repeatLine(seed, SMALL, null)].join('\n'));
    }
    return said;
  });
}
