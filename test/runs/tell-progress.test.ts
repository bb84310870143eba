/** How far a run is, told by its flag while its jobs go from step to step. */
import { describe, expect, it } from 'vitest';
import { TellProgress } from '../../src/runs/tell-progress.js';
import type { Step } from '../../src/model/run.js';
import { Flags } from '../../src/store/flags.js';
import { Runs } from '../../src/store/runs.js';
import { SeededRandom } from '../kernel/seeded-random.js';
import { StillClock } from '../kernel/still-clock.js';
import { NOW, openStore, registerProject } from '../store/open-store.js';
import { job, run } from './samples.js';

async function openRun() {
  const { store, projects } = await openStore();
  const projectId = await registerProject({ store, projects });
  const [runs, flags, clock] = [new Runs(store), new Flags(store, new SeededRandom('uid')), new StillClock(NOW)];
  const jobId = await store.commit(async (tx) => {
    const { id: _, number: __, version: ___, ...fresh } = run({ projectId, state: 'running' });
    const made = await runs.insert(tx, fresh);
    const planned = { key: 'test', steps: Array.from({ length: 9 }, () => ({})) as never };
    const { id: ____, ...row } = job(planned, { runId: made.id, projectId, state: 'running', attempt: 1 });
    return runs.insertJob(tx, row);
  });
  const progress = new TellProgress({ store, runs, flags }, clock, 'https://ci.example.org');
  /** A step begins, and so many seconds pass. */
  const step = async (number: number, seconds: number) => {
    const row = { jobId, attempt: 1, number, id: `${number}`, name: '', state: 'running' } as Step;
    const rest = { outcome: null, conclusion: null, exitCode: null, reason: null, startedAt: NOW, finishedAt: null };
    await store.commit((tx) => runs.saveStep(tx, { ...row, ...rest }));
    await progress.stepped(1);
    clock.advance(seconds * 1_000);
  };
  return { flags, step, progress, store, runs };
}

describe('a run under way', () => {
  it('tells by its steps how far it is, at most once in 15 seconds', async () => {
    const { flags, step } = await openRun();
    const told: (number | null | undefined)[] = [];
    for (let number = 0; number <= 9; number++) {
      await step(number, 6);
      told.push((await flags.byId(1))?.percent);
    }
    expect(told).toEqual([undefined, undefined, undefined, 30, 30, 30, 60, 60, 60, 90]);
  });

  it('that is short tells nothing by its steps', async () => {
    const { flags, step, progress } = await openRun();
    for (let number = 0; number <= 4; number++) await step(number, 3);
    progress.ended(1);
    await step(5, 3);
    expect(await flags.byId(1)).toBeNull();
  });

  it('never goes back', async () => {
    const { flags, step, store } = await openRun();
    for (let number = 0; number <= 5; number++) await step(number, 10);
    const { id: _, uid: __, ...flag } = (await flags.byId(1))!;
    await store.commit(async (tx) => {
      await flags.endTry(tx, (await flags.byId(1))!, { tries: 0, failures: 0, dueAt: null, sentAt: NOW });
      await flags.want(tx, { ...flag, percent: 0, comment: 'running: 0 of 1 job done' }, NOW);
    });
    expect(await flags.byId(1)).toMatchObject({ percent: flag.percent });
    expect(flag.percent).toBeGreaterThan(0);
  });
});
