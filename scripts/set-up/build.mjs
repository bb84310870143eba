/** The compiled program in `dist/`, built again when anything it is made of has changed. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleProgram } from './bundle.mjs';
import { runQuietly } from './command.mjs';

const SOURCES = [
  'src',
  'migrations',
  'bench',
  'test/stand-in',
  'test/simulation',
  'test/crash',
  'test/system',
  'tsconfig.json',
  'tsconfig.build.json',
  'nest-cli.json',
  'package-lock.json',
];
const NOTE = join('dist', '.built-from');

/** The build leaves a note of its sources as its last act, so that half a build never counts. */
export function isBuilt(project) {
  const note = join(project, NOTE);
  return existsSync(note) && readFileSync(note, 'utf8') === fingerprint(project);
}

export async function buildOutput(project) {
  const before = fingerprint(project);
  const nest = join(project, 'node_modules', '@nestjs', 'cli', 'bin', 'nest.js');
  await runQuietly({ what: 'building the program', argv: [process.execPath, nest, 'build'], cwd: project });
  await bundleProgram(join(project, 'dist/src/main.js'), join(project, 'dist/bin'));
  writeFileSync(join(project, NOTE), before);
}

/** Changes when a source is changed, added, removed or exchanged. */
export function fingerprint(project) {
  const hash = createHash('sha256');
  for (const source of SOURCES) addTo(hash, project, source);
  return hash.digest('hex');
}

function addTo(hash, project, path) {
  const facts = statSync(join(project, path), { throwIfNoEntry: false });
  if (facts === undefined) return;
  if (!facts.isDirectory()) hash.update(`${path} ${facts.size} ${facts.mtimeMs}\n`);
  else for (const name of readdirSync(join(project, path)).sort()) addTo(hash, project, `${path}/${name}`);
}
