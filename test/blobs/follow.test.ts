/** A log that is followed: every byte once and in order, while one reading serves all who listen. */
import { setMaxListeners } from 'node:events';
import { appendFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { textPart } from '../../src/model/log.js';
import { FileBlobs } from '../../src/blobs/file-blobs.js';
import { temporaryFolder } from '../store/open-store.js';

/** Counts what is read from files. */
class CountedBlobs extends FileBlobs {
  bytesRead = 0;
  readings = 0;

  override async readLog(jobId: number, attempt: number, from: number, to: number): Promise<Buffer> {
    const bytes = await super.readLog(jobId, attempt, from, to);
    this.bytesRead += bytes.length;
    this.readings += 1;
    return bytes;
  }
}

function signals() {
  const [ended, gone] = [new AbortController(), new AbortController()];
  for (const { signal } of [ended, gone]) setMaxListeners(0, signal);
  return { ended, gone, until: { ended: ended.signal, gone: gone.signal } };
}

async function all(parts: AsyncIterable<Buffer>): Promise<string> {
  const seen: Buffer[] = [];
  for await (const part of parts) seen.push(Buffer.from(part));
  return Buffer.concat(seen).toString();
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('following a log', () => {
  let blobs: CountedBlobs;
  beforeEach(() => {
    blobs = new CountedBlobs(temporaryFolder());
  });

  const append = async (...texts: string[]) => {
    const writer = await blobs.openLog(7, 1);
    for (const text of texts) await writer.append([textPart(text, 1)], 0);
    return writer;
  };

  it('gives what is there, what comes, and ends when the log has', async () => {
    const writer = await append('one\n');
    const { ended, until } = signals();
    const seen = all(blobs.follow(7, 1, 0, until));
    await turn();
    for (const text of ['two\n', 'th', 'ree\n']) await writer.append([textPart(text, 1)], 0);
    await writer.close();
    ended.abort();
    expect(await seen).toBe('one\ntwo\nthree\n');
  });

  it('begins before there is a log', async () => {
    const { ended, until } = signals();
    const seen = all(blobs.follow(7, 1, 0, until));
    await turn();
    await (await append('one\n')).close();
    ended.abort();
    expect(await seen).toBe('one\n');
  });

  it('begins at any byte, also at one that is not there yet', async () => {
    const writer = await append('0123456789');
    const { ended, until } = signals();
    const seen = [4, 10, 12, 99].map((from) => all(blobs.follow(7, 1, from, until)));
    await turn();
    await writer.append([textPart('abcde', 1)], 0);
    await writer.close();
    ended.abort();
    expect(await Promise.all(seen)).toEqual(['456789abcde', 'abcde', 'cde', '']);
  });

  it('ends at once when nobody listens any more', async () => {
    const writer = await append('one\n');
    const { gone, until } = signals();
    const seen = all(blobs.follow(7, 1, 0, until));
    await turn();
    gone.abort();
    expect(await seen).toMatch(/^(one\n)?$/);
    await writer.close();
  });

  it('of a log that has ended gives it whole', async () => {
    const text = 'a line\n'.repeat(50_000);
    await (await append(text)).close();
    const { ended, until } = signals();
    ended.abort();
    expect(await all(blobs.follow(7, 1, 0, until))).toBe(text);
  });

  it('gives every byte once, whatever is written and wherever a reader begins', async () => {
    const texts = fc.array(fc.string({ minLength: 1, maxLength: 40_000 }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(texts, fc.nat(100_000), async (written, from) => {
        blobs = new CountedBlobs(temporaryFolder());
        const { ended, until } = signals();
        const writer = await blobs.openLog(7, 1);
        const seen = all(blobs.follow(7, 1, from, until));
        for (const text of written) await writer.append([textPart(text, 1)], 0);
        await writer.close();
        ended.abort();
        expect(await seen).toBe(Buffer.from(written.join('')).subarray(from).toString());
      }),
      { numRuns: 30 },
    );
  });
});

describe('two hundred readers of one log', () => {
  it('cost one reading of what is there and of what comes', async () => {
    const blobs = new CountedBlobs(temporaryFolder());
    const writer = await blobs.openLog(7, 1);
    const chunk = Buffer.from('a line of a log\n'.repeat(8_000));
    for (let n = 0; n < 8; n += 1) await writer.append([textPart(chunk, 1)], 0);
    const { ended, until } = signals();
    const sizes = Array.from({ length: 200 }, async () => {
      let size = 0;
      for await (const part of blobs.follow(7, 1, 0, until)) size += part.length;
      return size;
    });
    for (let n = 0; n < 8; n += 1) {
      await writer.append([textPart(chunk, 1)], 0);
      await turn();
    }
    await writer.close();
    ended.abort();
    expect(new Set(await Promise.all(sizes))).toEqual(new Set([chunk.length * 16]));
    expect(blobs.bytesRead).toBe(chunk.length * 16);
  });

  it('leave nothing behind but what a slow one still holds', async () => {
    const blobs = new CountedBlobs(temporaryFolder());
    const text = 'a line of a log\n'.repeat(500_000);
    const writer = await blobs.openLog(7, 1);
    await writer.append([textPart(text, 1)], 0);
    const { ended, until } = signals();
    const slow = blobs.follow(7, 1, 0, until)[Symbol.asyncIterator]();
    const first = (await slow.next()).value as Buffer;
    const before = process.memoryUsage();
    ended.abort();
    for (let n = 0; n < 20; n += 1)
      for await (const part of blobs.follow(7, 1, 0, until)) expect(part.length).toBeGreaterThan(0);
    const after = process.memoryUsage();
    expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(64 * 1024 * 1024);
    const rest: Buffer[] = [];
    for (let next = await slow.next(); next.done !== true; next = await slow.next()) rest.push(Buffer.from(next.value));
    expect(Buffer.concat([first, ...rest]).toString()).toBe(text);
    await writer.close();
  });

  it('are woken no more after they left', async () => {
    const blobs = new CountedBlobs(temporaryFolder());
    const writer = await blobs.openLog(7, 1);
    const readers = Array.from({ length: 200 }, () => signals());
    const seen = readers.map(({ until }) => all(blobs.follow(7, 1, 0, until)));
    await turn();
    for (const { gone } of readers) gone.abort();
    await Promise.all(seen);
    await writer.append([textPart('one\n', 1)], 0);
    await turn();
    expect(blobs.readings).toBe(0);
    await writer.close();
  });
});

describe('the place of a line', () => {
  const LOG = 'one\n\nthree\nfour';
  const PLACES = [0, 4, 5, 11, 15, 15];
  const placesIn = async (blobs: FileBlobs) =>
    Promise.all(PLACES.map(async (_, line) => (await blobs.findLines(7, 1, line, Infinity)).from));

  it('is what the index says, of a log that is written and of one that is closed', async () => {
    const blobs = new CountedBlobs(temporaryFolder());
    const writer = await blobs.openLog(7, 1);
    await writer.append([textPart(LOG, 1)], 0);
    expect(await placesIn(blobs)).toEqual(PLACES);
    await writer.close();
    expect(await placesIn(blobs)).toEqual(PLACES);
    expect(blobs.bytesRead).toBe(0);
  });

  it('is found where the index ends too early', async () => {
    const root = temporaryFolder();
    const blobs = new FileBlobs(root);
    const writer = await blobs.openLog(7, 1);
    await writer.append([textPart('one\n\nth', 1)], 0);
    await writer.close();
    appendFileSync(`${root}/7/1.log`, 'ree\nfour');
    expect(await placesIn(blobs)).toEqual(PLACES);
  });

  it('is counted from the end too, and what is not there stands at the end', async () => {
    const blobs = new FileBlobs(temporaryFolder());
    const writer = await blobs.openLog(7, 1);
    await writer.append([textPart(LOG, 1)], 0);
    await writer.close();
    const ranges = [
      [-2, Infinity],
      [-9, 1],
      [1, 3],
      [3, 1],
      [9, Infinity],
      [Infinity, Infinity],
    ] as const;
    const found = await Promise.all(ranges.map(([from, to]) => blobs.findLines(7, 1, from, to)));
    expect(found.map(({ from, to }) => LOG.slice(from, to))).toEqual(['three\nfour', 'one\n', '\nthree\n', '', '', '']);
  });

  it('is 0 where there is no log', async () => {
    expect(await new FileBlobs(temporaryFolder()).findLines(7, 1, 3, 5)).toEqual({ from: 0, to: 0 });
  });
});
