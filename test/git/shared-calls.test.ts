/** Calls that share work: each is answered by work that began after it. */
import { describe, expect, it } from 'vitest';
import { SharedCalls } from '../../src/git/mirror/shared-calls.js';

/** Work that ends when the test says so. */
class Bench {
  readonly begun: string[] = [];
  private readonly ends: { resolve: () => void; reject: (error: Error) => void }[] = [];
  readonly calls = new SharedCalls<string>((name) => {
    this.begun.push(name);
    return new Promise<void>((resolve, reject) => this.ends.push({ resolve, reject }));
  });

  async end(error?: Error): Promise<void> {
    const next = this.ends.shift();
    if (error) next?.reject(error);
    else next?.resolve();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('shared calls', () => {
  it('that come during work wait for one more, which begins when it has ended', async () => {
    const bench = new Bench();
    const done: string[] = [];
    for (const name of ['a', 'b', 'c', 'd']) void bench.calls.call(1, name).then(() => done.push(name));
    expect(bench.begun).toEqual(['a']);
    await bench.end();
    expect(done).toEqual(['a']);
    expect(bench.begun).toEqual(['a', 'd']);
    await bench.end();
    expect(done).toEqual(['a', 'b', 'c', 'd']);
    expect(bench.begun).toEqual(['a', 'd']);
  });

  it('for other keys do not wait', () => {
    const bench = new Bench();
    void bench.calls.call(1, 'a');
    void bench.calls.call(2, 'b');
    expect(bench.begun).toEqual(['a', 'b']);
  });

  it('fail with the work that answers them, and with no other', async () => {
    const bench = new Bench();
    const [first, second] = [bench.calls.call(1, 'a'), bench.calls.call(1, 'b')].map((each) => each.catch(String));
    await bench.end(new Error('down'));
    await bench.end();
    expect(await first).toContain('down');
    expect(await second).toBeUndefined();
  });

  it('begin at once again after the last has ended', async () => {
    const bench = new Bench();
    const first = bench.calls.call(1, 'a');
    await bench.end();
    await first;
    void bench.calls.call(1, 'b');
    expect(bench.begun).toEqual(['a', 'b']);
  });

  it('that come while the second waits its turn join it, those after its start get a third', async () => {
    const bench = new Bench();
    void bench.calls.call(1, 'a');
    void bench.calls.call(1, 'b');
    await bench.end();
    void bench.calls.call(1, 'c');
    expect(bench.begun).toEqual(['a', 'b']);
    await bench.end();
    expect(bench.begun).toEqual(['a', 'b', 'c']);
  });
});
