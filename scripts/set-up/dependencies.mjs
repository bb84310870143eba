/** The packages of the lock file, and the one native module among them. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { outcomeOf, runQuietly } from './command.mjs';
import { missingCompilers } from './programs.mjs';
import { SetUpError, say } from './say.mjs';

/** npm keeps its own note of what it installed: every package of the lock must be in it, optional ones (of other systems) excepted. */
export function areInstalled(project) {
  const note = join(project, 'node_modules', '.package-lock.json');
  if (!existsSync(note)) return false;
  const wanted = packagesOf(join(project, 'package-lock.json'));
  const found = packagesOf(note);
  return Object.entries(wanted).every(
    ([path, entry]) => path === '' || entry.optional || entry.devOptional || found[path]?.version === entry.version,
  );
}

function packagesOf(lockFile) {
  return JSON.parse(readFileSync(lockFile, 'utf8')).packages;
}

export async function installPackages(project) {
  await runQuietly({
    what: 'installing the packages of package-lock.json',
    argv: ['npm', 'ci', '--ignore-scripts', '--include=dev'],
    cwd: project,
  });
}

/** The package whose native module is used: that of Node.js 22 and newer comes ready made (docs/decisions/0014). */
const NATIVE = Number(process.versions.node.split('.')[0]) >= 22 ? 'better-sqlite3-napi' : 'better-sqlite3';

/** Does it load in the Node.js that runs now? */
export function isNativeModuleUsable(project) {
  try {
    const Database = createRequire(join(project, 'package.json'))(NATIVE);
    new Database(':memory:').close();
    return true;
  } catch {
    return false;
  }
}

/** Takes the prebuilt module where there is one, else compiles it; what compiling needs is checked before. */
export async function makeNativeModule(project) {
  if (NATIVE !== 'better-sqlite3')
    throw new SetUpError(`${NATIVE} brings no SQLite module for this system: Node.js 20.19 compiles one.`);
  const missing = missingCompilers();
  if (missing !== null) return takePrebuilt(project, missing);
  await runQuietly({
    what: 'making the native SQLite module: this may take a minute or two, for it is compiled where no prebuilt one can be had',
    argv: ['npm', 'rebuild', 'better-sqlite3'],
    cwd: project,
  });
}

async function takePrebuilt(project, missing) {
  say(
    `${missing.names.join(', ')} not found, so the native SQLite module cannot be compiled here; looking for a prebuilt one`,
  );
  const program = join(project, 'node_modules', 'prebuild-install', 'bin.js');
  const { code } = await outcomeOf({
    argv: [process.execPath, program],
    cwd: join(project, 'node_modules', 'better-sqlite3'),
  });
  if (code !== 0)
    throw new SetUpError(
      `No prebuilt one can be had. Install what compiling it needs, then try again:\n  ${missing.line}`,
    );
}
