/** The filter matcher against picomatch, the glob library: patterns as people write them, and patterns against time. */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { compilePattern, patternMatches } from '../../src/pipeline/index.js';
import { compared } from './timing.js';

type Picomatch = (glob: string) => (text: string) => boolean;

const require = createRequire(import.meta.url);
const GIVEN_UP_MS = 1_000;

const ORDINARY = ['main', 'release/**', 'feature/*', 'v[12].[0-9]*', '**.md', 'docs/**', '**/src/*.ts', '*-hotfix'];
const NAMES = [
  'main',
  'release/2026/11',
  'feature/a-new-door',
  'v1.10.1',
  'README.md',
  'docs/pipelines/filters.md',
  'packages/core/src/index.ts',
  'login-hotfix',
];

const HOSTILE: readonly (readonly [string, string])[] = [
  ['*a'.repeat(8) + 'b', 'a'.repeat(60)],
  ['*a'.repeat(30), 'a'.repeat(249) + 'b'],
  ['**a'.repeat(30) + 'b', 'a'.repeat(250)],
  ['**/'.repeat(30) + 'x', 'a/'.repeat(125)],
];

/** Rows for a table: what, ours, picomatch's, ratio. */
export function measureFilters(): readonly (readonly string[])[] {
  return [
    ['filters', 'ours', 'picomatch', 'ours / picomatch'],
    ordinary('ordinary, compiled before: names/s', matchers),
    ordinary('ordinary, compiled each time: names/s', onTheSpot),
    ...HOSTILE.map(([pattern, text]) => hostile(pattern, text)),
  ];
}

/** Matches every name with every pattern. */
type Round = () => number;

function matchers(): readonly [Round, Round] {
  const ours = ORDINARY.map(compilePattern);
  const theirs = ORDINARY.map((pattern) => picomatch()(pattern));
  return [
    () => count(ours, (pattern, name) => patternMatches(pattern, name)),
    () => count(theirs, (matches, name) => matches(name)),
  ];
}

function onTheSpot(): readonly [Round, Round] {
  const glob = picomatch();
  return [
    () => count(ORDINARY, (pattern, name) => patternMatches(compilePattern(pattern), name)),
    () => count(ORDINARY, (pattern, name) => glob(pattern)(name)),
  ];
}

function count<T>(patterns: readonly T[], matches: (pattern: T, name: string) => boolean): number {
  let found = 0;
  for (const pattern of patterns) for (const name of NAMES) if (matches(pattern, name)) found += 1;
  return found;
}

function ordinary(what: string, prepare: () => readonly [Round, Round]): readonly string[] {
  const { one, other, ratio } = compared(...prepare());
  const all = ORDINARY.length * NAMES.length;
  return [what, whole(one * all), whole(other * all), ratio.toFixed(2)];
}

/** Compiling included: a pattern of a stranger is matched once. */
function hostile(pattern: string, text: string): readonly string[] {
  const start = performance.now();
  patternMatches(compilePattern(pattern), text);
  const ours = performance.now() - start;
  const theirs = picomatchMs(pattern, text);
  const shown = theirs === null ? `> ${GIVEN_UP_MS} ms` : `${theirs.toFixed(1)} ms`;
  const ratio = (ours / (theirs ?? GIVEN_UP_MS)).toFixed(4);
  const name = pattern.length > 24 ? `${pattern.slice(0, 21)}…` : pattern;
  return [`hostile ${name} on ${text.length} characters`, `${ours.toFixed(1)} ms`, shown, ratio];
}

/** In a process of its own, which is ended when it takes too long: null. */
function picomatchMs(pattern: string, text: string): number | null {
  const program = `const match = require(${JSON.stringify(require.resolve('picomatch'))});
const start = performance.now();
match(${JSON.stringify(pattern)})(${JSON.stringify(text)});
console.log(performance.now() - start);`;
  const { status, stdout } = spawnSync(process.execPath, ['-e', program], { encoding: 'utf8', timeout: GIVEN_UP_MS });
  return status === 0 ? Number(stdout) : null;
}

function picomatch(): Picomatch {
  return require('picomatch') as Picomatch;
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en');
}
