/** The verbs that list, get, put and compare server-side pipelines. */
import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { sampleProject } from '../api/samples.js';
import { GOOD_PIPELINE } from '../projects/open-projects.js';
import { openScene, type Scene } from './scene.js';

const CHANGED = `${GOOD_PIPELINE}# changed\n`;

async function sceneWithPipeline() {
  const opened = await openScene();
  const projectId = await sampleProject(opened.api);
  const path = `/api/v1/projects/${projectId}/pipelines/ci`;
  const put = (text: string) => opened.api.ask('PUT', path, { token: opened.token, body: { text } });
  await put(GOOD_PIPELINE);
  return { ...opened, put, textNow: async () => (await opened.api.ask('GET', path, opened)).json['text'] as string };
}

async function write(scene: Scene, text: string): Promise<void> {
  await writeFile(`${scene.home}/ci.yml`, text);
}

describe('pipelines list', () => {
  it('shows them in a table, and one object per line for scripts', async () => {
    const { scene } = await sceneWithPipeline();
    const { out } = await scene.say('pipelines list lab');
    expect(out).toMatch(/^PIPELINE +VERSION +STATE +CHANGED +DECLARED BY\nci +1 +enabled /);
    const lines = (await scene.say('pipelines list lab --json')).out.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([{ name: 'ci', version: 1 }]);
  });

  it('says when there is none, and which project was meant', async () => {
    const { api, scene } = await openScene();
    await sampleProject(api);
    expect((await scene.say('pipelines list lab')).err).toBe('lab has no server-side pipeline.\n');
    expect(await scene.say('pipelines list labb')).toMatchObject({
      code: 5,
      err: expect.stringContaining('Did you mean lab?') as string,
    });
  });
});

describe('pipelines get', () => {
  it('prints the text byte for byte', async () => {
    const { scene } = await sceneWithPipeline();
    expect(await scene.say('pipelines get lab ci')).toMatchObject({ code: 0, out: GOOD_PIPELINE });
  });

  it('writes it into a file', async () => {
    const { scene } = await sceneWithPipeline();
    expect((await scene.say('pipelines get lab ci -o ci.yml')).out).toBe('Version 1 of ci is in ci.yml.\n');
    expect(await scene.file('ci.yml')).toBe(GOOD_PIPELINE);
  });

  it('of one that is not there ends with 5', async () => {
    const { scene } = await sceneWithPipeline();
    expect(await scene.say('pipelines get lab nightly')).toMatchObject({
      code: 5,
      err: expect.stringContaining('no-such-pipeline') as string,
    });
  });
});

