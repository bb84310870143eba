/**
 * The planted bugs: patches against `src/`, each opening with a line that says what it breaks. A second one, `Theme: NAME`,
 * names the theme without which no history can meet it.
 */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const FOLDER = join('test', 'simulation', 'mutants');

/** All of a project in order of their names: `name`, `file`, `breaks`, the opening line, and `theme`, or null. */
export function listMutants(project) {
  const folder = join(project, FOLDER);
  const names = readdirSync(folder).filter((name) => name.endsWith('.patch'));
  return names.sort().map((name) => {
    const file = join(folder, name);
    const [breaks, second = ''] = readFileSync(file, 'utf8').split('\n', 2);
    const theme = /^Theme: (\w+)$/.exec(second)?.[1] ?? null;
    return { name: name.replace(/\.patch$/, ''), file, breaks, theme };
  });
}

/** Rejects when the patch does not fit the tree any more. */
export async function checkPatch(tree, file) {
  await gitApply(tree, ['--check', file]);
}

export async function applyPatch(tree, file) {
  await gitApply(tree, [file]);
}

/** A repository around the tree must not take part: git would leave out what lies elsewhere in it. */
async function gitApply(tree, args) {
  const env = { ...process.env, GIT_CEILING_DIRECTORIES: dirname(tree) };
  await promisify(execFile)('git', ['apply', ...args], { cwd: tree, env });
}
