/** A sealed log: smaller, in one file, and for whoever reads it the same as before; whatever moment a crash takes. */
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { FileBlobs } from '../../src/blobs/file-blobs.js';
import type { ReadableFile } from '../../src/blobs/files/read-file.js';
import { type LogPart, textPart } from '../../src/model/log.js';
import { temporaryFolder } from '../store/open-store.js';

const NEVER = new AbortController().signal;

/** Counts what is read from files, packed or not, log or index. */
class CountedFiles extends FileBlobs {
  bytesRead = 0;

  protected override async openFile(path: string): Promise<ReadableFile | null> {
    const file = await super.openFile(path);
    if (file === null) return null;
    const read = file.read.bind(file) as (...args: readonly unknown[]) => Promise<{ bytesRead: number }>;
    const counted = async (...args: readonly unknown[]) => {
      const answer = await read(...args);
      this.bytesRead += answer.bytesRead;
      return answer;
    };
    return Object.assign(file, { read: counted });
  }

  async costOf(read: () => Promise<unknown>): Promise<number> {
    this.bytesRead = 0;
    await read();
    return this.bytesRead;
  }
}

async function write(blobs: FileBlobs, ...parts: readonly LogPart[]): Promise<void> {
  const writer = await blobs.openLog(7, 1);
  for (const part of parts) await writer.append([part], 1_000);
  await writer.close();
}

async function text(parts: AsyncIterable<Buffer>): Promise<string> {
  const found: Buffer[] = [];
  for await (const part of parts) found.push(Buffer.from(part));
  return Buffer.concat(found).toString('latin1');
}

const steps = [1, 2, 3];

/** All that the port tells of a log. */
async function seen(blobs: FileBlobs) {
  const size = await blobs.logSize(7, 1);
  const lines = Array.from({ length: (size?.lines ?? 0) + 2 }, (_, line) => line).slice(-3_000);
  const ended = new AbortController();
  ended.abort();
  return {
    size,
    whole: (await blobs.readLog(7, 1, 0, Infinity)).toString('latin1'),
    part: (await blobs.readLog(7, 1, 3, 70_000)).toString('latin1'),
    beyond: await blobs.readLog(7, 1, 1e12, 2e12),
    lines: await Promise.all(
      lines.filter((line) => line % 97 < 3).map((line) => blobs.findLines(7, 1, line, line + 60)),
    ),
    followed: await text(blobs.follow(7, 1, 5, { ended: ended.signal, gone: NEVER })),
    steps: await Promise.all(steps.map((step) => blobs.stepSize(7, 1, step))),
    stepTexts: await Promise.all(steps.map((step) => text(blobs.readStep(7, 1, { step, from: 1, to: 2_000 })))),
  };
}

