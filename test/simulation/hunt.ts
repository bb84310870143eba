/** `node hunt.js FIRST LAST`: plays these seeds until one of them finds something, and says on one line which. */
import { drawHistory } from './history.js';
import { simulate, withTemplate } from './simulate.js';

/** What a hunt came to; `finding` null when none of the seeds found anything. */
export interface Catch {
  /** The one that found it, or the last one. */
  readonly seed: number;
  readonly finding: string | null;
}

/** Short histories with much trouble find most in a given time. */
const SIZE = { moves: 12, blows: 5 };

const [first, last] = process.argv.slice(2).map(Number) as [number, number];
process.stdout.write(`${JSON.stringify(await withTemplate((template) => hunt(template)))}\n`);

async function hunt(template: string): Promise<Catch> {
  for (let seed = first; seed <= last; seed += 1) {
    const [finding] = (await simulate(drawHistory(seed, SIZE), template)).findings;
    if (finding !== undefined) return { seed, finding };
  }
  return { seed: last, finding: null };
}
