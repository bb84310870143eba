/** No pipeline file is passed over without a word. */
import { describe, expect, it } from 'vitest';
import type { Git, TreeFile } from '../../src/git/git.js';
import type { Pipelines } from '../../src/store/pipelines.js';
import { ReadPipelines } from '../../src/triage/read-pipelines.js';

const TEXT = Buffer.from('on: push\njobs: { a: { runs-on: host, steps: [{ run: make }] } }\n');
const stored = { ofProject: () => Promise.resolve([]) } as unknown as Pipelines;

function gitWith(count: number): Git {
  const files = Array.from({ length: count }, (_, at): TreeFile => ({
    path: `.pagure/pipelines/${String(at).padStart(4, '0')}.yml`,
    mode: '100644',
    blob: 'b',
    sizeBytes: TEXT.length,
  }));
  const listFolder = (_project: number, _commit: string, folder: string) =>
    Promise.resolve(folder === '.pagure/pipelines' ? files : []);
  return { listFolder, readBlob: () => Promise.resolve(TEXT) } as unknown as Git;
}

describe('the pipelines of a folder', () => {
  it('are all read up to 200', async () => {
    const found = await new ReadPipelines(gitWith(200), stored).of(1, 'c');
    expect(found.filter((one) => one.pipeline !== null)).toHaveLength(200);
    expect(found).toHaveLength(200);
  });

  it('beyond 200 are named by one problem', async () => {
    const found = await new ReadPipelines(gitWith(203), stored).of(1, 'c');
    expect(found).toHaveLength(201);
    const [last] = found.slice(-1);
    expect(last).toMatchObject({
      key: 'repo:.pagure/pipelines',
      pipeline: null,
      problems: [{ code: 'too-many-files' }],
    });
    expect(last!.problems[0]!.message).toContain('0200.yml');
  });
});
