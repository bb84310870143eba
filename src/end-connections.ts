/** The end of the listener: no new connections, an answer for whoever is being served, within a grace time. */
import type { FastifyInstance } from 'fastify';
import type { Clock } from './kernel/clock.js';

/** How often connections are looked for that have become idle. */
const LOOK_EVERY_MS = 20;
/** A turn takes in one connection at least. */
const MOST_TURNS = 1_000;
/** For the answers to those whose request is given up. */
const LAST_WORDS_MS = 1_000;

export interface GentleEnd {
  readonly clock: Clock;
  readonly graceMs: number;
  /** Called when the grace time is over: answers those who have not sent all by now. */
  readonly giveUp: () => void;
}

/** Resolves when every connection has ended; after the grace time they are ended. Safe when it does not listen. */
export async function endConnections(
  server: FastifyInstance['server'],
  { clock, graceMs, giveUp }: GentleEnd,
): Promise<void> {
  await takeIn(server, clock);
  const over = new AbortController();
  const closed = new Promise<true>((resolve) => server.close(() => resolve(true)));
  void closed.then(() => over.abort());
  const within = async (limitMs: number): Promise<boolean> => {
    for (let leftMs = limitMs; leftMs > 0; leftMs -= LOOK_EVERY_MS) {
      if (await Promise.race([closed, clock.sleep(LOOK_EVERY_MS, over.signal).then(() => false)])) return true;
      server.closeIdleConnections();
    }
    return false;
  };
  if (await within(graceMs)) return;
  giveUp();
  if (!(await within(LAST_WORDS_MS))) server.closeAllConnections();
}

/** Whoever has connected and waits to be taken in would be cut off when the listener closes. */
async function takeIn(server: FastifyInstance['server'], clock: Clock): Promise<void> {
  let taken = 0;
  const count = () => void (taken += 1);
  server.on('connection', count);
  for (let turn = 0, before = -1; turn < MOST_TURNS && taken !== before; turn += 1) {
    before = taken;
    await clock.nextTurn();
    await clock.nextTurn();
  }
  server.off('connection', count);
}
