/** Programs that some tests call, installed by themselves on Debian and its kin. */
import { spawnSync } from 'node:child_process';
import { isOnPath } from './programs.mjs';
import { say } from './say.mjs';

/** Each is `{ program, debianPackage }`. Ends this program where they cannot be had. */
export function needPrograms(needed) {
  installMissing(needed.filter(({ program }) => !isOnPath(program)).map(({ debianPackage }) => debianPackage));
}

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
