/** `node hunt.js FIRST LAST [THEME]`: plays these seeds, or those of a theme, until one finds something, and says on one line which. */
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

const [first = 1, last = 1] = process.argv.slice(2).map(Number);
const theme = process.argv[4];
process.stdout.write(`${JSON.stringify(await withTemplate((template) => hunt(template)))}\n`);

async function hunt(template: string): Promise<Catch> {
  for (let seed = first; seed <= last; seed += 1) {
    const history = drawHistory(seed, SIZE);
    if (theme !== undefined && history.theme !== theme) continue;
    const [finding] = (await simulate(history, template)).findings;
    if (finding !== undefined) return { seed, finding };
  }
  return { seed: last, finding: null };
}
