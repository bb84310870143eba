/** SIGTERM at the listener: not ready any more, and still at the door until the jobs have drained. */
import { describe, expect, it } from 'vitest';
import { Scene } from './scene.js';

const isInStepTwo = (scene: Scene) => () => scene.effects().some(({ step }) => step === 'two');

describe.concurrent('while a job drains after SIGTERM', { timeout: 240_000 }, () => {
  it('the server is not ready, takes deliveries all the same, and the next start does what they ask', async (context) => {
    const scene = await Scene.open(context.onTestFinished);
    scene.closeGate();
    const first = scene.start();
    await first.listens();
    expect((await fetch(`${scene.address}/readyz`)).status).toBe(200);
    await scene.push();
    await scene.until('step two', isInStepTwo(scene));
    first.signal('SIGTERM');
    await first.says('Stopping');
    const answer = await fetch(`${scene.address}/readyz`);
    expect([answer.status, await answer.json()]).toMatchObject([503, { faults: [{ path: 'running' }] }]);
    const later = scene.commit();
    expect(await scene.tell(later)).toBe(202);
    scene.openGate();
    expect(await first.ended).toBe(0);
    await expect(fetch(`${scene.address}/healthz`)).rejects.toThrow();
    await scene.start().listens();
    await scene.atRest();
    expect(scene.fateOf(later).effects).toHaveLength(3);
  });
});
