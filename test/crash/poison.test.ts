/** A row that ends the program each time it is looked at is parked after three tries, and everything else goes on. */
import { describe, expect, it } from 'vitest';
import type { CrashPoint } from './crash-point.js';
import { Scene } from './scene.js';

/** Starts it until a start lives; how many died. */
async function deathsUntilItLives(scene: Scene, points: readonly CrashPoint[]): Promise<number> {
  for (let deaths = 0; deaths < 6; deaths++) {
    const end = await scene.atRestOrDead(scene.start({ points }));
    if (end === 'at rest') return deaths;
    expect(end).toBe('SIGKILL');
  }
  throw new Error('it dies for ever');
}

/** A push whose row ends the program at `at`; what the program is started with from then on. */
async function pushPoison(scene: Scene, at: string): Promise<{ poison: string; points: readonly CrashPoint[] }> {
  const poison = scene.commit();
  const points = [{ at, having: `"commit":"${poison}"`, then: 'kill' }] as const;
  const first = scene.start({ points });
  await first.listens();
  await scene.tell(poison);
  expect(await first.ended).toBe('SIGKILL');
  return { poison, points };
}

describe.concurrent('poison', { timeout: 60_000 }, () => {
  it('of an event is parked, and the events that came with it are looked at', async (context) => {
    const scene = await Scene.open(context.onTestFinished);
    const first = scene.start({ points: [{ at: 'before hand-out', having: 'event', then: 'hold' }] });
    await first.listens();
    const [poison, other] = [await scene.push(), await scene.push()];
    first.signal('SIGKILL');
    await first.ended;
    expect(await deathsUntilItLives(scene, [{ at: 'before git.listFolder', having: poison, then: 'kill' }])).toBe(3);
    const note = expect.stringContaining('stopped');
    expect(await scene.api('/api/v1/events/1')).toMatchObject({ state: 'parked', note });
    expect(scene.fateOf(poison)).toMatchObject({ runs: [], flags: [] });
    const later = await scene.push();
    await scene.atRest();
    for (const commit of [other, later]) expect(scene.fateOf(commit).flags).toMatchObject([{ status: 'success' }]);
  });

  it('of a job ends it in error, shown on the forge, and other runs go on', async (context) => {
    const scene = await Scene.open(context.onTestFinished);
    const { poison, points } = await pushPoison(scene, 'before runner.run');
    expect(await deathsUntilItLives(scene, points)).toBe(2);
    const { jobs, flags } = scene.fateOf(poison);
    expect(jobs[0]).toMatchObject({ result: 'error', reason: expect.stringContaining('given up after 3 tries') });
    expect(flags).toMatchObject([{ status: 'error' }]);
    const other = await scene.push();
    await scene.atRest();
    expect(scene.fateOf(other).flags).toMatchObject([{ status: 'success' }]);
  });

  it('of a flag pauses it, and other flags are sent', async (context) => {
    const scene = await Scene.open(context.onTestFinished);
    const { points } = await pushPoison(scene, 'before forge.sendFlag');
    expect(await deathsUntilItLives(scene, points)).toBe(2);
    expect(scene.flags()).toMatchObject([{ pausedReason: expect.stringContaining('stopped'), dueAt: null }]);
    const other = await scene.push();
    await scene.atRest();
    expect(scene.fateOf(other).flags).toMatchObject([{ status: 'success' }]);
  });
});