describe('a sealed log', () => {
  let root: string;
  let blobs: CountedFiles;
  beforeEach(() => {
    root = temporaryFolder();
    blobs = new CountedFiles(root);
  });

  it('is one file that only its owner may read, a tenth as large, and zcat gives it', async () => {
    const lines = Array.from({ length: 20_000 }, (_, n) => `2026-11-30 compiled src/some/file-${n % 700}.ts\n`).join(
      '',
    );
    await write(blobs, textPart(lines, 1));
    await blobs.sealLog(7, 1, NEVER);
    expect(readdirSync(`${root}/7`)).toEqual(['1.sealed']);
    expect(statSync(`${root}/7/1.sealed`).mode & 0o777).toBe(0o600);
    const sealed = readFileSync(`${root}/7/1.sealed`);
    expect(sealed.length).toBeLessThan((lines.length + 20_000 * 16) / 10);
    expect(gunzipSync(sealed).toString().startsWith(lines)).toBe(true);
  });

  it.each([
    ['nothing', []],
    ['one line', [textPart('one\n', 1)]],
    ['a line without an end', [textPart('one\ntwo', 2)]],
    ['bytes that are no text', [textPart(Buffer.from([0xff, 0x0a, 0, 0xc3, 0x0a, 0x28]), 1)]],
    ['one line longer than any member', [textPart('x'.repeat(300_000), 1), textPart('\ny\n', 2)]],
    [
      'many lines of many steps',
      Array.from({ length: 3_000 }, (_, n) => textPart(`${n} ${'z'.repeat(n % 60)}\n`, n % 4)),
    ],
    ['exactly one member, and one block of lines', [textPart(`${'0'.repeat(63)}\n`.repeat(1_024), 1)]],
  ])('tells readers the same as before: %s', async (_, parts) => {
    await write(blobs, ...parts);
    const before = await seen(blobs);
    await blobs.sealLog(7, 1, NEVER);
    expect(existsSync(`${root}/7/1.log`)).toBe(false);
    expect(await seen(blobs)).toEqual(before);
  });

  it('tells readers the same as before, whatever was written', async () => {
    const part = fc.record({
      text: fc.string({ unit: fc.constantFrom('a', 'é', '\n'), maxLength: 30 }),
      step: fc.integer({ min: 1, max: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 30 }), fc.integer({ min: 1, max: 700 }), async (drawn, times) => {
        blobs = new CountedFiles((root = temporaryFolder()));
        await write(blobs, ...drawn.map(({ text: one, step }) => textPart(one.repeat(times), step)));
        const before = await seen(blobs);
        await blobs.sealLog(7, 1, NEVER);
        expect(await seen(blobs)).toEqual(before);
      }),
      { numRuns: 25 },
    );
  });

  it('keeps time, step, group and level of each line', async () => {
    const writer = await blobs.openLog(7, 1);
    const marked = { bytes: Buffer.from('##[error]no\n'), step: 4, level: 'error', group: 9 } as const;
    await writer.append([textPart('one\n', 3), marked], 2 ** 41 + 5);
    await writer.close();
    const index = readFileSync(`${root}/7/1.idx`).subarray(16);
    await blobs.sealLog(7, 1, NEVER);
    const sealed = readFileSync(`${root}/7/1.sealed`);
    const table = sealed.readUIntLE(sealed.length - 40 + 16 + 12, 6);
    const [logEnd, indexEnd] = [sealed.readUIntLE(table, 6), sealed.readUIntLE(table + 6, 6)];
    expect(gunzipSync(sealed.subarray(logEnd, indexEnd))).toEqual(index);
  });

  it('may be followed while it is sealed, by readers that had begun before', async () => {
    const log = 'a line of a log\n'.repeat(50_000);
    await write(blobs, textPart(log, 1));
    const ended = new AbortController();
    const readers = [0, 7, 400_000].map((from) => blobs.follow(7, 1, from, { ended: ended.signal, gone: NEVER }));
    const begun = readers.map((reader) => reader.next());
    const step = blobs.readStep(7, 1, { step: 1, from: 0, to: Infinity });
    const first = (await step.next()).value as Buffer;
    await blobs.sealLog(7, 1, NEVER);
    ended.abort();
    const heads = await Promise.all(begun);
    const rests = await Promise.all(readers.map(text));
    expect(rests.map((rest, n) => (heads[n]?.value as Buffer).toString() + rest)).toEqual(
      [0, 7, 400_000].map((from) => log.slice(from)),
    );
    expect(first.toString() + (await text(step))).toBe(log);
  });

  it('that was read a moment ago is not read again', async () => {
    await write(blobs, textPart('a line of a log\n'.repeat(50_000), 1));
    await blobs.sealLog(7, 1, NEVER);
    const read = async () => {
      const { from } = await blobs.findLines(7, 1, 20_000, 20_000);
      await blobs.readLog(7, 1, from, from + 100);
    };
    expect(await blobs.costOf(read)).toBeGreaterThan(100);
    expect(await blobs.costOf(read)).toBe(0);
  });

  it('is not written to any more', async () => {
    await write(blobs, textPart('one\n', 1));
    await blobs.sealLog(7, 1, NEVER);
    await expect(blobs.openLog(7, 1)).rejects.toThrow('sealed');
    await (await blobs.openLog(7, 2)).close();
  });

  it('is one only when nobody writes it any more', async () => {
    const writer = await blobs.openLog(7, 1);
    await writer.append([textPart('one\n', 1)], 0);
    await blobs.sealLog(7, 1, NEVER);
    expect(await blobs.unsealed()).toEqual([{ jobId: 7, attempt: 1 }]);
    await writer.append([textPart('two\n', 1)], 0);
    await writer.close();
    await Promise.all([blobs.sealLog(7, 1, NEVER), blobs.sealLog(7, 1, NEVER)]);
    expect([await blobs.unsealed(), await text(blobs.readStep(7, 1, { step: 1, from: 0, to: 9 }))]).toEqual([
      [],
      'one\ntwo\n',
    ]);
  });

  it('that is damaged is a Fault, and never another text', async () => {
    await write(blobs, textPart('a line of a log\n'.repeat(20_000), 1));
    await blobs.sealLog(7, 1, NEVER);
    const sealed = readFileSync(`${root}/7/1.sealed`);
    sealed.writeUInt32LE(0xdeadbeef, 300);
    writeFileSync(`${root}/7/1.sealed`, sealed);
    await expect(blobs.readLog(7, 1, 0, 10)).rejects.toThrow('damaged');
    expect((await blobs.readLog(7, 1, 200_000, 200_010)).length).toBe(10);
    truncateSync(`${root}/7/1.sealed`, 100);
    await expect(new FileBlobs(root).logSize(7, 1)).rejects.toThrow('damaged');
    await expect(blobs.readLog(7, 1, 270_000, 270_010)).rejects.toThrow('damaged');
  });
});

