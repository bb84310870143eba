/** Runs the tests with other versions of Node.js, each from a copy of the project. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { say } from './set-up/say.mjs';

const PROJECT = resolve(import.meta.dirname, '..');
const VERSIONS = ['22', '24'];

const wanted = process.argv.length > 2 ? process.argv.slice(2) : VERSIONS;
const failed = wanted.filter((version) => !passesWith(version));
say(
  failed.length === 0
    ? `the tests pass with Node.js ${wanted.join(' and ')}`
    : `the tests fail with Node.js ${failed.join(' and ')}`,
);
process.exit(failed.length === 0 ? 0 : 1);

function passesWith(version) {
  const home = join(PROJECT, '.cache', `node-${version}`);
  const node = installNode(home, version);
  say(`Node.js ${execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()}`);
  const copy = copyProject(join(home, 'project'));
  const env = { ...process.env, PATH: `${dirname(node)}:${process.env.PATH}` };
  return ['scripts/set-up.mjs', 'node_modules/vitest/vitest.mjs'].every((script) => {
    const args = script.endsWith('vitest.mjs') ? [script, 'run'] : [script];
    return spawnSync(node, args, { cwd: copy, env, stdio: 'inherit' }).status === 0;
  });
}

/** The npm package `node` brings the program. */
function installNode(home, version) {
  const node = join(home, 'node_modules/node/bin/node');
  if (existsSync(node)) return node;
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, 'package.json'), JSON.stringify({ private: true }));
  say(`installing Node.js ${version} into .cache/`);
  npm(['install', '--no-save', '--no-package-lock', `node@${version}`], home);
  if (!existsSync(node)) throw new Error(`the package node@${version} did not bring ${node}`);
  return node;
}

/** What git knows, as it stands now, and the packages, as hard links. */
function copyProject(copy) {
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(copy, { recursive: true });
  for (const file of execFileSync('git', ['ls-files', '-z'], { cwd: PROJECT, encoding: 'utf8' }).split('\0')) {
    if (file !== '' && existsSync(join(PROJECT, file))) cpSync(join(PROJECT, file), join(copy, file));
  }
  execFileSync('cp', ['-al', 'node_modules', join(copy, 'node_modules')], { cwd: PROJECT });
  return copy;
}

function npm(args, cwd) {
  const { status } = spawnSync('npm', args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error(`npm ${args.join(' ')} failed`);
}
