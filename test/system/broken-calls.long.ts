/** A machine that fails at any point: the n-th system call of a kind fails, or kills who makes it, for every n. */
import { afterAll, describe, expect, it } from 'vitest';
import { type Blow, type BrokenCall, type Call, CALLS, countCalls, suffer } from './broken-calls.js';

/** Of these a thread makes hundreds: one in so many is struck, each time by the next of its blows. */
const SAMPLED: Partial<Record<Call, number>> = { write: 7, pwrite64: 25 };

const BLOWS: Readonly<Record<Call, readonly Blow[]>> = {
  fsync: ['error=EIO', 'signal=SIGKILL'],
  rename: ['error=EIO', 'signal=SIGKILL'],
  unlink: ['error=EIO', 'signal=SIGKILL'],
  write: ['error=ENOSPC', 'signal=SIGKILL', 'error=EIO'],
  pwrite64: ['error=ENOSPC', 'signal=SIGKILL', 'error=EIO'],
};

const CHOSEN: readonly BrokenCall[] = [
  { call: 'fsync', blow: 'error=EIO', nth: 33 },
  { call: 'fsync', blow: 'signal=SIGKILL', nth: 36 },
  { call: 'pwrite64', blow: 'error=ENOSPC', nth: 480 },
  { call: 'rename', blow: 'signal=SIGKILL', nth: 2 },
  { call: 'unlink', blow: 'error=EIO', nth: 5 },
  { call: 'write', blow: 'error=ENOSPC', nth: 60 },
];

const broken = process.env['CRASH_SAMPLE'] === undefined ? await everyCall() : CHOSEN;

async function everyCall(): Promise<readonly BrokenCall[]> {
  const closing: (() => Promise<void>)[] = [];
  try {
    const most = await countCalls((close) => void closing.push(close));
    console.log(`calls of one thread at most: ${CALLS.map((call) => `${call} ${most.get(call)}`).join(', ')}`);
    return CALLS.flatMap((call) => strikes(call, most.get(call)!));
  } finally {
    for (const close of closing) await close();
  }
}

function strikes(call: Call, most: number): readonly BrokenCall[] {
  const blows = BLOWS[call];
  const every = SAMPLED[call];
  if (every === undefined)
    return Array.from({ length: most }, (_, at) => blows.map((blow) => ({ call, blow, nth: at + 1 }))).flat();
  return Array.from({ length: Math.ceil(most / every) }, (_, at) => {
    return { call, blow: blows[at % blows.length]!, nth: 1 + at * every };
  });
}

describe.concurrent('one delivery comes to its flag after', { timeout: 120_000 }, () => {
  let [tried, struck] = [0, 0];

  it.for(broken)('$blow at $call number $nth of a thread', async (one, { onTestFinished }) => {
    const { findings, wasStruck } = await suffer(one, onTestFinished);
    tried += 1;
    if (wasStruck) struck += 1;
    expect(findings).toEqual([]);
  });

  afterAll(() => {
    console.log(`${struck} of ${tried} blows struck somebody`);
    expect(struck).toBeGreaterThan(tried / 2);
  });
});
