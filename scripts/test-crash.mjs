/** Runs the long tests of crashes: all of them, or with `--sample` a few; what else is said is passed on to vitest. */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { needPrograms } from './set-up/debian.mjs';

const PROJECT = resolve(import.meta.dirname, '..');

needPrograms([{ program: 'strace', debianPackage: 'strace' }]);
process.exit(runTests(process.argv.slice(2)));

function runTests(args) {
  const vitest = resolve(PROJECT, 'node_modules/vitest/vitest.mjs');
  const rest = args.filter((arg) => arg !== '--sample');
  const argv = [vitest, 'run', '--config', 'test/crash/vitest.config.ts', ...rest];
  const env = { ...process.env, ...(args.includes('--sample') ? { CRASH_SAMPLE: '1' } : {}) };
  return spawnSync(process.execPath, argv, { cwd: PROJECT, env, stdio: 'inherit' }).status ?? 1;
}
