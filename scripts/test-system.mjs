/** Runs the tests that need a Debian package, and installs those packages by itself; fails where it cannot. */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { isOnPath } from './set-up/programs.mjs';
import { say } from './set-up/say.mjs';

const PROJECT = resolve(import.meta.dirname, '..');

/** The program that a test calls, and the Debian package that brings it. */
const NEEDED = [
  { program: 'strace', debianPackage: 'strace' },
  { program: 'chromium', debianPackage: 'chromium' },
];

installMissing(NEEDED.filter((each) => !isOnPath(each.program)).map((each) => each.debianPackage));
process.exit(runTests(process.argv.slice(2)));

function installMissing(packages) {
  if (packages.length === 0) return;
  if (!isOnPath('apt-get'))
    giveUp(`These tests need ${packages.join(', ')}, and there is no apt-get here to install it.`);
  say(`installing the Debian packages ${packages.join(', ')}`);
  const install = ['apt-get', 'install', '-y', '--no-install-recommends', ...packages];
  if (call(install) !== 0 && (call(['apt-get', 'update']) !== 0 || call(install) !== 0))
    giveUp(`\`${install.join(' ')}\` failed.`);
}

/** As root, or through sudo where it asks for no password. */
function call(argv) {
  const whole = process.getuid?.() === 0 ? argv : ['sudo', '-n', ...argv];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync(whole[0], whole.slice(1), { env, stdio: ['ignore', 'ignore', 'inherit'] }).status;
}

function giveUp(message) {
  say(message);
  process.exit(1);
}

function runTests(args) {
  const vitest = resolve(PROJECT, 'node_modules/vitest/vitest.mjs');
  const argv = [vitest, 'run', '--config', 'test/system/vitest.config.ts', ...args];
  return spawnSync(process.execPath, argv, { cwd: PROJECT, stdio: 'inherit' }).status ?? 1;
}