describe('a log whose writer or sealer died', () => {
  const LOG = Array.from({ length: 3_000 }, (_, n) => textPart(`${n} ${'z'.repeat(n % 60)}\n`, 1 + (n % 3)));
  let root: string;
  let blobs: FileBlobs;
  let before: Awaited<ReturnType<typeof seen>>;
  /** The log in both its forms, and what is written on the way. */
  let kept: string;

  beforeEach(async () => {
    [root, kept] = [temporaryFolder(), temporaryFolder()];
    blobs = new FileBlobs(root);
    await write(blobs, ...LOG);
    before = await seen(blobs);
    cpSync(root, kept, { recursive: true });
    await blobs.sealLog(7, 1, NEVER);
    cpSync(`${root}/7/1.sealed`, `${kept}/1.sealed`);
    rmSync(root, { recursive: true });
    cpSync(kept, root, { recursive: true });
    unlinkSync(`${root}/1.sealed`);
  });

  const bytesOfSealed = () => readFileSync(`${kept}/1.sealed`);
  const placed = () => cpSync(`${kept}/1.sealed`, `${root}/7/1.sealed`);
  const drop = (...files: readonly string[]) => files.forEach((file) => unlinkSync(`${root}/${file}`));

  it.each<readonly [string, () => void]>([
    ['before the first byte', () => undefined],
    ['with nothing in the new file', () => writeFileSync(`${root}/7/1.sealing`, '')],
    ['in the middle of the new file', () => writeFileSync(`${root}/7/1.sealing`, bytesOfSealed().subarray(0, 9_000))],
    ['before the last byte of it', () => writeFileSync(`${root}/7/1.sealing`, bytesOfSealed().subarray(0, -1))],
    ['before it got its name', () => writeFileSync(`${root}/7/1.sealing`, bytesOfSealed())],
    ['when it had its name', placed],
    ['when the log was gone', () => (placed(), drop('7/1.log'))],
    ['when log and index were gone', () => (placed(), drop('7/1.log', '7/1.idx'))],
    ['with the mark lost, too', () => (placed(), drop('7/1.log', '7/1.idx', 'unsealed/7.1'))],
  ])('%s reads as ever, and is sealed by the next call', async (_, crash) => {
    crash();
    blobs = new FileBlobs(root);
    expect(await seen(blobs)).toEqual(before);
    for (const { jobId, attempt } of await blobs.unsealed()) await blobs.sealLog(jobId, attempt, NEVER);
    expect([readdirSync(`${root}/7`), await blobs.unsealed()]).toEqual([['1.sealed'], []]);
    expect(await seen(blobs)).toEqual(before);
  });

  it('loses its tail’s index and is sealed whole', async () => {
    appendFileSync(`${root}/7/1.log`, 'tail\nof it');
    truncateSync(`${root}/7/1.idx`, 16 * 900 + 3);
    blobs = new FileBlobs(root);
    const mended = await seen(blobs);
    await blobs.sealLog(7, 1, NEVER);
    expect(await seen(blobs)).toEqual(mended);
    expect(mended.size).toEqual({ bytes: (before.size?.bytes ?? 0) + 10, lines: 3_002 });
  });

  it('is sealed whole without any index', async () => {
    unlinkSync(`${root}/7/1.idx`);
    await new FileBlobs(root).sealLog(7, 1, NEVER);
    expect((await seen(new FileBlobs(root))).whole).toBe(before.whole);
  });

  it('that never wrote a byte leaves nothing to seal', async () => {
    rmSync(root, { recursive: true });
    mkdirSync(`${root}/unsealed`, { recursive: true });
    writeFileSync(`${root}/unsealed/9.2`, '');
    writeFileSync(`${root}/unsealed/not a log`, '');
    blobs = new FileBlobs(root);
    expect(await blobs.unsealed()).toEqual([{ jobId: 9, attempt: 2 }]);
    await blobs.sealLog(9, 2, NEVER);
    expect([await blobs.unsealed(), await blobs.logSize(9, 2)]).toEqual([[], null]);
  });

  it('stops between two members when it is told to, and can be sealed later', async () => {
    const stop = new AbortController();
    stop.abort(new Error('the server stops'));
    blobs = new FileBlobs(root);
    await expect(blobs.sealLog(7, 1, stop.signal)).rejects.toThrow('the server stops');
    expect(await seen(blobs)).toEqual(before);
    await blobs.sealLog(7, 1, NEVER);
    expect(await seen(blobs)).toEqual(before);
  });
});

