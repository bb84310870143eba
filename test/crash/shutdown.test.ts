/** SIGTERM, and a second server on the same data folder. */
import { describe, expect, it } from 'vitest';
import { programsIn } from './programs-in.js';
import { Scene } from './scene.js';

const isInStepTwo = (scene: Scene) => () => scene.effects().some(({ step }) => step === 'two');

describe.concurrent('SIGTERM', { timeout: 240_000 }, () => {
  it('lets a running job end and starts no other, which the next start does', async (context) => {
    const scene = await Scene.open(context.onTestFinished);
    scene.closeGate();
    const first = scene.start();
    await first.listens();
    const commit = await scene.push();
    await scene.until('step two', isInStepTwo(scene));
    first.signal('SIGTERM');
    await first.says('Stopping');
    scene.openGate();
    expect(await first.ended).toBe(0);
    expect(scene.jobs()).toMatchObject([{ result: 'success' }, { state: 'queued', attempt: 0 }]);
    await scene.start().listens();
    await scene.atRest();
    expect(scene.fateOf(commit).effects).toEqual(['1-1 one', '1-1 two', '2-1 three']);
    expect(scene.pagure.flagsOf(commit)).toMatchObject([{ status: 'success' }]);
  });

  it('ends a job whose step had begun in error when the drain time is over', async (context) => {
    const scene = await Scene.open(context.onTestFinished, { drain: '1s' });
    scene.closeGate();
    const first = scene.start();
    await first.listens();
    const commit = await scene.push();
    await scene.until('step two', isInStepTwo(scene));
    first.signal('SIGTERM');
    expect(await first.ended).toBe(0);
    expect(programsIn(scene.data)).toEqual([]);
    expect(scene.jobs()[0]).toMatchObject({ result: 'error', reason: expect.stringContaining('lost in step 2') });
    await scene.start().listens();
    await scene.atRest();
    expect(scene.fateOf(commit).effects).toEqual(['1-1 one', '1-1 two']);
    expect(scene.pagure.flagsOf(commit)).toMatchObject([{ status: 'error' }]);
  });

  it('puts a job back of which no step had begun, at no cost to it', async (context) => {
    const scene = await Scene.open(context.onTestFinished, { drain: '1s' });
    const first = scene.start({ points: [{ at: 'before link.stepStarted', having: '"number":1', then: 'hold' }] });
    await first.listens();
    const commit = await scene.push();
    await first.says('held before link.stepStarted');
    first.signal('SIGTERM');
    await scene.until('the job put back', () => scene.jobs()[0]?.state === 'queued');
    first.signal('SIGUSR2');
    expect(await first.ended).toBe(0);
    expect(scene.jobs()).toMatchObject([{ state: 'queued', attempt: 1, tries: 0 }]);
    await scene.start().listens();
    await scene.atRest();
    expect(scene.fateOf(commit).effects).toEqual(['1-2 one', '1-2 two', '2-1 three']);
    expect(scene.pagure.flagsOf(commit)).toMatchObject([{ status: 'success' }]);
  });
});

describe.concurrent('a second server on one data folder', { timeout: 240_000 }, () => {
  it('waits for the drain time, then refuses and names the folder; the first works on', async (context) => {
    const scene = await Scene.open(context.onTestFinished, { drain: '1s' });
    await scene.start().listens();
    const second = scene.start();
    await second.says('waiting');
    expect(await second.ended).toBe(2);
    expect(second.output).toContain(scene.data);
    expect(await scene.tell(scene.commit())).toBe(202);
  });

  it('goes on when the first ends in that time', async (context) => {
    const scene = await Scene.open(context.onTestFinished);
    const first = scene.start();
    await first.listens();
    const second = scene.start();
    await second.says('waiting');
    first.signal('SIGTERM');
    expect(await first.ended).toBe(0);
    await second.listens();
    expect(await scene.tell(scene.commit())).toBe(202);
  });
});
