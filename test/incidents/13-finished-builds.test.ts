/**
 * TRUST.md §7, number 13: finished builds that ran again after a restart, and one job that two agents ran (harness issue 2022,
 * actions/runner 3010, woodpecker 6615). Here every job is handed out to two agents at once, every id again when its row is
 * done, and the program is killed at each hand-out.
 */
import { describe, expect, it } from 'vitest';
import type { DueKind } from '../../src/model/due.js';
import type { CrashPoint } from '../crash/crash-point.js';
import { Scene } from '../crash/scene.js';

function handOutsOf(kind: DueKind): readonly CrashPoint[] {
  return [
    { at: 'before hand-out', having: kind, nth: 1, then: 'kill' },
    { at: 'before hand-out', having: kind, nth: 2, then: 'kill' },
    { at: 'after hand-out', having: kind, nth: 1, then: 'kill' },
  ];
}

/** Pushes when it comes to listen, and dies. */
async function dieAt(scene: Scene, point: CrashPoint): Promise<string | null> {
  const boot = scene.start({ points: [point], handOut: 'often' });
  const listens = await boot.listens().then(
    () => true,
    () => false,
  );
  const commit = listens ? scene.commit() : null;
  const isStored = commit !== null && (await scene.tell(commit)) === 202;
  expect(await boot.ended).toBe('SIGKILL');
  return isStored ? commit : null;
}

/** Pushes twice, so that one run waits for the other, and lets that one end; the program dies when the turn is handed out. */
async function dieAtTurn(scene: Scene, point: CrashPoint): Promise<readonly string[]> {
  scene.closeGate();
  const boot = scene.start({ points: [point], handOut: 'often' });
  const stored: string[] = [];
  const isWaiting = () => scene.runs().some(({ state }) => state === 'waiting');
  await boot.listens().catch(() => undefined);
  for (let time = 0; time < 2 && !boot.isDead; time += 1) {
    const commit = scene.commit();
    if ((await scene.tell(commit)) === 202) stored.push(commit);
  }
  await scene.until('a run that waits', () => boot.isDead || isWaiting());
  scene.openGate();
  expect(await boot.ended).toBe('SIGKILL');
  return stored;
}

async function liveOn(scene: Scene): Promise<void> {
  await scene.start({ handOut: 'often' }).listens();
  await scene.atRest();
}

function expectRight(scene: Scene, commits: readonly string[]): void {
  const effects = scene.effects().map(({ commit, step }) => `${commit} ${step}`);
  expect(effects.length).toBe(new Set(effects).size);
  expect(commits.length).toBeGreaterThan(0);
  for (const commit of commits) expectEnded(scene, commit);
}

describe('incident 13: finished builds re-run, one job twice', () => {
  it('a kill at each hand-out, each of which comes often, runs every step of a job at most once', async (context) => {
    const scene = await Scene.open(context.onTestFinished);
    const stored: (string | null)[] = [];
    for (const kind of ['event', 'job', 'flag'] as const)
      for (const point of handOutsOf(kind)) stored.push(await dieAt(scene, point));
    await liveOn(scene);
    expectRight(
      scene,
      stored.filter((commit) => commit !== null),
    );
  }, 240_000);

  it('a kill at each hand-out of a turn lets every run have its turn, and every step run at most once', async (context) => {
    const scene = await Scene.open(context.onTestFinished, { concurrency: '{ group: x, queue: max }' });
    const stored: string[] = [];
    for (const point of handOutsOf('turn')) stored.push(...(await dieAtTurn(scene, point)));
    await liveOn(scene);
    expectRight(scene, stored);
    expect(scene.runs().every(({ result }) => result !== 'canceled')).toBe(true);
  }, 240_000);
});

/** One run, which passed with each of its steps run once, or says in which step it was lost, or that it was lost thrice before; none for an event that three kills kept from being looked at. */
function expectEnded(scene: Scene, commit: string): void {
  const { events, runs, jobs, effects, flags } = scene.fateOf(commit);
  if (events[0]?.state === 'parked') {
    expect([events.length, events[0].note, runs]).toEqual([1, 'the server stopped each time it was looked at', []]);
    return;
  }
  expect(events).toMatchObject([{ state: 'done' }]);
  expect(runs).toHaveLength(1);
  const result = runs[0]?.result;
  if (result === 'success') expect(effects.map((effect) => effect.split(' ')[1])).toEqual(['one', 'two', 'three']);
  else expect(jobs.map(({ reason }) => reason).join()).toMatch(/lost in step|given up after 3 tries/);
  expect(flags).toMatchObject([{ status: result === 'success' ? 'success' : 'error' }]);
}
