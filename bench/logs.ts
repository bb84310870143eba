/** `npm run bench:logs`: a million lines through masking to disk, and a hundred of them from the middle. */
import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { FileBlobs } from '../src/blobs/file-blobs.js';
import { withFolder } from './ingest/field.js';
import { describeMachine } from './ingest/machine.js';
import { median, percentile, table } from './ingest/statistics.js';
import type { PipeResult } from './logs/pipe.js';
import { LINE_BYTES, LINES, LOOP, sampleBlocks } from './logs/sample.js';
import { Forge } from './runs/forge.js';
import { goalsTable } from './runs/report.js';
import { Server } from './runs/server.js';

const USAGE = `npm run bench:logs -- [--rounds N]
  --rounds N  how often each is measured (5)`;

/** The compiled bench lies in dist/bench/. */
const ROOT = resolve(import.meta.dirname, '../..');

const READS = 300;
const READ_LINES = 100;

interface Round {
  readonly cat: PipeResult;
  readonly bareCat: PipeResult;
  readonly loop: PipeResult;
  readonly bareLoop: PipeResult;
}

interface Reading {
  readonly storeMs: number;
  readonly httpMs: number;
}

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, help: { type: 'boolean', default: false } },
});

if (values.help) console.log(USAGE);
else await withFolder(ROOT, measure);

async function measure(folder: string): Promise<void> {
  console.log(describeMachine(folder, 'shared'));
  const sample = writeSample(folder);
  const rounds = Array.from({ length: Number(values.rounds) }, (_, i) => round(join(folder, `round-${i}`), sample));
  const storeMs = await storeReads(join(folder, 'store'), sample);
  const httpMs = await httpReads(folder, sample);
  print(rounds, { storeMs: median(storeMs), httpMs: median(httpMs) }, [storeMs, httpMs]);
  console.log(`\n${describeMachine(folder, 'shared')}`);
}

function writeSample(folder: string): string {
  const path = join(folder, 'sample');
  const file = openSync(path, 'w');
  for (const block of sampleBlocks()) writeSync(file, block);
  closeSync(file);
  if (statSync(path).size !== LINES * LINE_BYTES) throw new Error('the sample has not the size that it should have');
  return path;
}

/** Each beside its bare form: a machine that changes its speed changes it for both. */
function round(folder: string, sample: string): Round {
  const cat = `cat ${sample}`;
  const bareCat = pipe('file', folder, cat);
  const logged = pipe('log', folder, cat);
  checkLog(folder, sample);
  const loop = pipe('log', folder, LOOP);
  const bareLoop = pipe('file', folder, LOOP);
  return { cat: logged, bareCat, loop, bareLoop };
}

function pipe(how: 'log' | 'file', folder: string, script: string): PipeResult {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const argv = [join(import.meta.dirname, 'logs/pipe.js'), how, folder, script];
  const { stdout, status } = spawnSync(process.execPath, argv, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error(`the pipe ended with exit code ${status}`);
  return JSON.parse(stdout) as PipeResult;
}

/** There is no secret in the sample: the log is the sample. */
function checkLog(folder: string, sample: string): void {
  if (!readFileSync(join(folder, 'logs/1/1.log')).equals(readFileSync(sample)))
    throw new Error('the log is not what was printed');
}

/** Milliseconds of each: where the lines are, and their bytes. */
async function storeReads(folder: string, sample: string): Promise<readonly number[]> {
  pipe('log', folder, `cat ${sample}`);
  const blobs = new FileBlobs(join(folder, 'logs'));
  const took: number[] = [];
  for (let i = 0; i < READS; i += 1) {
    const line = LINES / 2 + i;
    const start = performance.now();
    const { from, to } = await blobs.findLines(1, 1, line, line + READ_LINES);
    const bytes = await blobs.readLog(1, 1, from, to);
    took.push(performance.now() - start);
    if (bytes.length !== READ_LINES * LINE_BYTES) throw new Error('these are not the lines that were asked for');
  }
  return took;
}

/** The same of a job that the real server has run. */
async function httpReads(folder: string, sample: string): Promise<readonly number[]> {
  const forge = await Forge.start(folder);
  const job = `on: push\njobs:\n  one:\n    runs-on: host\n    checkout: false\n    steps:\n      - run: cat ${sample}\n`;
  const repository = forge.addRepository('logs', job);
  const server = await Server.start({ root: ROOT, folder, forge, repositories: [repository] });
  try {
    const commit = forge.commit(repository);
    const over = forge.succeeded(commit);
    await forge.post(repository, commit, server.url);
    await over;
    const [run] = server.run(commit).jobs;
    const took: number[] = [];
    for (let i = 0; i < READS; i += 1) {
      const start = performance.now();
      const text = await server.log(run!, `?from_line=${LINES / 2 + i}&to_line=${LINES / 2 + i + READ_LINES - 1}`);
      took.push(performance.now() - start);
      if (text.length !== READ_LINES * LINE_BYTES) throw new Error('these are not the lines that were asked for');
    }
    return took;
  } finally {
    await server.stop();
    await forge.close();
  }
}

function print(
  rounds: readonly Round[],
  reading: Reading,
  [store = [], http = []]: readonly (readonly number[])[],
): void {
  const of = (value: (one: Round) => number) => median(rounds.map(value));
  const rate = ({ wallMs }: PipeResult) => (LINES * LINE_BYTES) / 1_000 / wallMs;
  const peak = Math.max(...rounds.flatMap(({ cat, loop }) => [cat.peakMb, loop.peakMb]));
  const shown = (name: keyof Round) => [
    `${of((one) => one[name].wallMs).toFixed(0)} ms`,
    `${of((one) => rate(one[name])).toFixed(0)} MB/s`,
    `${of((one) => one[name].cpuMs).toFixed(0)} ms`,
  ];
  const rows = [
    [`median of ${rounds.length} rounds`, 'wall', 'rate', 'CPU of ours'],
    ['cat into a log', ...shown('cat')],
    ['cat into a file', ...shown('bareCat')],
    ['bash loop into a log', ...shown('loop')],
    ['bash loop into a file', ...shown('bareLoop')],
  ];
  const reads = [
    [`${READ_LINES} lines from the middle`, 'p50 ms', 'p99 ms'],
    ['from the files', median(store).toFixed(2), percentile(store, 99).toFixed(2)],
    ['by HTTP', median(http).toFixed(2), percentile(http, 99).toFixed(2)],
  ];
  const ratio = of(({ loop, bareLoop }) => loop.wallMs / bareLoop.wallMs);
  const goals = goalsTable([
    { what: 'cat, MB/s', value: of(({ cat }) => rate(cat)), word: 'at least', limit: 150 },
    { what: 'loop into a log / into a file', value: ratio, word: 'at most', limit: 1.2 },
    { what: 'loop: CPU of ours, s', value: of(({ loop }) => loop.cpuMs / 1_000), word: 'at most', limit: 1.5 },
    { what: 'peak memory, MB', value: peak, word: 'at most', limit: 150 },
    { what: 'lines from the files, ms', value: reading.storeMs, word: 'at most', limit: 1 },
    { what: 'lines by HTTP, ms', value: reading.httpMs, word: 'at most', limit: 5 },
  ]);
  console.log(`\n${table(rows)}\n\n${table(reads)}\n\n${goals}`);
}
