import { execFileSync } from 'node:child_process';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { aJob, aRun } from './answers.js';
import { openStub, Scene, signedIn, type Surroundings } from './scene.js';

afterEach(() => void vi.restoreAllMocks());

/** What is offered where the cursor stands behind these words; '' at the end for a new word. */
async function offered(scene: Scene, words: readonly string[], around: Surroundings = {}): Promise<readonly string[]> {
  const lines: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
  expect((await scene.say(['complete', '--', ...words], around)).code).toBe(0);
  expect(lines.pop()).toBe(':4');
  return lines;
}

const values = (lines: readonly string[]) => lines.map((line) => line.split('\t')[0]);

const signedOut = () => new Scene('http://127.0.0.1:10001');

describe('completion', () => {
  it('offers the verbs, and what they do', async () => {
    const lines = await offered(signedOut(), ['']);
    expect(values(lines)).toEqual([
      'serve',
      'send',
      'lint',
      'plan',
      'run',
      'dev',
      'login',
      'logout',
      'projects',
      'pipelines',
      'secrets',
      'events',
      'runs',
      'logs',
      'completion',
    ]);
    expect(lines).toContain('runs\tLook at runs, watch them, cancel them, run them again.');
  });

  it.each([
    [['ru'], ['run', 'runs']],
    [
      ['runs', ''],
      ['list', 'show', 'explain', 'watch', 'cancel', 'rerun', 'approval', 'approve'],
    ],
    [['runs', 'list', '--st'], ['--state']],
    [
      ['runs', 'list', '--state', ''],
      ['waiting', 'queued', 'running', 'done'],
    ],
    [['completion', 'z'], ['zsh']],
    [['nothing', ''], []],
  ])('offers behind %j %j', async (words, says) => {
    expect(values(await offered(signedOut(), words))).toEqual(says);
  });

  it('offers names and ids of the server', async () => {
    const { scene } = await openStub(({ url }) => {
      const [path = ''] = url.replace('/api/v1/', '').split('?');
      const answers: Record<string, object> = {
        projects: {
          items: [
            { id: 1, fullname: 'lab' },
            { id: 2, fullname: 'rpms/bash' },
          ],
        },
        'projects/1/pipelines': { items: [{ name: 'ci', version: 3 }] },
        runs: { items: [aRun({ title: 'a: b' })] },
        'runs/7': aRun({ jobs: [aJob({ id: 1, key: 'build', state: 'done', result: 'success' })] }),
        events: { items: [{ id: 12, topic: 'git.receive', summary: 'alice pushed' }] },
      };
      return { body: answers[path] };
    });
    const around = signedIn(scene);
    expect(values(await offered(scene, ['projects', 'show', ''], around))).toEqual(['lab', 'rpms/bash']);
    expect(values(await offered(scene, ['runs', 'list', '--project', 'r'], around))).toEqual(['rpms/bash']);
    expect(await offered(scene, ['pipelines', 'get', 'lab', ''], around)).toEqual(['ci\tversion 3']);
    expect(await offered(scene, ['runs', 'watch', ''], around)).toEqual(['7\tqueued, ci 3 of lab, a b']);
    expect(await offered(scene, ['logs', '-f', '7', ''], around)).toEqual(['build\tsuccess']);
    expect(await offered(scene, ['events', 'show', '1'], around)).toEqual(['12\tgit.receive, alice pushed']);
  });

  it('offers the pipelines of the repository', async () => {
    const scene = signedOut();
    for (const file of ['.git/HEAD', '.pagure/pipelines/ci.yml', '.pagure/pipelines/$(touch x).yml', 'src/x'])
      await scene.write(file, '');
    expect(values(await offered(scene, ['lint', '']))).toEqual(['.pagure/pipelines/ci.yml']);
    expect(values(await offered(scene, ['lint', '.pagure/pipelines/ci.yml', '.']))).toEqual([
      '.pagure/pipelines/ci.yml',
    ]);
    expect(values(await offered(scene, ['plan', ''], { folder: 'src' }))).toEqual(['../.pagure/pipelines/ci.yml']);
    expect(values(await offered(scene, ['plan', '--to']))).toEqual(['--topic']);
  });

  it('offers nothing that a shell could run', async () => {
    const names = ['$(touch x)', '`id`', 'a b', '-rf', 'a;b', "a'b", 'a\nb', 'good'];
    const items = names.map((fullname, id) => ({ id, fullname }));
    const { scene } = await openStub(() => ({ body: { items } }));
    expect(values(await offered(scene, ['projects', 'show', ''], signedIn(scene)))).toEqual(['good']);
    const run = aRun({ title: '$(touch x) `id` \u001b[2J\n:4' });
    const other = await openStub(() => ({ body: { items: [run] } }));
    const [line] = await offered(other.scene, ['runs', 'show', ''], signedIn(other.scene));
    expect(line).toMatch(/^7\tqueued, ci 3 of lab, [^$`\u001b\n:]*$/);
  });

  it('says nothing when the server does not answer', async () => {
    expect(await offered(signedOut(), ['runs', 'show', ''], signedIn(signedOut()))).toEqual([]);
    const { scene } = await openStub(() => 'silence');
    expect(await offered(scene, ['runs', 'show', ''], signedIn(scene))).toEqual([]);
  });

  it.each(['bash', 'zsh', 'fish'])('prints a script for %s that asks the program', async (shell) => {
    const print = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    expect((await signedOut().say(`completion ${shell}`)).code).toBe(0);
    expect(String(print.mock.calls[0]?.[0])).toMatch(/pagure-actions complete --/);
  });

  it('works in a real bash', async () => {
    const print = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    await signedOut().say('completion bash');
    const script = `
      _get_comp_words_by_ref() { words=("\${COMP_WORDS[@]}"); cword=$COMP_CWORD; cur="\${COMP_WORDS[COMP_CWORD]}"; }
      compopt() { :; }
      pagure-actions() { [ "$*" = "complete -- runs ''" ] || [ "$*" = 'complete -- runs ' ] && printf 'list\\tList runs.\\nshow\\tShow: one.\\n:4\\n'; }
      ${String(print.mock.calls[0]?.[0])}
      COMP_WORDS=(pagure-actions runs ''); COMP_CWORD=2
      __pagure_actions_complete
      echo "\${COMPREPLY[*]}"`;
    expect(execFileSync('bash', ['--norc', '-c', script], { encoding: 'utf8' })).toBe('list show\n');
  });
});
