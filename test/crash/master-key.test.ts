/** A start with another master key than the one that the data was sealed under. */
import { expect, it } from 'vitest';
import { Scene } from './scene.js';

it('a start with another master key is refused as a wrong setting, and the right one finds all as it was', async (context) => {
  const scene = await Scene.open(context.onTestFinished);
  await scene.start().listens();
  await scene.stop();
  const other = scene.start(null, { PAGURE_ACTIONS_MASTER_KEY: 'ab'.repeat(32) });
  expect(await other.ended).toBe(2);
  expect(other.output).toContain(`master key: it opens none of the keys and tokens in ${scene.data}`);
  expect(other.output).not.toContain('\n    at ');
  await scene.alive();
  await scene.push();
  await scene.atRest();
  expect(scene.runs()).toMatchObject([{ result: 'success' }]);
});
