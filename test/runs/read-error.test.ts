/** The first error is looked for in a bounded part of a log, however long that is. */
import { describe, expect, it } from 'vitest';
import { FileBlobs } from '../../src/blobs/file-blobs.js';
import { textPart } from '../../src/model/log.js';
import { readError } from '../../src/runs/read-error.js';
import { NOW, temporaryFolder } from '../store/open-store.js';

async function logOf(text: string) {
  const blobs = new FileBlobs(temporaryFolder());
  const log = await blobs.openLog(1, 1);
  await log.append([textPart('an error of the set-up\n', 1), textPart(text, 2)], NOW);
  await log.close();
  return readError(blobs, { id: 1, attempt: 1 }, { number: 2 });
}

describe('the first error of a step', () => {
  it('is looked for in the lines of that step alone', async () => {
    expect(await logOf('one\ntwo: error\n')).toMatchObject({
      firstLine: 1,
      errorLine: 2,
      lines: ['one', 'two: error'],
    });
    expect(await logOf('all is well\n')).toBeNull();
    expect(await logOf('')).toBeNull();
  });

  it('is looked for in the end of a long one, and keeps its number', async () => {
    const found = await logOf(`error: too early\n${'x\n'.repeat(300_000)}error: in the end\n`);
    expect(found).toMatchObject({ errorLine: 300_002, lineCount: 300_002 });
    expect(found?.lines).toHaveLength(11);
  });

  it('is not looked for further back than a page has the time for, also in few lines', async () => {
    const found = await logOf(`${'y'.repeat(700_000)}\nfatal: here\n${'z'.repeat(700_000)}\n`);
    expect(found).toBeNull();
  });
});
