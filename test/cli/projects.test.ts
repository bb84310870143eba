/** The verbs that show projects and events, and replay or release an event. */
import { describe, expect, it } from 'vitest';
import { sampleEvent, sampleProject, sampleRun } from '../api/samples.js';
import { openScene } from './scene.js';

describe('projects list', () => {
  it('shows what the token sees in a table', async () => {
    const { api, scene } = await openScene();
    await sampleProject(api, 'lab');
    await sampleProject(api, 'rpms/bash', true);
    expect((await scene.say('projects list')).out).toMatchInlineSnapshot(`
      "ID  PROJECT    INSTANCE                    STATE    CHANGED  NOTES
       2  rpms/bash  https://pagure.example.org  public   3m ago   It has no token of the forge, so no flags are shown there: set "token".
       1  lab        https://pagure.example.org  private  3m ago   It has no token of the forge, so no flags are shown there: set "token".
      "
    `);
  });

  it('prints the objects of the API for scripts, one per line', async () => {
    const { api, scene, token } = await openScene();
    await sampleProject(api, 'lab');
    await sampleProject(api, 'rpms/bash');
    const lines = (await scene.say('projects list --json')).out.trimEnd().split('\n');
    const { items } = (await api.ask('GET', '/api/v1/projects', { token })).json as { items: object[] };
    expect(lines.map((line) => JSON.parse(line) as object)).toEqual(items);
  });

  it('fits a narrow terminal', async () => {
    const { api, scene } = await openScene();
    await sampleProject(api, 'forks/somebody/with-a-long-name');
    const { out } = await scene.say('projects list', { columns: 40, env: { NO_COLOR: '1' } });
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(40);
  });

  it('says when there is none', async () => {
    const { scene } = await openScene();
    expect(await scene.say('projects list')).toEqual({
      ...{ code: 0, out: '' },
      err: 'There is no project yet, or the token sees none.\n',
    });
  });
});

describe('projects show', () => {
  it('finds it by its full name and by its id', async () => {
    const { api, scene } = await openScene();
    const id = await sampleProject(api, 'rpms/bash');
    const { out } = await scene.say('projects show rpms/bash');
    expect(out).toMatchInlineSnapshot(`
      "rpms/bash (project 1)
      on               https://pagure.example.org
      state            private
      web-hook keys    added 3m ago
      token of Pagure  none
      settings         allowSha1: false, checkout: true, flags: pipeline, required: [], summaryComment: false, commands: {}, strangers: approval, untrustedJobs: 4, untrustedJobsPerPullRequest: 2
      changed          3m ago
      ! It has no token of the forge, so no flags are shown there: set "token".
      "
    `);
    expect((await scene.say(`projects show ${id}`)).out).toBe(out);
    expect(JSON.parse((await scene.say(`projects show ${id} --json`)).out)).toMatchObject({
      id,
      fullname: 'rpms/bash',
    });
  });

  it('of one that is not there ends with 5', async () => {
    const { scene } = await openScene();
    expect(await scene.say('projects show lab')).toMatchObject({
      code: 5,
      err: 'error: there is no project lab, or the token does not see it\n',
    });
  });
});

describe('events show', () => {
  it('shows the event, and why each pipeline did or did not start', async () => {
    const { api, scene } = await openScene();
    const { eventId } = await sampleRun(api, await sampleProject(api));
    expect((await scene.say(`events show ${eventId}`)).out).toMatchInlineSnapshot(`
      "event 1: alice pushed to main
      topic    git.receive
      kind     push
      ref      refs/heads/main
      commit   bbbbbbbb
      actor    alice
      verdict  ok
      state    done
      when     2026-11-24T12:00:00.000Z (3m ago)

      PIPELINE   DECISION  RUN  WHY
      server:ci  started     1  a push
      "
    `);
  });

  it('prints the object of the API for scripts', async () => {
    const { api, scene, token } = await openScene();
    const eventId = await sampleEvent(api, await sampleProject(api));
    const { out } = await scene.say(`events show ${eventId} --json`);
    expect(JSON.parse(out)).toEqual((await api.ask('GET', `/api/v1/events/${eventId}`, { token })).json);
  });
});

describe('events replay and release', () => {
  it('of what cannot be says why and ends with 5', async () => {
    const { api, scene } = await openScene();
    const eventId = await sampleEvent(api, await sampleProject(api));
    expect(await scene.say(`events replay ${eventId}`)).toMatchObject({
      code: 5,
      err: expect.stringContaining('event-undecided') as string,
    });
    expect(await scene.say(`events release ${eventId}`)).toMatchObject({
      code: 5,
      err: expect.stringContaining('event-not-stale') as string,
    });
  });
});
