/** The programs that must be on the machine before anything else can work. */
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { SetUpError } from './say.mjs';

const OLDEST_NODE = [20, 19];
const COMPILE_TOOLS = [
  { names: ['python3'], apt: 'python3', dnf: 'python3' },
  { names: ['make', 'gmake'], apt: 'make', dnf: 'make' },
  { names: ['g++', 'c++', 'clang++'], apt: 'g++', dnf: 'gcc-c++' },
];

/** Throws a SetUpError that says what to install. */
export function checkPrograms(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  const isOld = major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1]);
  if (isOld) throw new SetUpError(`Node.js ${OLDEST_NODE.join('.')} or newer is needed; this is ${version}.`);
  if (!isOnPath('git'))
    throw new SetUpError(`git is needed and was not found. Install it with:\n  ${installLine(['git'], ['git'])}`);
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
