/** `complete`: what could come next on a command line; asked by the shells' scripts, not by people. */
import tab from '@bomb.sh/tab/commander';
import type { RootCommand } from '@bomb.sh/tab';
import type { Clock } from '../kernel/clock.js';
import { SystemClock } from '../kernel/clock.js';
import { allVerbs } from './all-verbs.js';
import { type Offer, offersFor } from './offers.js';
import { EXIT, type Verb } from './verb.js';

export const complete = completeIn(new SystemClock());

/** The verb in a world of one's choice. Never fails: a shell has no use for an error. */
export function completeIn(clock: Clock): Verb {
  return async (call) => {
    const words = call.args[0] === '--' ? call.args.slice(1) : [...call.args];
    const completions = tab(allVerbs(call, clock));
    completions.commands.delete('complete');
    const offers = await offersFor(words, { call, clock }).catch(() => []);
    for (const offer of offers) offerAt(completions, offer);
    completions.parse(words);
    return EXIT.done;
  };
}

/** The library asks its handlers at once, so what a server says is fetched before. */
function offerAt(completions: RootCommand, { command, argument, option, values }: Offer): void {
  const place = completions.commands.get(command);
  const taker = option === undefined ? place?.arguments.get(argument ?? '') : place?.options.get(option);
  if (taker === undefined) return;
  taker.handler = (add) => values.forEach(([value, says]) => add(value, says));
}
