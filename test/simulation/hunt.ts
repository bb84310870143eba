/** `node hunt.js LIMIT`: plays seeds from 1 on until one of them finds something, and says on one line after how many. */
import { drawHistory } from './history.js';
import { simulate, withTemplate } from './simulate.js';

/** What a hunt came to; `finding` null when nothing was found in `seeds` seeds. */
export interface Catch {
  readonly seeds: number;
  readonly finding: string | null;
}

/** Short histories with much trouble find most in a given time. */
const SIZE = { moves: 12, blows: 5 };

const limit = Number(process.argv[2] ?? '1000');
process.stdout.write(`${JSON.stringify(await withTemplate((template) => hunt(template, limit)))}\n`);

async function hunt(template: string, mostSeeds: number): Promise<Catch> {
  for (let seed = 1; seed <= mostSeeds; seed += 1) {
    const [finding] = (await simulate(drawHistory(seed, SIZE), template)).findings;
    if (finding !== undefined) return { seeds: seed, finding };
  }
  return { seeds: mostSeeds, finding: null };
}