describe('an index of version 1', () => {
  it('is read, with its times and steps, and sealed as one of today', async () => {
    const root = temporaryFolder();
    const blobs = new FileBlobs(root);
    await write(blobs, textPart('one\n', 1), textPart('two\nthree\n', 2), textPart('four\n', 1));
    const before = await seen(blobs);
    const old = readFileSync(`${root}/7/1.idx`);
    old[15] = 1;
    [0, 4, 8, 14].forEach((offset, n) => {
      old.fill(0, 16 * (n + 1), 16 * (n + 2));
      old.writeUIntLE(offset, 16 * (n + 1), 6);
      old.writeUIntLE(1_000, 16 * (n + 1) + 6, 6);
      old.writeUInt16LE(n === 1 || n === 2 ? 2 : 1, 16 * (n + 1) + 12);
    });
    writeFileSync(`${root}/7/1.idx`, old);
    expect(await seen(blobs)).toEqual(before);
    renameSync(`${root}/7/1.log`, `${root}/7/2.log`);
    renameSync(`${root}/7/1.idx`, `${root}/7/2.idx`);
    expect(await text(blobs.readStep(7, 2, { step: 1, from: 0, to: 9 }))).toBe('one\nfour\n');
    await blobs.sealLog(7, 2, NEVER);
    expect(await blobs.logSize(7, 2)).toEqual(before.size);
  });
});

describe('a log of a million lines', () => {
  it('is served in ranges that read only what they need, sealed or not', async () => {
    const root = temporaryFolder();
    const blobs = new CountedFiles(root);
    const writer = await blobs.openLog(7, 1);
    const line = `${'a line of a log, as long as lines are'.padEnd(99, '.')}\n`;
    const [big, small] = [Buffer.from(line.repeat(1_000)), Buffer.from(line.repeat(10))];
    for (let n = 0; n < 990; n += 1) await writer.append([textPart(big, 1 + Math.floor(n / 330))], n);
    for (let n = 0; n < 1_000; n += 1) await writer.append([textPart(small, 4 + (n % 10))], n);
    const hundred = async () => {
      const { from, to } = await blobs.findLines(7, 1, 500_000, 500_100);
      expect((await blobs.readLog(7, 1, from, to)).toString()).toBe(line.repeat(100));
    };
    const ofStep = async () => {
      expect(await text(blobs.readStep(7, 1, { step: 2, from: 200_000, to: 200_100 }))).toBe(line.repeat(100));
    };
    const ofBackground = async () => {
      expect(await text(blobs.readStep(7, 1, { step: 9, from: 900, to: 1_000 }))).toBe(line.repeat(100));
    };
    const range = () => blobs.readLog(7, 1, 50_000_000, 50_000_010);
    const size = () => blobs.logSize(7, 1);
    const costs = async () => {
      const found: number[] = [];
      for (const read of [hundred, range, size, ofStep, ofBackground]) found.push(await blobs.costOf(read));
      return found;
    };
    const most = [11_000, 100, 100, 50_000, 200_000];
    (await costs()).forEach((cost, n) => expect(cost, `live ${n}`).toBeLessThanOrEqual(most[n] ?? 0));
    await writer.close();
    await blobs.sealLog(7, 1, NEVER);
    (await costs()).forEach((cost, n) => expect(cost, `sealed ${n}`).toBeLessThanOrEqual(50_000));
    expect(await size()).toEqual({ bytes: 100_000_000, lines: 1_000_000 });
  }, 60_000);
});
