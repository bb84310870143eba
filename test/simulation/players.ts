/** Processes that play histories side by side, one for each core. */
import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Verdict } from './simulate.js';
import type { Order, Played } from './worker.js';

/** Each plays one history at a time. */
export class Players {
  private constructor(private readonly free: ChildProcess[]) {}

  static async start(): Promise<Players> {
    const file = join(import.meta.dirname, 'worker.js');
    const players = Array.from({ length: availableParallelism() }, () =>
      fork(file, { execArgv: ['--enable-source-maps'] }),
    );
    await Promise.all(players.map((player) => new Promise((resolve) => player.once('message', resolve))));
    return new Players(players);
  }

  async playEach(orders: readonly Order[], take: (played: Played) => void): Promise<void> {
    const waiting = [...orders];
    const work = async (player: ChildProcess): Promise<void> => {
      for (let order = waiting.shift(); order !== undefined; order = waiting.shift()) take(await playOn(player, order));
    };
    await Promise.all(this.free.map(work));
  }

  async play(order: Order): Promise<Verdict> {
    return (await playOn(this.free[0]!, order)).verdict;
  }

  leave(): void {
    for (const player of this.free) player.disconnect();
  }
}

function playOn(player: ChildProcess, order: Order): Promise<Played> {
  return new Promise((resolve, reject) => {
    const gone = () => reject(new Error(`the player of seed ${order.seed} has ended`));
    player.once('exit', gone);
    player.once('message', (played: Played) => {
      player.off('exit', gone);
      resolve(played);
    });
    player.send(order);
  });
}
