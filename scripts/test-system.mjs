/** Runs the tests that need a Debian package, and installs those packages by itself; fails where it cannot. */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { needPrograms } from './set-up/debian.mjs';

const PROJECT = resolve(import.meta.dirname, '..');

needPrograms([
  { program: 'strace', debianPackage: 'strace' },
  { program: 'chromium', debianPackage: 'chromium' },
  { program: 'ssh-keygen', debianPackage: 'openssh-client' },
  { program: '/usr/sbin/sshd', debianPackage: 'openssh-server' },
]);
process.exit(runTests(process.argv.slice(2)));

function runTests(args) {
  const vitest = resolve(PROJECT, 'node_modules/vitest/vitest.mjs');
  const argv = [vitest, 'run', '--config', 'test/system/vitest.config.ts', ...args];
  return spawnSync(process.execPath, argv, { cwd: PROJECT, stdio: 'inherit' }).status ?? 1;
}