describe('pipelines put', () => {
  it('replaces what was got, again and again', async () => {
    const { scene, textNow } = await sceneWithPipeline();
    await scene.say('pipelines get lab ci -o ci.yml');
    await write(scene, CHANGED);
    expect((await scene.say('pipelines put lab ci ci.yml')).out).toBe('Pipeline ci of lab is version 2 now.\n');
    const piped = await scene.say('pipelines put lab ci -', { input: GOOD_PIPELINE });
    expect(piped.out).toBe('Pipeline ci of lab is version 3 now.\n');
    expect(await textNow()).toBe(GOOD_PIPELINE);
  });

  it('makes one that is not there', async () => {
    const { scene } = await sceneWithPipeline();
    const { code, out } = await scene.say('pipelines put lab nightly', { input: GOOD_PIPELINE });
    expect([code, out]).toEqual([0, 'Pipeline nightly of lab is version 1 now.\n']);
  });

  it('keeps what somebody else changed meanwhile, and says what to do', async () => {
    const { scene, put, textNow } = await sceneWithPipeline();
    await scene.say('pipelines get lab ci');
    await put(CHANGED);
    await write(scene, `${GOOD_PIPELINE}# mine\n`);
    const { code, err } = await scene.say('pipelines put lab ci ci.yml');
    expect([code, err]).toEqual([5, expect.stringContaining('pagure-actions pipelines diff lab ci ci.yml shows')]);
    expect(await textNow()).toBe(CHANGED);
    expect((await scene.say('pipelines put lab ci ci.yml --force')).code).toBe(0);
    expect(await textNow()).toContain('# mine');
  });

  it('does not replace what was never got', async () => {
    const { scene, textNow } = await sceneWithPipeline();
    const { code, err } = await scene.say('pipelines put lab ci', { input: CHANGED });
    expect([code, err]).toEqual([2, expect.stringContaining('you have not got it yet')]);
    expect(await textNow()).toBe(GOOD_PIPELINE);
  });

  it('of a broken text says what is wrong, by its place', async () => {
    const { scene } = await sceneWithPipeline();
    const { code, err } = await scene.say('pipelines put lab new', { input: 'onn: push\njobs: {}\n' });
    expect(code).toBe(5);
    expect(err).toMatch(/\n {2}\S+:1:1: .*\[[a-z-]+\]/);
  });

  it('calls the places of problems by the file, errors and warnings apart', async () => {
    const { scene } = await sceneWithPipeline();
    await write(scene, GOOD_PIPELINE.replace('on: push', 'on: [push, release]').replace('run:', 'runn:'));
    const refused = await scene.say('pipelines put lab new ci.yml');
    const lines = refused.err.split('\n').slice(1);
    expect([refused.code, lines.shift()]).toEqual([5, expect.stringMatching(/^ {2}ci\.yml:1:12: warning: .*\]$/)]);
    expect(lines[0]).toMatch(/^ {2}ci\.yml:\d+:\d+: (?!warning).* \[[a-z-]+\]$/);
    await write(scene, GOOD_PIPELINE.replace('on: push', 'on: [push, release]'));
    const taken = await scene.say('pipelines put lab new ci.yml');
    expect([taken.code, taken.err]).toEqual([0, expect.stringMatching(/^ci\.yml:1:12: warning: .*\]\n$/)]);
  });

  it('with a token that may not ends with 5', async () => {
    const { api, scene } = await openScene('read');
    await sampleProject(api);
    expect(await scene.say('pipelines put lab new', { input: GOOD_PIPELINE })).toMatchObject({
      code: 5,
      err: expect.stringContaining('role-missing') as string,
    });
  });
});

describe('pipelines diff', () => {
  it('ends with 0 and says nothing when there is no difference', async () => {
    const { scene } = await sceneWithPipeline();
    await write(scene, GOOD_PIPELINE);
    expect(await scene.say('pipelines diff lab ci ci.yml')).toEqual({ code: 0, out: '', err: '' });
  });

  it('ends with 1 and shows the difference as a patch', async () => {
    const { scene } = await sceneWithPipeline();
    const { code, out } = await scene.say('pipelines diff lab ci -', { input: CHANGED });
    expect(code).toBe(1);
    expect(out).toMatch(/^--- ci version 1\n\+\+\+ -\n@@ .* @@\n[^]*\n\+# changed\n$/);
  });

  it('compares two versions', async () => {
    const { scene, put } = await sceneWithPipeline();
    await put(CHANGED);
    const { code, out } = await scene.say('pipelines diff lab ci --from 1 --to 2');
    expect([code, out]).toEqual([1, expect.stringContaining('+# changed\n')]);
    expect((await scene.say('pipelines diff lab ci --to 2')).code).toBe(0);
  });
});

describe('pipelines run', () => {
  it('tells what the server says against it', async () => {
    const { scene } = await sceneWithPipeline();
    const answer = await scene.say('pipelines run lab ci --ref nowhere --input where=here');
    expect([answer.code, answer.err]).toEqual([5, expect.stringContaining('no-such-ref')]);
    expect(await scene.say('pipelines run lab ci --input here')).toMatchObject({ code: 2 });
  });
});
