/** What ends with a change: also a run that was done when it was made. */
import { describe, expect, it } from 'vitest';
import { endsOf } from '../../src/runs/run-ends.js';
import type { SettledRun } from '../../src/runs/settle-run.js';

const broken = { state: 'done', result: 'error', startedAt: null, finishedAt: 1 };
const settled = { after: { run: broken, jobs: [] }, edits: [], newJobs: [] } as unknown as SettledRun;

describe('a run that is done when it is made', () => {
  it('ends with the change that makes it, and with no later one', () => {
    expect(endsOf({ state: 'done', version: 1 }, settled)).toEqual([{ kind: 'run', result: 'error', tookMs: null }]);
    expect(endsOf({ state: 'done', version: 2 }, settled)).toEqual([]);
  });
});
