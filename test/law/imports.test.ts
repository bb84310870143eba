/** The law of imports bites: a small house with one planted violation per file, and the rule that must see it. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOMS } from '../../scripts/rooms.mjs';

const PROJECT = resolve(import.meta.dirname, '../..');

interface Planted {
  readonly title: string;
  readonly file: string;
  readonly text: string;
  /** Name of the rule that turns red; null: this one is allowed. */
  readonly rule: string | null;
}

const PLANTED: readonly Planted[] = [
  plant('a lower room that imports a higher one', 'src/store/up.ts', "import '../runs/top.js';", 'floor-of-store'),
  plant('two rooms of one floor', 'src/triage/beside.ts', "import '../report/top.js';", 'floor-of-triage'),
  plant(
    'a type import upwards',
    'src/model/up.ts',
    "import type { T } from '../store/top.js'; export type U = T;",
    'floor-of-model',
  ),
  plant(
    'a dynamic import upwards',
    'src/git/late.ts',
    "export const late = () => import('../agent/top.js');",
    'floor-of-git',
  ),
  plant('a re-export upwards', 'src/kernel/passed-on.ts', "export * from '../model/top.js';", 'floor-of-kernel'),
  plant('a room that imports the program', 'src/api/program.ts', "import '../main.js';", 'floor-of-api'),
  plant('a room that imports a test', 'src/runs/test.ts', "import '../../test/top.js';", 'floor-of-runs'),
  plant("another room's private folder", 'src/report/deep.ts', "import '../forge/pagure/inside.js';", 'private-folder'),
  plant(
    'a private folder from the top',
    'src/serve.ts',
    "import './forge/pagure/inside.js';",
    'private-folder-from-top',
  ),
  plant('a circle of types', 'src/blobs/a.ts', "import type { B } from './b.js'; export type A = B | 1;", 'no-circle'),
  plant(
    'typeorm outside the store',
    'src/projects/sql.ts',
    "import 'typeorm';",
    'only-here-typeorm-and-the-database-driver',
  ),
  plant('simple-git outside git', 'src/triage/clone.ts', "import 'simple-git';", 'only-here-simple-git'),
  plant(
    'a child process outside process',
    'src/executor/spawn.ts',
    "import 'node:child_process';",
    'only-here-child-processes',
  ),
  plant(
    'an old name of a module of Node',
    'src/executor/old.ts',
    "import 'child_process';",
    'only-here-child-processes',
  ),
  plant('files outside the named rooms', 'src/api/files.ts', "import 'node:fs/promises';", 'only-here-files'),
  plant('HTTP from the top of forge', 'src/forge/ask.ts', "import 'node:https';", 'only-here-http-out'),
  plant('HTTP from inside a forge', 'src/forge/pagure/ask.ts', "import 'node:https';", null),
  plant(
    'the resolver outside egress',
    'src/projects/resolve.ts',
    "import 'node:dns/promises';",
    'only-here-the-resolver-and-sockets',
  ),
  plant('timers of a module', 'src/sweep/wait.ts', "import 'node:timers/promises';", 'only-here-timers'),
  plant(
    'a runner that knows the store',
    'src/runner/row.ts',
    "import type { T } from '../store/top.js'; export type U = T;",
    'narrow-runner',
  ),
  plant(
    'a runner that knows the configuration',
    'src/runner/settings.ts',
    "import '../config/top.js';",
    'narrow-runner',
  ),
  plant('a verb that reads the configuration', 'src/cli/settings.ts', "import '../config/top.js';", 'hidden-from-cli'),
  plant('a side door of the language', 'src/triage/side.ts', "import '../pipeline/inside.js';", 'door-of-pipeline'),
  plant('the door of the language', 'src/triage/front.ts', "import '../pipeline/index.js';", null),
  plant('the language reads a file', 'src/pipeline/read.ts', "import 'node:path';", 'pure-rooms-no-io'),
  plant('the language uses a library of its own', 'src/pipeline/yaml.ts', "import 'yaml';", null),
  plant('the model uses a library', 'src/model/yaml.ts', "import 'yaml';", 'libraries-of-model'),
  plant("a framework in the ground floor's module", 'src/kernel/kernel.module.ts', "import '@nestjs/common';", null),
  plant('a framework in a plain room', 'src/executor/nest.ts', "import '@nestjs/common';", 'no-framework'),
  plant("a framework in a plain room's module", 'src/executor/executor.module.ts', "import '@nestjs/common';", null),
  plant(
    'a framework behind a plain import',
    'src/runner/module.ts',
    "import '../executor/executor.module.js';",
    'no-framework-behind',
  ),
  plant('validation in a verb', 'src/cli/check.ts', "import 'class-validator';", 'no-framework'),
  plant(
    'a migration outside the store',
    'src/sweep/migrate.ts',
    "import '../../migrations/first.js';",
    'migrations-by-store',
  ),
  plant('a migration that reads the code', 'migrations/second.ts', "import '../src/model/top.js';", 'migrations-alone'),
  plant('a program that loads at once', 'src/main.ts', "import './api/top.js';", 'program-imports-late'),
  plant('a package for development', 'src/api/dev.ts', "import 'fast-check';", 'declared-packages'),
];

