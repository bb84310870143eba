/** The page on local runs: its commands do what it says, on the example that it names. */
import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Tree } from '../cli/run-scene.js';

const PROJECT = resolve(import.meta.dirname, '../..');
const PAGE = readFileSync(join(PROJECT, 'docs/local-run.md'), 'utf8');
const COMMANDS = [...PAGE.matchAll(/^npx pagure-actions run(.*)$/gm)].map((match) => (match[1] ?? '').trim());

/** A repository that holds the example as this one does. */
function example(): Tree {
  const tree = new Tree();
  cpSync(join(PROJECT, 'examples/local-run'), join(tree.folder, 'examples/local-run'), { recursive: true });
  cpSync(join(PROJECT, 'examples/local-run/.pagure'), join(tree.folder, '.pagure'), { recursive: true });
  cpSync(join(PROJECT, 'examples/local-run/words.txt'), join(tree.folder, 'words.txt'));
  execFileSync('chmod', ['-R', 'u+w', tree.folder]);
  return tree.commit();
}

describe('docs/local-run.md', () => {
  it.each(COMMANDS)('run %s succeeds', async (words) => {
    expect((await example().run(words)).code).toBe(0);
  });

  it('shows what the example prints', async () => {
    const { out } = await example().run(COMMANDS.find((words) => words.endsWith('ci.yml')) ?? '');
    const [, picture = ''] = /```text\n([^]*?)```/.exec(PAGE) ?? [];
    const timeless = (text: string) => text.replace(/\d+\.\ds/g, '0.0s');
    expect(timeless(out)).toContain(timeless(picture));
  });
});
