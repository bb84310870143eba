/** Turns: side by side as a rule, alone for what may have stopped the program, and nobody waits for ever. */
import { describe, expect, it } from 'vitest';
import { Turns } from '../../src/triage/turns.js';
import { StillClock } from '../kernel/still-clock.js';
import { NOW } from '../store/open-store.js';

const MOST_MS = 30_000;

/** Work that ends when the test says so, and what has begun so far. */
function scene() {
  const clock = new StillClock(NOW);
  const turns = new Turns(clock, MOST_MS);
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const work = (name: string) => () => {
    begun.push(name);
    return new Promise<void>((resolve) => ends.set(name, resolve));
  };
  const end = async (name: string) => {
    ends.get(name)?.();
    await turn();
  };
  return { clock, turns, begun, work, end };
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('turns', () => {
  it('let work run side by side', async () => {
    const { turns, begun, work } = scene();
    void turns.sideBySide(work('a'));
    void turns.sideBySide(work('b'));
    await turn();
    expect(begun).toEqual(['a', 'b']);
  });

  it('let work that is to be alone wait for what is under way, and what comes after wait for it', async () => {
    const { turns, begun, work, end, clock } = scene();
    void turns.sideBySide(work('before'));
    void turns.alone(work('alone'));
    void turns.sideBySide(work('after'));
    await turn();
    expect(begun).toEqual(['before']);
    await end('before');
    expect(begun).toEqual(['before', 'alone']);
    await end('alone');
    expect(begun).toEqual(['before', 'alone', 'after']);
    expect(clock.pending).toBe(0);
  });

  it('go on after work that failed, whose caller is told', async () => {
    const { turns, begun, work } = scene();
    await expect(turns.alone(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    void turns.sideBySide(work('after'));
    await turn();
    expect(begun).toEqual(['after']);
  });

  it('do not wait longer than the limit for work that hangs', async () => {
    const { turns, begun, work, clock } = scene();
    void turns.sideBySide(work('hangs'));
    void turns.alone(work('alone'));
    void turns.sideBySide(work('after'));
    await turn();
    clock.advance(MOST_MS);
    await turn();
    expect(begun).toEqual(['hangs', 'alone', 'after']);
  });
});
