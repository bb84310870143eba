/** Logs as files: what was appended is there, by range, with an index that survives a writer's death. */
import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { LOG_LEVELS, type LogLevel, textPart } from '../../src/model/log.js';
import { FileBlobs } from '../../src/blobs/file-blobs.js';

const top = mkdtempSync(`${tmpdir()}/pagure-actions-test-`);
afterAll(() => rmSync(top, { recursive: true }));
let count = 0;

interface IndexLine {
  readonly offset: number;
  readonly timeMs: number;
  readonly step: number;
}

/** Reads the documented layout, independently of the code under test. */
function indexOf(path: string): IndexLine[] {
  const bytes = readFileSync(path);
  expect(bytes.subarray(0, 16).toString('latin1')).toBe('pagure log idx\0\x02');
  return Array.from({ length: bytes.length / 16 - 1 }, (_, i) => ({
    offset: bytes.readUIntLE(16 * (i + 1), 5),
    timeMs: bytes.readUIntLE(16 * (i + 1) + 8, 6) % 2 ** 43,
    step: bytes.readUInt16LE(16 * (i + 1) + 14),
  }));
}

const full = () => Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });

/** Some file, for what all open files share. */
async function fileHandle(): Promise<FileHandle> {
  const file = await open(`${top}/some-file`, 'w');
  await file.close();
  return file;
}

/** Group and level of each line. */
function marksOf(path: string): (readonly [number, string | undefined])[] {
  const bytes = readFileSync(path);
  return Array.from({ length: bytes.length / 16 - 1 }, (_, i) => [
    bytes.readUIntLE(16 * (i + 1) + 5, 3),
    LOG_LEVELS[Math.floor(bytes.readUIntLE(16 * (i + 1) + 8, 6) / 2 ** 43)],
  ]);
}

