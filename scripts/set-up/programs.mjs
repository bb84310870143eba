/** The programs that must be on the machine before anything else can work. */
import { execFileSync } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { SetUpError } from './say.mjs';

const OLDEST_NODE = [20, 19];
/** An older one cannot be told at which address to connect. */
const OLDEST_GIT = [2, 37];
const COMPILE_TOOLS = [
  { names: ['python3'], apt: 'python3', dnf: 'python3' },
  { names: ['make', 'gmake'], apt: 'make', dnf: 'make' },
  { names: ['g++', 'c++', 'clang++'], apt: 'g++', dnf: 'gcc-c++' },
];

/** Throws a SetUpError that says what to install. `git` is what `git version` prints, null when there is none. */
export function checkPrograms(node = process.versions.node, git = printedByGit()) {
  if (isOlder(node, OLDEST_NODE))
    throw new SetUpError(`Node.js ${OLDEST_NODE.join('.')} or newer is needed; this is ${node}.`);
  if (git === null)
    throw new SetUpError(`git is needed and was not found. Install it with:\n  ${installLine(['git'], ['git'])}`);
  const [version = '0.0'] = /\d+\.\d+(\.\d+)*/.exec(git) ?? [];
  if (isOlder(version, OLDEST_GIT))
    throw new SetUpError(`git ${OLDEST_GIT.join('.')} or newer is needed; this is ${version}.`);
}

function printedByGit() {
  return isOnPath('git') ? execFileSync('git', ['version'], { encoding: 'utf8' }) : null;
}

function isOlder(version, oldest) {
  const [major, minor] = version.split('.').map(Number);
  return major < oldest[0] || (major === oldest[0] && minor < oldest[1]);
}

/** What compiling the native module needs and this machine lacks: null, or the line that installs it. */
export function missingCompilers(env = process.env) {
  const missing = COMPILE_TOOLS.filter((tool) => !tool.names.some((name) => isOnPath(name, env)));
  if (missing.length === 0) return null;
  const line = installLine(
    missing.map((tool) => tool.apt),
    missing.map((tool) => tool.dnf),
    env,
  );
  return { names: missing.map((tool) => tool.names[0]), line };
}

function installLine(apt, dnf, env = process.env) {
  const asRoot = process.getuid?.() === 0 ? '' : 'sudo ';
  if (isOnPath('dnf', env) && !isOnPath('apt-get', env)) return `${asRoot}dnf install -y ${dnf.join(' ')}`;
  return `${asRoot}apt-get install -y ${apt.join(' ')}`;
}

export function isOnPath(name, env = process.env) {
  return (env.PATH ?? '').split(delimiter).some((folder) => folder !== '' && isExecutable(join(folder, name)));
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
