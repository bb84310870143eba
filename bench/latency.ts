/** `npm run bench:latency`: from a web-hook to the first line of the first step, over what its parts cost bare. */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { withFolder } from './ingest/field.js';
import { describeMachine } from './ingest/machine.js';
import { median, percentile } from './ingest/statistics.js';
import { type FloorMirror, Floors } from './runs/floors.js';
import { Forge, type Repository } from './runs/forge.js';
import { type Goal, goalsTable, sharesTable } from './runs/report.js';
import { Server } from './runs/server.js';
import { PRINT_TIME, printedMs } from './runs/time.js';

const USAGE = `npm run bench:latency -- [--rounds N]
  --rounds N  how many pushes of each kind are measured (100)`;

/** The compiled bench lies in dist/bench/. */
const ROOT = resolve(import.meta.dirname, '../..');

/** The server, its mirror and the caches of the machine get warm; these do not count. */
const WARM_UP = 10;

/**
 * What must be on disk before the first line: the delivery, what it starts, who runs the job, that its set-up has started
 * and ended, that its first step has started.
 */
const COMMITS = 6;

const KINDS = ['with a checkout', 'without a checkout'] as const;
type Kind = (typeof KINDS)[number];

/** Milliseconds of one push, stage by stage. */
type Stages = Parts<'door' | 'triage' | 'claim' | 'set-up' | 'spawn'>;
type Bare = Parts<'verify' | 'commits' | 'fetch' | 'checkout' | 'spawn'>;
type Parts<Name extends string> = Readonly<Record<Name, number>>;

interface Round {
  readonly stages: Stages;
  readonly bare: Bare;
}

interface Place {
  readonly repository: Repository;
  readonly mirror: FloorMirror;
}

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '100' }, help: { type: 'boolean', default: false } },
});

if (values.help) console.log(USAGE);
else await withFolder(ROOT, measure);

async function measure(folder: string): Promise<void> {
  console.log(describeMachine(folder, 'shared'));
  const forge = await Forge.start(folder);
  const repositories = KINDS.map((kind) => forge.addRepository(kind.replaceAll(' ', '-'), pipelineOf(kind)));
  const server = await Server.start({ root: ROOT, folder, forge, repositories });
  const floors = new Floors(join(folder, 'floors'));
  const places = repositories.map((repository) => ({ repository, mirror: floors.mirror(repository) }));
  try {
    print(await takeTurns(places, (place, kind) => round({ forge, server, floors }, place, kind)));
  } finally {
    await server.stop();
    await forge.close();
    floors.close();
  }
  console.log(`\n${describeMachine(folder, 'shared')}`);
}

function pipelineOf(kind: Kind): string {
  const checkout = kind === 'without a checkout' ? '    checkout: false\n' : '';
  return `on: push\njobs:\n  one:\n    runs-on: host\n${checkout}    steps:\n      - run: ${PRINT_TIME}\n`;
}

async function takeTurns(places: readonly Place[], play: (place: Place, kind: Kind) => Promise<Round>) {
  const results = new Map<Kind, Round[]>(KINDS.map((kind) => [kind, []]));
  for (let turn = -WARM_UP; turn < Number(values.rounds); turn += 1) {
    for (const [at, kind] of KINDS.entries()) {
      const result = await play(places[at]!, kind);
      if (turn >= 0) results.get(kind)!.push(result);
    }
  }
  return results;
}

interface Scene {
  readonly forge: Forge;
  readonly server: Server;
  readonly floors: Floors;
}

/** The push first, then its parts: both mirrors lack the commit until then. */
async function round(scene: Scene, { repository, mirror }: Place, kind: Kind): Promise<Round> {
  const commit = scene.forge.commit(repository);
  const stages = await push(scene, repository, commit);
  const { floors } = scene;
  const bare = {
    verify: floors.verifyMs(),
    commits: floors.commitsMs(COMMITS),
    fetch: await mirror.fetchMs(),
    checkout: kind === 'with a checkout' ? await mirror.checkoutMs(commit) : 0,
    spawn: await floors.spawnMs(),
  };
  return { stages, bare };
}

async function push({ forge, server }: Scene, repository: Repository, commit: string): Promise<Stages> {
  const over = forge.succeeded(commit);
  const { sentMs, answeredMs } = await forge.post(repository, commit, server.url);
  await over;
  const run = server.run(commit);
  const job = run.jobs[0]!;
  const setUp = server.steps(job)[0]!;
  const firstLineMs = printedMs(await server.log(job))[0]!;
  return {
    door: answeredMs - sentMs,
    triage: run.createdAt - answeredMs,
    claim: setUp.startedAt - run.createdAt,
    'set-up': setUp.finishedAt - setUp.startedAt,
    spawn: firstLineMs - setUp.finishedAt,
  };
}

function print(results: ReadonlyMap<Kind, readonly Round[]>): void {
  const goals: Goal[] = [];
  for (const [kind, rounds] of results) {
    const whole = rounds.map(({ stages }) => sum(stages));
    const bare = rounds.map(({ bare }) => sum(bare));
    const say = (all: readonly number[]) =>
      `p50 ${median(all).toFixed(1)} ms, p99 ${percentile(all, 99).toFixed(1)} ms`;
    console.log(`\n${kind}, ${rounds.length} pushes`);
    console.log(`from the POST to the first line: ${say(whole)}; the bare parts: ${say(bare)}\n`);
    console.log(sharesTable('stage', columns(rounds.map(({ stages }) => stages))));
    console.log(`\n${sharesTable('bare part', columns(rounds.map(({ bare }) => bare)))}`);
    const ratio = median(whole.map((ms, at) => ms / bare[at]!));
    goals.push({ what: `${kind}: first line / bare parts`, value: ratio, word: 'at most', limit: 1.5 });
  }
  console.log(`\n${goalsTable(goals)}`);
}

function sum(parts: Parts<string>): number {
  return Object.values(parts).reduce((all, one) => all + one, 0);
}

function columns(rows: readonly Parts<string>[]): Record<string, number[]> {
  return Object.fromEntries(Object.keys(rows[0]!).map((name) => [name, rows.map((row) => row[name]!)]));
}
