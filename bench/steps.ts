/** `npm run bench:steps`: what steps and jobs cost over the bare scripts and durable commits that they are made of. */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { withFolder } from './ingest/field.js';
import { describeMachine } from './ingest/machine.js';
import { median, percentile, table } from './ingest/statistics.js';
import { Floors } from './runs/floors.js';
import { Forge, type Repository } from './runs/forge.js';
import { LOOPS, type LoopKind, turnsPerSecond } from './runs/loops.js';
import { type Goal, goalsTable } from './runs/report.js';
import { Server } from './runs/server.js';
import { PRINT_TIME, printedMs } from './runs/time.js';

const USAGE = `npm run bench:steps -- [--rounds N]
  --rounds N  how often each is measured (7)`;

/** The compiled bench lies in dist/bench/. */
const ROOT = resolve(import.meta.dirname, '../..');

const STEPS = 50;
const JOBS = 100;
const DEPENDENT = 3;

/** Of a step: that it has started, and what became of it. */
const COMMITS_OF_STEP = 2;
/** Of a job: who runs it, that its set-up and its step have started and ended, what became of it. */
const COMMITS_OF_JOB = 6;

const PIPELINES = {
  steps: pipelineOf(`  one:${jobText(STEPS + 1)}`),
  jobs: pipelineOf(
    `  many:\n    strategy: { max-parallel: ${JOBS}, matrix: { at: [${range(JOBS).join(', ')}] } }${jobText(1, ':')}`,
  ),
  dependent: pipelineOf(
    range(DEPENDENT)
      .map((at) => `  job-${at}:${at === 0 ? '' : `\n    needs: job-${at - 1}`}${jobText(1)}`)
      .join('\n'),
  ),
};

interface Scene {
  readonly forge: Forge;
  readonly server: Server;
  readonly floors: Floors;
  readonly folder: string;
  readonly repositories: Readonly<Record<keyof typeof PIPELINES, Repository>>;
}

interface Round {
  /** Milliseconds between the lines of two steps that follow each other. */
  readonly stepMs: readonly number[];
  readonly bareStepMs: number;
  readonly jobsPerSecond: number;
  readonly loops: Readonly<Record<LoopKind, number>>;
  /** Milliseconds from the stored plan to the end of the last job. */
  readonly dependentMs: number;
  readonly bareDependentMs: number;
}

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '7' }, help: { type: 'boolean', default: false } },
});

if (values.help) console.log(USAGE);
else await withFolder(ROOT, measure);

async function measure(folder: string): Promise<void> {
  console.log(describeMachine(folder, 'shared'));
  const forge = await Forge.start(folder);
  const repositories = {
    steps: forge.addRepository('steps', PIPELINES.steps),
    jobs: forge.addRepository('jobs', PIPELINES.jobs),
    dependent: forge.addRepository('dependent', PIPELINES.dependent),
  };
  const server = await Server.start({ root: ROOT, folder, forge, repositories: Object.values(repositories) });
  const floors = new Floors(join(folder, 'floors'));
  try {
    print(await takeTurns({ forge, server, floors, folder, repositories }));
  } finally {
    await server.stop();
    await forge.close();
    floors.close();
  }
  console.log(`\n${describeMachine(folder, 'shared')}`);
}

/** One more round goes before and does not count: the server warms up. */
async function takeTurns(scene: Scene): Promise<readonly Round[]> {
  const rounds: Round[] = [];
  for (let turn = 0; turn <= Number(values.rounds); turn += 1) rounds.push(await round(scene));
  return rounds.slice(1);
}

async function round(scene: Scene): Promise<Round> {
  const { floors } = scene;
  const stepMs = await steps(scene);
  const bareStepMs = (await floors.scriptsMs(STEPS, COMMITS_OF_STEP)) / STEPS;
  const jobsPerSecond = await jobs(scene);
  const loops = await bareLoops(scene);
  const dependentMs = await dependent(scene);
  const bareDependentMs = await floors.scriptsMs(DEPENDENT, COMMITS_OF_JOB);
  return { stepMs, bareStepMs, jobsPerSecond, loops, dependentMs, bareDependentMs };
}

