/** The real program is killed at named points and started again: nothing is forgotten, run twice or left wrong. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Boot } from './boot.js';
import type { CrashPoint } from './crash-point.js';
import { isAlive, programsIn } from './programs-in.js';
import type { Scene } from './scene.js';
import { HALF_WAY } from './scene.js';
import { ScenePool } from './scene-pool.js';

interface Case {
  readonly name: string;
  /** Where it kills itself, or waits to be killed. */
  readonly points?: readonly CrashPoint[];
  /** What is done around the push for it to die; by default nothing. */
  readonly kill?: (scene: Scene, boot: Boot) => Promise<string>;
  /** The second step never ends by itself. */
  readonly gated?: true;
  /** Lines of steps as `<job>-<attempt> <step>`. */
  readonly effects: readonly string[];
  /** Null for a run that passes. */
  readonly lostIn: string | null;
}

const killAt = (at: string, more: Partial<CrashPoint> = {}): CrashPoint => ({ at, then: 'kill', ...more });
const holdAt = (kind: string): CrashPoint => ({ at: 'before hand-out', having: kind, then: 'hold' });
const FIRST = ['1-1 one', '1-1 two'];
const AT_LAST = expect.stringMatching(/^2-[12] three$/) as string;
const PASSED = { effects: ['1-1 one', '1-1 two', '2-1 three'], lostIn: null };
const TRIED_AGAIN = { effects: ['1-2 one', '1-2 two', '2-1 three'], lostIn: null };
const LOST_IN_TWO = { effects: ['1-1 one', '1-1 two'], lostIn: 'lost in step 2' };

const CASES: readonly Case[] = [
  { name: 'after accept, before the answer', points: [killAt('after store.commitPrepared')], ...PASSED },
  {
    name: 'after accept',
    points: [holdAt('event')],
    kill: async (scene, boot) => {
      const pushed = await scene.push();
      boot.signal('SIGKILL');
      return pushed;
    },
    ...PASSED,
  },
  {
    name: 'mid-fetch',
    kill: (scene, boot) => {
      scene.onFetch = () => boot.signal('SIGKILL');
      return scene.push();
    },
    ...PASSED,
  },
  { name: 'after start', points: [killAt('before queue.put', { having: 'job' })], ...PASSED },
  { name: 'after claim', points: [killAt('before git.mirrorPath')], ...TRIED_AGAIN },
  {
    name: 'in the set-up of a job',
    points: [killAt('after link.stepStarted', { having: '"number":0' })],
    ...TRIED_AGAIN,
  },
  {
    name: 'after step started',
    points: [killAt('after link.stepStarted', { having: '"number":1' })],
    effects: [],
    lostIn: 'lost in step 1',
  },
  { name: 'mid-step', points: [killAt('before link.log', { having: HALF_WAY })], gated: true, ...LOST_IN_TWO },
  { name: 'before finish', points: [killAt('before link.finished')], ...LOST_IN_TWO },
  // The next job may have been taken by then: it is taken again, since none of its steps had started.
  { name: 'after finish', points: [killAt('after link.finished')], ...PASSED, effects: [...FIRST, AT_LAST] },
  { name: "before the first flag's POST", points: [holdAt('job'), killAt('before forge.sendFlag')], ...PASSED },
  { name: "after the first flag's POST", points: [holdAt('job'), killAt('after forge.sendFlag')], ...PASSED },
  {
    name: "before the last flag's POST",
    points: [killAt('before forge.sendFlag', { having: '"success"' })],
    ...PASSED,
  },
  { name: "after the last flag's POST", points: [killAt('after forge.sendFlag', { having: '"success"' })], ...PASSED },
  {
    name: 'in the drain',
    points: [killAt('before queue.close')],
    gated: true,
    kill: async (scene, boot) => {
      const pushed = await scene.push();
      await scene.until('step two', () => scene.fateOf(pushed).effects.includes('1-1 two'));
      expect(programsIn(scene.data)).not.toEqual([]);
      boot.signal('SIGTERM');
      return pushed;
    },
    ...LOST_IN_TWO,
  },
];

/** Dies as the case says, and starts again. */
async function dieAndComeBack(scene: Scene, { points = [], kill, gated }: Case): Promise<string> {
  const boot = await scene.alive();
  // Its own event of a new project is looked at: what is counted from here on is of the push.
  await scene.atRest();
  if (gated) scene.closeGate();
  await boot.arm(points);
  const commit = await (kill ? kill(scene, boot) : scene.push());
  expect(await boot.ended).toBe('SIGKILL');
  scene.onFetch = () => undefined;
  scene.openGate();
  const left = programsIn(scene.data);
  await scene.alive();
  await scene.until('the end of what the dead start had begun', () => !left.some(isAlive));
  return commit;
}

describe.concurrent('a program that was killed', { timeout: 240_000 }, () => {
  const pool = new ScenePool();
  beforeAll(() => pool.open(3), 60_000);
  afterAll(() => pool.close(), 60_000);

  it.for(CASES)('$name goes on where it stood', async (one) => {
    await pool.use(async (scene) => {
      const commit = await dieAndComeBack(scene, one);
      await scene.atRest();
      const { events, runs, jobs, effects, flags } = scene.fateOf(commit);
      const result = one.lostIn === null ? 'success' : 'error';
      expect(events).toMatchObject([{ state: 'done' }]);
      expect(runs).toMatchObject([{ state: 'done', result }]);
      expect(jobs.filter(({ state }) => state !== 'done')).toEqual([]);
      if (one.lostIn !== null) expect(jobs[0]?.reason).toContain(one.lostIn);
      expect(effects).toEqual(one.effects);
      expect(flags).toMatchObject([{ status: result }]);
    });
  });
});
