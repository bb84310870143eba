/** Plays histories for `main.ts` in a process of its own, so that every core plays. */
import { drawHistory } from './history.js';
import { keep, type Kept } from './shrink.js';
import { simulate, type Verdict, withTemplate } from './simulate.js';
import type { Theme } from './themes.js';

/** One play. `kept` null: the whole history of the seed. */
export interface Order {
  readonly seed: number;
  readonly moves: number;
  readonly blows: number;
  /** Null: drawn. */
  readonly theme: Theme | null;
  readonly kept: Kept | null;
}

export interface Played {
  readonly order: Order;
  readonly verdict: Verdict;
}

await withTemplate(async (template) => {
  const left = new Promise<void>((resolve) => process.on('disconnect', resolve));
  process.on('message', (order: Order) => {
    void play(order, template).then((verdict) => process.send?.({ order, verdict } satisfies Played));
  });
  process.send?.('ready');
  await left;
});

function play({ seed, kept, theme, ...size }: Order, template: string): Promise<Verdict> {
  const history = drawHistory(seed, size, theme);
  return simulate(kept === null ? history : keep(history, kept), template);
}
