/** What a held run says that it waits for. */
import { describe, expect, it } from 'vitest';
import { approvalLine, approvalReason, type ChangedFile } from '../../src/model/hold.js';

const file = (path: string): ChangedFile => ({ path, added: 1, removed: 0, isPipeline: path.endsWith('.yml') });

describe('the reason of a held run', () => {
  it.each([
    [[], 0, 'waiting for approval: changes no file'],
    [['.pagure/pipelines/ci.yml'], 0, 'waiting for approval: changes ci.yml'],
    [['.pagure/pipelines/ci.yml', 'build.sh'], 0, 'waiting for approval: changes ci.yml and build.sh'],
    [['a', 'b', 'c'], 0, 'waiting for approval: changes a, b and c'],
    [['a', 'b', 'c', 'd'], 0, 'waiting for approval: changes a, b and 2 more files'],
    [['a', 'b'], 500, 'waiting for approval: changes a, b and 500 more files'],
  ])('names %j and %i more', (paths, more, says) => {
    expect(approvalReason({ files: paths.map(file), more })).toBe(says);
  });

  it('shows nothing that a terminal or page would obey, and no endless name', () => {
    const said = approvalReason({ files: [file('x/a\u001b[31m\u202eb\n'), file('y'.repeat(4_000))], more: 0 });
    expect(said).not.toMatch(/[\p{C}\p{Zl}]/u);
    expect(said.length).toBeLessThan(160);
  });

  it('names the whole commit in the line to paste', () => {
    expect(approvalLine('a'.repeat(40))).toBe(`/approve ${'a'.repeat(40)}`);
  });
});
