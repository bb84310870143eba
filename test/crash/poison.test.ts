/** A row that ends the program each time it is looked at is parked or put off after three tries, and everything else goes on. */
import { describe, expect, it } from 'vitest';
import { SystemClock } from '../../src/kernel/clock.js';
import type { CrashPoint } from './crash-point.js';
import { Scene } from './scene.js';

/** Its project's own event was looked at in an earlier start. */
async function openRegistered(onEnd: Parameters<typeof Scene.open>[0]): Promise<Scene> {
  const scene = await Scene.open(onEnd);
  await scene.alive();
  await scene.atRest();
  await scene.stop();
  return scene;
}

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

describe.concurrent('poison', { timeout: 240_000 }, () => {
  it('of an event is parked, and the events that came with it are looked at', async (context) => {
    const scene = await openRegistered(context.onTestFinished);
    const first = scene.start({ points: [{ at: 'before hand-out', having: 'event', then: 'hold' }] });
    await first.listens();
    const [poison, other] = [await scene.push(), await scene.push()];
    first.signal('SIGKILL');
    await first.ended;
    expect(await deathsUntilItLives(scene, [{ at: 'before git.listFolder', having: poison, then: 'kill' }])).toBe(3);
    const note = expect.stringContaining('stopped');
    const { events, ...rest } = scene.fateOf(poison);
    expect(await scene.api(`/api/v1/events/${events[0]!.id}`)).toMatchObject({ state: 'parked', note });
    expect(rest).toMatchObject({ runs: [], flags: [] });
    const later = await scene.push();
    await scene.atRest();
    for (const commit of [other, later]) expect(scene.fateOf(commit).flags).toMatchObject([{ status: 'success' }]);
  });

  it('of a job ends it in error, shown on the forge, and other runs go on', async (context) => {
    const scene = await openRegistered(context.onTestFinished);
    const { poison, points } = await pushPoison(scene, 'before runner.run');
    expect(await deathsUntilItLives(scene, points)).toBe(2);
    const { jobs, flags } = scene.fateOf(poison);
    expect(jobs[0]).toMatchObject({ result: 'error', reason: expect.stringContaining('given up after 3 tries') });
    expect(flags).toMatchObject([{ status: 'error' }]);
    const other = await scene.push();
    await scene.atRest();
    expect(scene.fateOf(other).flags).toMatchObject([{ status: 'success' }]);
  });

  it('of a flag puts it off, and other flags are sent', async (context) => {
    const scene = await openRegistered(context.onTestFinished);
    const { poison, points } = await pushPoison(scene, 'before forge.sendFlag');
    const soon = new SystemClock().now() + 10 * 60_000;
    const isPutOff = () => scene.flags()[0]!.dueAt! > soon && scene.runs().every(({ state }) => state === 'done');
    let deaths = 1;
    for (let isAtPeace = false; !isAtPeace; deaths += isAtPeace ? 0 : 1) {
      const boot = scene.start({ points });
      await scene.until('death or peace', () => boot.isDead || (boot.isListening && isPutOff()));
      isAtPeace = !boot.isDead;
    }
    // One more for each other state that its run wanted meanwhile: that it runs, and how it ended.
    expect([3, 4, 5]).toContain(deaths);
    const other = await scene.push();
    await scene.until('the other flag', () => scene.fateOf(other).flags[0]?.status === 'success');
    expect(scene.fateOf(poison).flags).toEqual([]);
    expect(scene.flags()[0]).toMatchObject({ pausedReason: null, lastError: expect.stringContaining('stopped') });
  });
});