describe('a log file', () => {
  let root: string;
  let blobs: FileBlobs;
  beforeEach(() => {
    root = `${top}/${count++}`;
    blobs = new FileBlobs(root);
  });

  async function write(...chunks: readonly (readonly [string, number])[]): Promise<void> {
    const writer = await blobs.openLog(7, 1);
    let time = 1_000;
    for (const [text, step] of chunks) await writer.append([textPart(text, step)], time++);
    await writer.close();
  }

  const whole = async () => (await blobs.readLog(7, 1, 0, Infinity)).toString();

  it('is not there before it is opened', async () => {
    expect([await blobs.logSize(7, 1), await whole()]).toEqual([null, '']);
  });

  it('holds what was appended, and an index of its lines with times and steps', async () => {
    await write(['one\ntw', 1], ['o\nthree\n', 1], ['four', 2]);
    expect(await whole()).toBe('one\ntwo\nthree\nfour');
    expect(indexOf(`${root}/7/1.idx`)).toEqual([
      { offset: 0, timeMs: 1_000, step: 1 },
      { offset: 4, timeMs: 1_000, step: 1 },
      { offset: 8, timeMs: 1_001, step: 1 },
      { offset: 14, timeMs: 1_002, step: 2 },
    ]);
    expect(await blobs.logSize(7, 1)).toEqual({ bytes: 18, lines: 4 });
  });

  it('knows the group and the level of each line, of ten thousand groups too', async () => {
    const writer = await blobs.openLog(7, 1);
    const line = (text: string, level: LogLevel, group: number) => ({
      bytes: Buffer.from(text),
      step: 1,
      level,
      group,
    });
    for (let group = 1; group <= 10_000; group += 1) {
      const parts = [line('##[group]g\n', 'group', group), line('a\nb\n', 'text', group)];
      await writer.append([...parts, line('##[endgroup]\n', 'endgroup', group)], 5);
    }
    await writer.append([line('##[error]no\n', 'error', 0), line('x', 'debug', 2 ** 30)], 2 ** 41);
    await writer.close();
    const marks = marksOf(`${root}/7/1.idx`);
    expect(marks).toHaveLength(40_002);
    expect(marks.slice(4 * 6_999, 4 * 7_000)).toEqual([
      [7_000, 'group'],
      [7_000, 'text'],
      [7_000, 'text'],
      [7_000, 'endgroup'],
    ]);
    expect(marks.slice(-2)).toEqual([
      [0, 'error'],
      [2 ** 24 - 1, 'debug'],
    ]);
    expect(indexOf(`${root}/7/1.idx`).at(-1)).toMatchObject({ timeMs: 2 ** 41, step: 1 });
  });

  it('is written with two calls for each append, however many lines and parts it has', async () => {
    const writer = await blobs.openLog(7, 1);
    const parts = Array.from({ length: 100 }, (_, n) => textPart(`${n}\n`.repeat(40), n));
    const writes = vi.spyOn(Object.getPrototypeOf(await fileHandle()) as FileHandle, 'write');
    await writer.append(parts, 0);
    expect(writes).toHaveBeenCalledTimes(2);
    writes.mockRestore();
    await writer.close();
    expect((await blobs.logSize(7, 1))?.lines).toBe(4_000);
  });

  it('loses and doubles nothing when the disk was full for a while', async () => {
    const writer = await blobs.openLog(7, 1);
    await writer.append([textPart('one\n', 1)], 0);
    for (const failing of [1, 2]) {
      const writes = vi.spyOn(Object.getPrototypeOf(await fileHandle()) as FileHandle, 'write');
      for (let n = 0; n < failing; n += 1) writes.mockRejectedValueOnce(full());
      await expect(writer.append([textPart('lost\nlost\n', 2)], 0)).rejects.toThrow('cannot be written');
      writes.mockRestore();
      expect(writer.sizeBytes).toBe(4);
    }
    await writer.append([textPart('two\n', 3)], 0);
    expect(await blobs.logSize(7, 1)).toEqual({ bytes: 8, lines: 2 });
    expect(await blobs.stepSize(7, 1, 2)).toEqual({ bytes: 0, lines: 0 });
    await writer.close();
  });

  it('ends an unfinished line before the line of another step', async () => {
    await write(['half', 1], ['other\n', 2], ['more', 1]);
    expect(await whole()).toBe('half\nother\nmore');
    expect(indexOf(`${root}/7/1.idx`).map(({ step }) => step)).toEqual([1, 2, 1]);
  });

  it('is read by ranges that are cut at its end', async () => {
    await write(['0123456789', 1]);
    const read = async (from: number, to: number) => (await blobs.readLog(7, 1, from, to)).toString();
    expect([await read(2, 5), await read(8, 99), await read(50, 60), await read(5, 2), await read(-3, 2)]).toEqual([
      '234',
      '89',
      '',
      '',
      '01',
    ]);
  });

  it('has its own files for each job and attempt, which only their owner may read', async () => {
    for (const [job, attempt] of [
      [1, 1],
      [1, 2],
      [2, 1],
    ] as const) {
      const writer = await blobs.openLog(job, attempt);
      await writer.append([textPart(`${job}.${attempt}`, 1)], 0);
      await writer.close();
    }
    expect((await blobs.readLog(1, 2, 0, 9)).toString()).toBe('1.2');
    expect([root, `${root}/1`].map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o700]);
    expect([`${root}/1/1.log`, `${root}/1/1.idx`].map((path) => statSync(path).mode & 0o777)).toEqual([0o600, 0o600]);
  });

  it('can be read and measured while it is written', async () => {
    const writer = await blobs.openLog(7, 1);
    await writer.append([textPart('a\nb', 1)], 0);
    expect([await whole(), await blobs.logSize(7, 1), writer.sizeBytes]).toEqual(['a\nb', { bytes: 3, lines: 2 }, 3]);
    await writer.close();
    await writer.close();
  });

  it('has one writer at a time', async () => {
    const writer = await blobs.openLog(7, 1);
    await expect(blobs.openLog(7, 1)).rejects.toThrow('writer already');
    await writer.close();
    await (await blobs.openLog(7, 1)).close();
  });

  it('keeps the order of calls that overlap', async () => {
    const writer = await blobs.openLog(7, 1);
    await Promise.all(Array.from({ length: 50 }, (_, i) => writer.append([textPart(`${i}\n`, 1)], i)));
    await writer.close();
    expect(await whole()).toBe(Array.from({ length: 50 }, (_, i) => `${i}\n`).join(''));
  });

  it('keeps bytes that are no text', async () => {
    const bytes = Buffer.from([0xff, 0x0a, 0x00, 0xc3, 0x0a, 0x28]);
    const writer = await blobs.openLog(7, 1);
    await writer.append([textPart(bytes, 1)], 0);
    await writer.close();
    expect(await blobs.readLog(7, 1, 0, 99)).toEqual(bytes);
  });

  it('is refused for names that are no numbers', async () => {
    await expect(blobs.openLog('../../x' as unknown as number, 1)).rejects.toThrow('whole numbers');
    await expect(blobs.readLog(1.5, 1, 0, 1)).rejects.toThrow('whole numbers');
  });

  describe('whose writer died', () => {
    it('gets its unindexed tail back with the step and time of the last line', async () => {
      await write(['one\n', 3]);
      appendFileSync(`${root}/7/1.log`, 'two\nthr');
      expect(await blobs.logSize(7, 1)).toEqual({ bytes: 11, lines: 3 });
      await write(['ee\n', 3]);
      expect(await whole()).toBe('one\ntwo\nthree\n');
      expect(indexOf(`${root}/7/1.idx`)).toEqual([
        { offset: 0, timeMs: 1_000, step: 3 },
        { offset: 4, timeMs: 1_000, step: 3 },
        { offset: 8, timeMs: 1_000, step: 3 },
      ]);
    });

    it('gets a torn record and one beyond the log’s end replaced', async () => {
      await write(['one\ntwo\nthree\n', 1]);
      appendFileSync(`${root}/7/1.idx`, 'torn');
      truncateSync(`${root}/7/1.log`, 6);
      expect(await blobs.logSize(7, 1)).toEqual({ bytes: 6, lines: 2 });
      await write(['X\nfour\n', 2]);
      expect(await whole()).toBe('one\ntw\nX\nfour\n');
      expect(indexOf(`${root}/7/1.idx`).map(({ offset }) => offset)).toEqual([0, 4, 7, 9]);
    });

    it.each(['lost', 'empty', 'of another kind'])('gets an index anew that is %s', async (what) => {
      await write(['one\ntwo\n', 1]);
      if (what === 'lost') unlinkSync(`${root}/7/1.idx`);
      else writeFileSync(`${root}/7/1.idx`, what === 'empty' ? '' : 'x'.repeat(64));
      expect(await blobs.logSize(7, 1)).toEqual({ bytes: 8, lines: 2 });
      await write(['three\n', 1]);
      expect(indexOf(`${root}/7/1.idx`).map(({ offset }) => offset)).toEqual([0, 4, 8]);
    });

    it('has the same index as if the writer had lived, wherever it died', async () => {
      const text = fc.string({ unit: fc.constantFrom('a', '\n'), maxLength: 12 });
      await fc.assert(
        fc.asyncProperty(fc.array(text, { maxLength: 6 }), fc.nat(200), async (chunks, lost) => {
          blobs = new FileBlobs((root = `${top}/${count++}`));
          await write(...chunks.map((chunk) => [chunk, 1] as const));
          const expected = indexOf(`${root}/7/1.idx`).map(({ offset }) => offset);
          truncateSync(`${root}/7/1.idx`, Math.max(0, statSync(`${root}/7/1.idx`).size - lost));
          expect((await blobs.logSize(7, 1))?.lines).toBe(expected.length);
          await write();
          expect(indexOf(`${root}/7/1.idx`).map(({ offset }) => offset)).toEqual(expected);
        }),
        { numRuns: 60 },
      );
    });
  });

  it('takes a flood with memory that stays flat', async () => {
    const writer = await blobs.openLog(7, 1);
    const chunk = Buffer.from(
      'a line of the log that is a hundred bytes long, as lines are, more or less, in the mean of all.\n'.repeat(640),
    );
    const before = process.memoryUsage().rss;
    for (let i = 0; i < 1_000; i++) await writer.append([textPart(chunk, 1)], i);
    expect(process.memoryUsage().rss - before).toBeLessThan(120 * 1024 * 1024);
    await writer.close();
    expect((await blobs.logSize(7, 1))?.lines).toBe(640_000);
  });
});
