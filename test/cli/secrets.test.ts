/** The verbs by which secrets are set and held runs approved. */
import { describe, expect, it } from 'vitest';
import { Holds } from '../../src/store/holds.js';
import { Runs } from '../../src/store/runs.js';
import { sampleProject, sampleRun } from '../api/samples.js';
import { openScene } from './scene.js';

const HEAD = 'b'.repeat(40);

async function sceneWithProject() {
  const opened = await openScene();
  return { ...opened, projectId: await sampleProject(opened.api) };
}

describe('secrets', () => {
  it('are set from stdin, listed by name and removed', async () => {
    const { scene } = await sceneWithProject();
    const set = await scene.say(['secrets', 'set', 'lab', 'key', '--ref', 'release/*'], {
      input: 'hunter2-and-more\n',
    });
    expect(set).toMatchObject({
      code: 0,
      out: 'Secret KEY of lab is set: it goes to default branch, tags, release/*.\n',
    });
    const list = await scene.say('secrets list lab');
    expect(list.out).toContain('KEY');
    expect(list.out).not.toContain('hunter2');
    expect(await scene.say('secrets remove lab KEY')).toMatchObject({ out: 'Secret KEY of lab is removed.\n' });
    expect(await scene.say('secrets remove lab KEY')).toMatchObject({ code: 5 });
    expect((await scene.say('secrets list lab')).err).toContain('lab has no secret.');
  });
});

describe('a held run', () => {
  it('shows what it changes and how it is approved, pipelines first', async () => {
    const { api, scene, projectId } = await sceneWithProject();
    const { runId } = await sampleRun(api, projectId, { held: true });
    const hold = (await api.get(Holds).ofRun(runId))!;
    const files = [
      { path: '.pagure/pipelines/ci.yml', added: 3, removed: 1, isPipeline: true },
      { path: 'logo.png', added: null, removed: null, isPipeline: false },
    ];
    const head = (await api.get(Runs).byId(runId))!.resolved.commit!;
    const changes = { head, mergeBase: HEAD, files, more: 0, uses: ['actions/checkout@v4'] };
    await api.store.commit(async (tx) => void (await api.get(Holds).change(tx, hold, { changes })));
    const { out } = await scene.say(`runs approval ${runId}`);
    expect(out).toContain('ci.yml +3 -1\n  logo.png binary\n  uses actions/checkout@v4\n');
    expect(out).toContain(`runs approve ${runId} ${head}`);
  });

  it('is not approved by part of a commit', async () => {
    const { api, scene, projectId } = await sceneWithProject();
    const { runId } = await sampleRun(api, projectId, { held: true });
    const answer = await scene.say(`runs approve ${runId} bbbbbbb`);
    expect(answer).toMatchObject({ code: 5, err: expect.stringContaining('commit-not-whole') as string });
  });
});
