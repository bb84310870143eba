/** Copies of what the simulation is made of, each built in a folder of its own. */
import { execFile } from 'node:child_process';
import { cpSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const PARTS = ['src', 'migrations', 'test/simulation', 'test/stand-in', 'package.json', 'tsconfig.json'];
const CONFIG = 'tsconfig.mutants.json';

/** What is left unused by a planted bug is no fault here; what a patch leaves as it is need not be compiled again. */
const BUILD = {
  extends: './tsconfig.json',
  include: ['test/simulation/hunt.ts'],
  compilerOptions: {
    rootDir: '.',
    outDir: 'dist',
    incremental: true,
    tsBuildInfoFile: 'dist/.built',
    sourceMap: false,
    allowJs: false,
    noUnusedLocals: false,
    noUnusedParameters: false,
  },
};

/** The project as it stands, without a planted bug. */
export async function makeHealthyTree(project, tree) {
  for (const part of PARTS) cpSync(join(project, part), join(tree, part), { recursive: true });
  symlinkSync(join(project, 'node_modules'), join(tree, 'node_modules'));
  writeFileSync(join(tree, CONFIG), JSON.stringify(BUILD));
  await build(tree);
}

/** With what was built in it, and its times, by which the compiler knows what it need not look at. */
export function copyTree(from, to) {
  cpSync(from, to, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
}

/** Plays seeds in a tree that was built, of one theme or of all (null), until one finds something: `{ seed, finding }`. */
export async function huntIn(tree, firstSeed, lastSeed, theme) {
  const hunt = join('dist', 'test', 'simulation', 'hunt.js');
  const args = [hunt, String(firstSeed), String(lastSeed), ...(theme === null ? [] : [theme])];
  const { stdout } = await run(process.execPath, args, { cwd: tree });
  return JSON.parse(stdout);
}

/** Compiles what is not as it was when the tree was built before. */
export async function build(tree) {
  const compiler = join('node_modules', 'typescript', 'bin', 'tsc');
  await run(process.execPath, [compiler, '-p', CONFIG], { cwd: tree }).catch((error) => {
    throw new Error(`it does not compile: ${error.stdout}`);
  });
}
