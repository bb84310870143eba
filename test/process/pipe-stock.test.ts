/** Pipes made ahead: nobody waits for them, and nothing of them is left. */
import { closeSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Fault } from '../../src/kernel/errors.js';
import { PipeStock } from '../../src/process/pipe-stock.js';
import { eventually, scratchFolder } from './starters.js';

const BATCH = 32;
const folder = scratchFolder();
let count = 0;

/** Pipes that stand ready, by the names that they have until somebody takes them. */
function opened() {
  const path = `${folder}/${count++}`;
  const stock = new PipeStock(path);
  onTestFinished(() => stock.close());
  const own = () => readdirSync(path).map((name) => `${path}/${name}`);
  const take = async (pipes: number) => {
    for (let taken = 0; taken < pipes; taken += 1) {
      const pipe = await stock.take();
      pipe.handedOver();
      pipe.readEnd.destroy();
    }
  };
  return { stock, own, take, ready: () => readdirSync(own()[0]!).length };
}

describe('pipes', () => {
  it('are made again before the last one is taken', async () => {
    const { take, ready } = opened();
    await take(BATCH - 12);
    await eventually(() => ready() === BATCH + 12);
    await take(12);
    expect(ready()).toBe(BATCH);
  });

  it('that cannot be made are a fault for whoever finds none left, not for those before', async () => {
    const { stock, own } = opened();
    const takeOpen = async () => {
      const { readEnd, writeEnd } = await stock.take();
      readEnd.destroy();
      closeSync(writeEnd);
    };
    await takeOpen();
    const [folderOfOwn = ''] = own();
    rmSync(folderOfOwn, { recursive: true });
    writeFileSync(folderOfOwn, '');
    for (let left = BATCH - 1; left > 0; left -= 1) await takeOpen();
    await expect(stock.take()).rejects.toBeInstanceOf(Fault);
  });
});
