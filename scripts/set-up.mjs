/** What `npm start`, `npm test` and `npm run demo` do first: everything a fresh clone needs, and nothing when all is there. */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildOutput, isBuilt } from './set-up/build.mjs';
import { areInstalled, installPackages, isNativeModuleUsable, makeNativeModule } from './set-up/dependencies.mjs';
import { withLock } from './set-up/lock.mjs';
import { checkPrograms } from './set-up/programs.mjs';
import { SetUpError, say } from './set-up/say.mjs';

const PROJECT = resolve(import.meta.dirname, '..');

/** Safe to call at any time and by several processes at once: one works, the others wait and find all done. */
export async function setUp(project) {
  checkPrograms();
  if (isReady(project)) return;
  await withLock(project, () => makeReady(project));
}

function isReady(project) {
  return areInstalled(project) && isNativeModuleUsable(project) && isBuilt(project);
}

async function makeReady(project) {
  if (!areInstalled(project)) await installPackages(project);
  if (!isNativeModuleUsable(project)) await makeNativeModule(project);
  if (!isBuilt(project)) await buildOutput(project);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  setUp(PROJECT).catch((error) => {
    say(error instanceof SetUpError ? error.message : String(error?.stack ?? error));
    process.exit(1);
  });
}