async function steps(scene: Scene): Promise<readonly number[]> {
  const run = await ran(scene, 'steps');
  const at = printedMs(await scene.server.log(run.jobs[0]!));
  if (at.length !== STEPS + 1) throw new Error(`${at.length} steps have printed when they ran`);
  return at.slice(1).map((ms, before) => ms - at[before]!);
}

/** From the first claim to the last end. */
async function jobs(scene: Scene): Promise<number> {
  const run = await ran(scene, 'jobs');
  const startedAt = Math.min(...run.jobs.map((job) => job.startedAt));
  const finishedAt = Math.max(...run.jobs.map((job) => job.finishedAt));
  return (run.jobs.length * 1_000) / (finishedAt - startedAt);
}

async function bareLoops({ folder }: Scene): Promise<Record<LoopKind, number>> {
  const own = join(folder, 'loops');
  mkdirSync(own, { recursive: true });
  const found: [string, number][] = [];
  for (const kind of Object.keys(LOOPS) as LoopKind[]) found.push([kind, await turnsPerSecond(kind, JOBS / 2, own)]);
  return Object.fromEntries(found) as Record<LoopKind, number>;
}

async function dependent(scene: Scene): Promise<number> {
  const run = await ran(scene, 'dependent');
  return Math.max(...run.jobs.map((job) => job.finishedAt)) - run.createdAt;
}

async function ran({ forge, server, repositories }: Scene, name: keyof typeof PIPELINES) {
  const commit = forge.commit(repositories[name]);
  const over = forge.succeeded(commit);
  await forge.post(repositories[name], commit, server.url);
  await over;
  return server.run(commit);
}

function print(rounds: readonly Round[]): void {
  const all = rounds.flatMap(({ stepMs }) => stepMs);
  const rows = [
    ['a step, to the next one', `${median(all).toFixed(2)} ms`, `p99 ${percentile(all, 99).toFixed(2)} ms`],
    ['the same script and its commits, bare', `${of(rounds, 'bareStepMs').toFixed(2)} ms`, ''],
    [`${JOBS} no-op jobs on two slots`, `${of(rounds, 'jobsPerSecond').toFixed(1)} in a second`, ''],
    ...(Object.keys(LOOPS) as LoopKind[]).map((kind) => [
      `two bash loops: ${kind}`,
      `${median(rounds.map(({ loops }) => loops[kind])).toFixed(1)} in a second`,
      '',
    ]),
    [`${DEPENDENT} dependent jobs`, `${of(rounds, 'dependentMs').toFixed(1)} ms`, ''],
    ['the same scripts and commits, bare', `${of(rounds, 'bareDependentMs').toFixed(1)} ms`, ''],
  ];
  console.log(`\n${table([[`median of ${rounds.length} rounds`, '', ''], ...rows])}`);
  console.log(`\n${goalsTable(goals(rounds))}`);
}

function goals(rounds: readonly Round[]): readonly Goal[] {
  const over = rounds.map(({ stepMs, bareStepMs }) => median(stepMs) - bareStepMs);
  const kinds = Object.keys(LOOPS) as LoopKind[];
  return [
    { what: 'a step over its bare script and commits, ms', value: median(over), word: 'at most', limit: 1 },
    ...kinds.map((kind): Goal => {
      const value = median(rounds.map(({ jobsPerSecond, loops }) => jobsPerSecond / loops[kind]));
      return { what: `no-op jobs / loops: ${kind}`, value, word: 'at least', limit: 0.8 };
    }),
    {
      what: `${DEPENDENT} dependent jobs / bare`,
      value: median(rounds.map(({ dependentMs, bareDependentMs }) => dependentMs / bareDependentMs)),
      word: 'at most',
      limit: 1.5,
    },
  ];
}

function of(rounds: readonly Round[], name: Exclude<keyof Round, 'stepMs' | 'loops'>): number {
  return median(rounds.map((round) => round[name]));
}

function pipelineOf(jobs: string): string {
  return `on: push\njobs:\n${jobs}\n`;
}

function jobText(count: number, script = PRINT_TIME): string {
  return `\n    runs-on: host\n    checkout: false\n    steps:${`\n      - run: ${script === ':' ? "':'" : script}`.repeat(count)}`;
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, at) => at);
}
