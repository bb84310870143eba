/** `npm run bench:local`: a run on this machine, from the command to its first line, and what each further job takes. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { treeCommand } from '../src/git/mirror/copy-tree.js';
import { withFolder } from './ingest/field.js';
import { describeMachine } from './ingest/machine.js';
import { median, table } from './ingest/statistics.js';
import { goalsTable } from './runs/report.js';
import { nowMs, PRINT_TIME, printedMs } from './runs/time.js';

const USAGE = `npm run bench:local -- [--rounds N] [--jobs N]
  --rounds N  how often each is measured (9)
  --jobs N    so many further jobs (50)`;

/** The compiled bench lies in dist/bench/. */
const ROOT = resolve(import.meta.dirname, '../..');
const MAIN = join(ROOT, 'dist/bin/main.js');

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '9' },
    jobs: { type: 'string', default: '50' },
    help: { type: 'boolean', default: false },
  },
});

/** All in milliseconds. */
interface Round {
  readonly nodeMs: number;
  readonly firstLineMs: number;
  readonly firstWithCheckoutMs: number;
  readonly perJobMs: number;
  readonly perJobWithCheckoutMs: number;
  readonly spawnMs: number;
  readonly checkoutMs: number;
}

if (values.help) console.log(USAGE);
else await withFolder(ROOT, measure);

async function measure(folder: string): Promise<void> {
  console.log(describeMachine(folder, 'shared'));
  const tree = join(folder, 'tree');
  makeTree(tree, Number(values.jobs));
  const rounds: Round[] = [];
  for (let round = 0; round < Number(values.rounds); round += 1) rounds.push(await measureRound(tree));
  print(rounds);
  console.log(`\n${describeMachine(folder, 'shared')}`);
}

/** A repository with a pipeline of one job and one of many that need each other, with and without a checkout. */
function makeTree(folder: string, jobs: number): void {
  mkdirSync(folder);
  writeFileSync(join(folder, 'noop.sh'), `${PRINT_TIME}\n`);
  for (const checkout of [true, false]) {
    writeFileSync(join(folder, nameOf('one', checkout)), pipeline(1, checkout));
    writeFileSync(join(folder, nameOf('many', checkout)), pipeline(1 + jobs, checkout));
  }
  const git = ['-c', 'user.name=bench', '-c', 'user.email=bench@example.org'];
  for (const args of [
    ['init', '--quiet'],
    ['add', '.'],
    [...git, 'commit', '--quiet', '--message=bench'],
  ])
    if (spawnSync('git', args, { cwd: folder }).status !== 0) throw new Error(`git ${args[0]} failed`);
}

/** Each job needs the one before, so that one is run at a time. */
function pipeline(jobs: number, checkout: boolean): string {
  const job = (n: number) => [
    `  job-${n}:`,
    '    runs-on: host',
    ...(checkout ? [] : ['    checkout: false']),
    ...(n === 0 ? [] : [`    needs: job-${n - 1}`]),
    `    steps: [{ run: '${PRINT_TIME}' }]`,
  ];
  return ['on: push', 'jobs:', ...Array.from({ length: jobs }, (_, n) => job(n)).flat(), ''].join('\n');
}

function nameOf(jobs: 'one' | 'many', checkout: boolean): string {
  return `${jobs}-${checkout ? 'checkout' : 'bare'}.yml`;
}

async function measureRound(folder: string): Promise<Round> {
  const nodeMs = await tookMs(folder, [process.execPath, '-e', '0']);
  const bare = await linesAt(folder, nameOf('one', false));
  const one = await linesAt(folder, nameOf('one', true));
  const many = await linesAt(folder, nameOf('many', false));
  const checkedOut = await linesAt(folder, nameOf('many', true));
  const spawnMs = median(await repeated(() => tookMs(folder, ['bash', '-e', 'noop.sh'])));
  const checkoutMs = median(await repeated(() => tookMs(folder, copyOf(folder))));
  return {
    nodeMs,
    firstLineMs: bare[0]!,
    firstWithCheckoutMs: one[0]!,
    perJobMs: (many.at(-1)! - many[0]!) / (many.length - 1),
    perJobWithCheckoutMs: (checkedOut.at(-1)! - checkedOut[0]!) / (checkedOut.length - 1),
    spawnMs,
    checkoutMs,
  };
}

/** When each step ran, since the command was started. */
async function linesAt(folder: string, file: string): Promise<readonly number[]> {
  const start = nowMs();
  const child = spawn(process.execPath, [MAIN, 'run', file], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (bytes: Buffer) => (text += bytes.toString()));
  const [code] = (await once(child, 'close')) as [number];
  if (code !== 0) throw new Error(`the run of ${file} ended with exit code ${code}:\n${text}`);
  return printedMs(text.replaceAll(/^\[[^\]]+\] /gm, '')).map((at) => at - start);
}

/** What a checkout runs, into an empty folder. */
function copyOf(folder: string): readonly string[] {
  const workspace = mkdtempSync(join(folder, '../copy-'));
  const commit = spawnSync('git', ['rev-parse', 'HEAD'], { cwd: folder, encoding: 'utf8' }).stdout.trim();
  const source = { mirror: join(folder, '.git'), commit, ref: 'refs/heads/main', url: folder };
  const tree = { folder, files: 'git', excludes: null, without: null } as const;
  return treeCommand(source, { tree, workspace, url: folder }).argv;
}

async function repeated(ask: () => Promise<number>): Promise<readonly number[]> {
  const found: number[] = [];
  for (let n = 0; n < 10; n += 1) found.push(await ask());
  return found;
}

/** From the spawn to the end of it. */
async function tookMs(cwd: string, [program = '', ...args]: readonly string[]): Promise<number> {
  const start = nowMs();
  await once(spawn(program, args, { cwd, stdio: 'ignore' }), 'close');
  return nowMs() - start;
}

function print(rounds: readonly Round[]): void {
  const of = (value: (one: Round) => number) => median(rounds.map(value));
  const rows = [
    [`median of ${rounds.length} rounds`, 'without checkout', 'with'],
    ['to the first line, ms', of((one) => one.firstLineMs).toFixed(0), of((one) => one.firstWithCheckoutMs).toFixed(0)],
    ['each further job, ms', of((one) => one.perJobMs).toFixed(1), of((one) => one.perJobWithCheckoutMs).toFixed(1)],
    ['its parts bare, ms', of((one) => one.spawnMs).toFixed(1), of((one) => one.spawnMs + one.checkoutMs).toFixed(1)],
    ['node -e 0, ms', of((one) => one.nodeMs).toFixed(0), ''],
  ];
  const goals = goalsTable([
    { what: 'to the first line, ms', value: of((one) => one.firstLineMs), word: 'at most', limit: 300 },
    { what: 'a job over its spawn, ms', value: of((one) => one.perJobMs - one.spawnMs), word: 'at most', limit: 2 },
    {
      what: 'a job over its spawn and checkout, ms',
      value: of((one) => one.perJobWithCheckoutMs - one.spawnMs - one.checkoutMs),
      word: 'at most',
      limit: 2,
    },
  ]);
  console.log(`\n${table(rows)}\n\n${goals}`);
}
