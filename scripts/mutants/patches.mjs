/** The planted bugs: patches against `src/`, each opening with a line that says what it breaks. */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const FOLDER = join('test', 'simulation', 'mutants');

/** All of a project in order of their names: `name`, `file` and `breaks`, the opening line. */
export function listMutants(project) {
  const folder = join(project, FOLDER);
  const names = readdirSync(folder).filter((name) => name.endsWith('.patch'));
  return names.sort().map((name) => {
    const file = join(folder, name);
    return { name: name.replace(/\.patch$/, ''), file, breaks: readFileSync(file, 'utf8').split('\n', 1)[0] };
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
