/** The lanes of flags: a project whose forge is slow holds up no other. */
import { describe, expect, it, vi } from 'vitest';
import { StillClock } from '../kernel/still-clock.js';
import { InProcessQueue } from '../../src/queue/in-process-queue.js';
import { ReportModule } from '../../src/report/report.module.js';
import type { CheckDrift } from '../../src/report/check-drift.js';
import type { SendComment } from '../../src/report/send-comment.js';
import type { SendFlag } from '../../src/report/send-flag.js';
import { Flags } from '../../src/store/flags.js';
import { OwnComments } from '../../src/store/own-comments.js';
import { SeededRandom } from '../kernel/seeded-random.js';
import { NOW, openStore } from '../store/open-store.js';

describe('flags of a project that are never taken', () => {
  it('do not keep those of another from being sent', async () => {
    const { store } = await openStore();
    const errors: unknown[] = [];
    const queue = new InProcessQueue(new StillClock(0), (error) => errors.push(error));
    store.handDueTo((kind, id) => queue.put(kind, id));
    const sent: number[] = [];
    const flags = new Flags(store, new SeededRandom('uid'));
    const send = async (id: number) => {
      const flag = await flags.byId(id);
      if (flag?.projectId === 2) sent.push(flag.runId);
      else await new Promise(() => undefined);
    };
    new ReportModule(
      queue,
      flags,
      { send } as SendFlag,
      new OwnComments(store, new SeededRandom('marker')),
      {} as SendComment,
      { start: () => undefined } as CheckDrift,
    ).onApplicationBootstrap();
    const want = (projectId: number, runId: number) =>
      store.commit((tx) => flags.want(tx, { ...WISH, projectId, runId, subject: `main@${runId}` }, NOW));
    for (let runId = 1; runId <= 20; runId++) await want(1, runId);
    await want(2, 21);
    await vi.waitFor(() => expect(sent).toEqual([21]));
    expect(errors).toEqual([]);
  });
});

const WISH = {
  pipelineKey: 'server:ci',
  commit: 'c'.repeat(40),
  jobKey: '',
  percent: null,
  username: 'ci',
  status: 'pending',
  comment: '',
  url: 'https://ci.example.org/',
} as const;
