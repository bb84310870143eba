/** The output of a process: whole, in order, and never faster than its taker. */
import { describe, expect, it } from 'vitest';
import { clock, command, Heard, outcome, script, startersUnderTest } from './starters.js';

const starters = await startersUnderTest();
const MEBIBYTE = 1024 * 1024;

describe.each(starters)('with process trees as %s', (_kind, starter) => {
  it('gives every byte, in order, before the exit', async () => {
    const { text } = await outcome((output) => starter.start(command(['seq', '1', '200000']), output));
    const lines = text.split('\n');
    expect([lines.length, lines[199_999]]).toEqual([200_001, '200000']);
  });

  it('tells stdout from stderr', async () => {
    const heard = { stdout: '', stderr: '' };
    const started = await starter.start(script('echo out; echo err >&2'), (chunk, stream) => {
      heard[stream] += chunk.toString();
    });
    await started.exit;
    expect(heard).toEqual({ stdout: 'out\n', stderr: 'err\n' });
  });

  it('holds a flood back while a chunk is being taken', async () => {
    let taken = 0;
    let release = () => undefined as void;
    const first = new Promise<void>((resolve) => (release = resolve));
    const started = await starter.start(script('head -c 50000000 /dev/zero; echo done >&2'), (chunk) => {
      taken += chunk.length;
      return first;
    });
    await clock.sleep(100);
    expect(taken).toBeLessThan(MEBIBYTE);
    release();
    await started.exit;
    expect(taken).toBe(50_000_005);
  });

  it('calls a slow taker for one chunk at a time', async () => {
    let busy = 0;
    let most = 0;
    const started = await starter.start(script('for i in {1..200}; do echo $i; echo $i >&2; done'), async () => {
      most = Math.max(most, ++busy);
      await clock.sleep(1);
      busy--;
    });
    await started.exit;
    expect([most, busy]).toEqual([1, 0]);
  });

  it('takes all that the command wrote although the taker is slower than any time we wait for stragglers', async () => {
    let taken = 0;
    const started = await starter.start(script('head -c 300000 /dev/zero'), async (chunk) => {
      taken += chunk.length;
      await clock.sleep(300);
    });
    await started.exit;
    expect(taken).toBe(300_000);
  });

  it('takes in large pieces what is printed in small ones', async () => {
    let chunks = 0;
    const lines = 30_000;
    const { text } = await outcome((output) =>
      starter.start(script(`for ((i = 0; i < ${lines}; i++)); do echo 0123456789; done`), (chunk, stream) => {
        chunks++;
        return output(chunk, stream);
      }),
    );
    expect(text).toBe('0123456789\n'.repeat(lines));
    expect(chunks).toBeLessThan(lines / 50);
  });

  it('keeps memory flat under a flood', async () => {
    const before = process.memoryUsage().rss;
    let peak = 0;
    const started = await starter.start(script('head -c 400000000 /dev/zero'), async () => {
      peak = Math.max(peak, process.memoryUsage().rss);
      await Promise.resolve();
    });
    await started.exit;
    expect(peak - before).toBeLessThan(100 * MEBIBYTE);
  });

  it('ends, and drops the rest, when the taker rejects', async () => {
    let calls = 0;
    const started = await starter.start(script('seq 1 100000; exit 5'), () => {
      calls++;
      return Promise.reject(new Error('not wanted any more'));
    });
    expect([(await started.exit).code, calls]).toEqual([5, 1]);
  });

  it('lets a command end although a process in the background of its tree holds its output open', async () => {
    const tree = await starter.openTree();
    const heard = new Heard();
    const started = await tree.start(script('sleep 1000 & echo started; exit 4'), heard.take);
    expect([(await started.exit).code, heard.text]).toEqual([4, 'started\n']);
    await tree.end();
  });

  it('lets a command end although the background floods its output', async () => {
    const tree = await starter.openTree();
    const started = await tree.start(script('yes & exit 4'), async () => undefined);
    expect((await started.exit).code).toBe(4);
    await tree.end();
  });

  it('starts many at once', async () => {
    const all = Array.from({ length: 40 }, (_, i) => outcome((output) => starter.start(script(`echo ${i}`), output)));
    expect((await Promise.all(all)).map(({ text }) => text.trim())).toEqual(all.map((_, i) => String(i)));
  });
});