const HOUSE: Readonly<Record<string, string>> = {
  ...Object.fromEntries(ROOMS.map(({ room }) => [`src/${room}/top.ts`, 'export type T = 1;'])),
  'src/blobs/b.ts': "import type { A } from './a.js'; export type B = A | 2;",
  'src/pipeline/index.ts': 'export const door = 1;',
  'src/pipeline/inside.ts': 'export const inside = 1;',
  'src/forge/pagure/inside.ts': 'export const inside = 1;',
  'migrations/first.ts': 'export const first = 1;',
  'test/top.ts': 'export const top = 1;',
};

function plant(title: string, file: string, text: string, rule: string | null): Planted {
  return { title, file, text, rule };
}

function write(folder: string, file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), `${text}\n`);
}

function buildHouse(): string {
  const folder = mkdtempSync(join(tmpdir(), 'law-'));
  for (const name of ['.dependency-cruiser.mjs', 'package.json', 'tsconfig.json'])
    cpSync(join(PROJECT, name), join(folder, name));
  cpSync(join(PROJECT, 'scripts/rooms.mjs'), join(folder, 'scripts/rooms.mjs'));
  symlinkSync(join(PROJECT, 'node_modules'), join(folder, 'node_modules'));
  for (const [file, text] of Object.entries(HOUSE)) write(folder, file, text);
  for (const { file, text } of PLANTED) write(folder, file, text);
  return folder;
}

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
}

function cruise(folder: string): readonly Violation[] {
  const program = join(PROJECT, 'node_modules/.bin/depcruise');
  const args = ['--config', '.dependency-cruiser.mjs', '--output-type', 'json', 'src', 'migrations'];
  const output = execFileSync(program, args, { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 26 });
  return (JSON.parse(output) as { summary: { violations: readonly Violation[] } }).summary.violations;
}

describe('the law of imports', () => {
  let folder = '';
  let violations: readonly Violation[] = [];
  const rulesAt = (file: string) => violations.filter((each) => each.from === file).map((each) => each.rule.name);

  beforeAll(() => {
    folder = buildHouse();
    violations = cruise(folder);
  }, 240_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(PLANTED.filter((each) => each.rule !== null))('refuses $title', ({ file, rule }) => {
    expect(rulesAt(file)).toContain(rule);
  });

  it.each(PLANTED.filter((each) => each.rule === null))('allows $title', ({ file }) => {
    expect(rulesAt(file)).toEqual([]);
  });

  it('says nothing of a file without a violation', () => {
    expect(Object.keys(HOUSE).flatMap((file) => (file === 'src/blobs/b.ts' ? [] : rulesAt(file)))).toEqual([]);
  });

  it('names every room of the house', () => {
    const rooms = readdirSync(join(PROJECT, 'src'), { withFileTypes: true }).filter((each) => each.isDirectory());
    const known = new Set(ROOMS.map((each) => each.room));
    expect(rooms.map((each) => each.name).filter((name) => !known.has(name))).toEqual([]);
  });
});
