/** `npm run bench:storm`: many recorded deliveries at once on the real server while two jobs run: answers, plans, flags. */
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Chance } from './history/chance.js';
import { Connection } from './ingest/connection.js';
import { withFolder } from './ingest/field.js';
import { describeMachine } from './ingest/machine.js';
import { percentile } from './ingest/statistics.js';
import { Server } from './runs/server.js';
import { nowMs } from './runs/time.js';
import { makeStorm } from './storm/deliveries.js';
import { StormForge } from './storm/forge.js';

const USAGE = `npm run bench:storm -- [--deliveries N] [--projects N] [--senders N] [--minutes N]
  --deliveries N  how many, one of ten of them a second time (2000)
  --projects N    whose they are (50)
  --senders N     connections that deliver (8)
  --minutes N     how long the runs may take afterwards (10)`;

/** The compiled bench lies in dist/bench/. */
const ROOT = resolve(import.meta.dirname, '../..');
const SEED = 12;
const LOOK_EVERY_MS = 100;
const PIPELINE = `name: ci
on: { push: {}, pull_request: {}, issues: {} }
jobs:
  test: { runs-on: host, steps: [{ run: 'true' }, { run: 'true' }] }
  lint: { runs-on: host, continue-on-error: true, steps: [{ run: exit 1 }] }
`;

const { values } = parseArgs({
  options: {
    deliveries: { type: 'string', default: '2000' },
    projects: { type: 'string', default: '50' },
    senders: { type: 'string', default: '8' },
    minutes: { type: 'string', default: '10' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(USAGE);
else await withFolder(ROOT, measure);

async function measure(folder: string): Promise<void> {
  console.log(describeMachine(folder, 'shared'));
  const forge = await StormForge.start(ROOT, folder, Number(values.projects));
  const path = join(folder, 'ci.yml');
  writeFileSync(path, PIPELINE);
  const repositories = forge.projects.map((project) => ({ project, path: '', url: '' }));
  const server = await Server.start({ root: ROOT, folder, forge, repositories, pipelines: [{ name: 'ci', path }] });
  try {
    await storm(forge, server);
  } finally {
    await server.stop();
    await forge.close();
  }
  console.log(describeMachine(folder, 'shared'));
}

async function storm(forge: StormForge, server: Server): Promise<void> {
  await until(() => count(server, `SELECT count(*) AS n FROM event WHERE dueAt IS NOT NULL`) === 0);
  const order = { root: ROOT, instance: forge.pagure.appUrl, projects: forge.projects, nowMs: Date.now() };
  const chance = new Chance(SEED);
  const requests = makeStorm({ ...order, deliveries: Number(values.deliveries), duplicates: 10, chance });
  const startMs = nowMs();
  const answers = await send(requests, Number(new URL(server.url).port));
  const sentMs = nowMs();
  const planned = await until(() => count(server, `SELECT count(*) AS n FROM event WHERE dueAt IS NOT NULL`) === 0);
  const plannedMs = nowMs();
  const open = `SELECT count(*) AS n FROM run WHERE state <> 'done' AND trust <> 'held'`;
  const waiting = `SELECT count(*) AS n FROM flag WHERE dueAt IS NOT NULL`;
  const ended = await until(() => count(server, open) === 0 && count(server, waiting) === 0);
  print(forge, server, { answers, startMs, sentMs, plannedMs, endedMs: nowMs(), planned, ended });
}

interface Answer {
  readonly status: number;
  readonly tookMs: number;
}

/** Each connection waits for its answer, and takes the next one. */
async function send(requests: readonly Buffer[], port: number): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  let next = 0;
  const senders = Array.from({ length: Number(values.senders) }, async () => {
    const connection = new Connection(port);
    await connection.opened();
    for (let at = next++; at < requests.length; at = next++) {
      const startMs = performance.now();
      const status = await connection.exchange(requests[at]!);
      answers.push({ status, tookMs: performance.now() - startMs });
    }
    connection.close();
  });
  await Promise.all(senders);
  return answers;
}

/** False when it took longer than it may. */
async function until(holds: () => boolean): Promise<boolean> {
  const endMs = nowMs() + Number(values.minutes) * 60_000;
  while (nowMs() < endMs) {
    if (holds()) return true;
    await new Promise((wake) => setTimeout(wake, LOOK_EVERY_MS));
  }
  return false;
}

function count(server: Server, sql: string): number {
  return server.rows<{ n: number }>(sql)[0]?.n ?? 0;
}

interface Storm {
  readonly answers: readonly Answer[];
  readonly startMs: number;
  readonly sentMs: number;
  readonly plannedMs: number;
  readonly endedMs: number;
  readonly planned: boolean;
  readonly ended: boolean;
}

function print(forge: StormForge, server: Server, storm: Storm): void {
  const { answers, startMs, sentMs, plannedMs, endedMs } = storm;
  const tookMs = answers.map((answer) => answer.tookMs);
  const good = answers.filter(({ status }) => status === 202 || status === 200).length;
  const runs = server.rows<{ id: number; receivedAt: number; createdAt: number; startedAt: number | null }>(
    `SELECT run.id, run.createdAt, run.startedAt, event.receivedAt FROM run JOIN event ON event.id = run.eventId
     WHERE run.subject IS NOT NULL`,
  );
  const flagged = runs.flatMap(({ id, receivedAt }) => {
    const shown = forge.shown.get(id);
    return shown === undefined ? [] : [{ waitMs: shown.firstMs - receivedAt, count: shown.count }];
  });
  const waits = flagged.map(({ waitMs }) => waitMs);
  const sent = flagged.map(({ count: sendings }) => sendings);
  const total = sent.reduce((sum, one) => sum + one, 0);
  const results = server.rows<{ what: string; n: number }>(
    `SELECT coalesce(result, trust || ' ' || state) AS what, count(*) AS n FROM run GROUP BY 1 ORDER BY 2 DESC`,
  );
  const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
  const undecided = server.rows<{ note: string | null; n: number }>(
    'SELECT note, count(*) AS n FROM event WHERE dueAt IS NOT NULL GROUP BY 1 ORDER BY 2 DESC LIMIT 5',
  );
  const lines = [
    `deliveries: ${answers.length} in ${seconds(sentMs - startMs)}, acknowledged ${good}${good < answers.length ? ' (MISSED: all are wanted)' : ''}`,
    `answers: p50 ${percentile(tookMs, 50).toFixed(1)} ms, p99 ${percentile(tookMs, 99).toFixed(1)} ms`,
    `every run planned ${seconds(plannedMs - startMs)} after the first delivery${storm.planned ? '' : ' (MISSED: not all)'}`,
    `every run done and shown after ${seconds(endedMs - startMs)}${storm.ended ? '' : ' (MISSED: not all)'}`,
    `runs: ${results.map(({ what, n }) => `${n} ${what}`).join(', ')}`,
    `flags: ${total} sent for ${flagged.length} of ${runs.length} runs with one, ${(total / Math.max(1, flagged.length)).toFixed(2)} each, most ${Math.max(0, ...sent)}`,
    `delivery to first flag at the forge: p50 ${seconds(percentile(waits, 50))}, p99 ${seconds(percentile(waits, 99))}`,
  ];
  const left = undecided.map(({ note, n }) => `${n} events are not decided yet: ${note ?? 'nobody had the time'}`);
  console.log(`\n${[...lines, ...left].join('\n')}\n`);
}
