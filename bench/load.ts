/** `npm run bench:load`: deliveries, readers and streams at once on the real server: errors, how long each route takes, memory. */
import { once } from 'node:events';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type HistoryServer, startServer } from './history/server.js';
import { withFolder } from './ingest/field.js';
import { describeMachine } from './ingest/machine.js';
import { anonymousMb, start } from './ingest/processes.js';
import { percentile, table } from './ingest/statistics.js';
import type { CrowdOrder, CrowdResult } from './load/crowd.js';
import { prepare } from './load/prepare.js';

const USAGE = `npm run bench:load -- [--seconds N] [--senders N] [--readers N] [--streams N]
  --seconds N  how long (120)
  --senders N  connections that deliver, each 20 times in a second at most (4)
  --readers N  connections that read lists, pages and logs, each 10 times in a second at most (8)
  --streams N  readers of the stream of changes (200)`;

/** The compiled bench lies in dist/bench/. */
const ROOT = resolve(import.meta.dirname, '../..');
const TOKEN = `pa_${'0'.repeat(40)}`;
const LOAD_CORE = 1;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '120' },
    senders: { type: 'string', default: '4' },
    readers: { type: 'string', default: '8' },
    streams: { type: 'string', default: '200' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(USAGE);
else await withFolder(ROOT, measure);

async function measure(folder: string): Promise<void> {
  console.log(describeMachine(folder));
  await prepare(folder, TOKEN);
  const server = await startServer(ROOT, folder);
  try {
    await load(server, { series: 1, seconds: Number(values.seconds) / 10 });
    const startMb = anonymousMb(server.pid);
    const result = await load(server, { series: 2, seconds: Number(values.seconds) });
    print(result, startMb, anonymousMb(server.pid));
  } finally {
    await server.stop();
  }
  console.log(`\n${describeMachine(folder)}`);
}

/** The first load is not counted: the server warms up. */
async function load({ port }: HistoryServer, part: Pick<CrowdOrder, 'series' | 'seconds'>): Promise<CrowdResult> {
  const crowd = start(LOAD_CORE, ['../load/crowd.js']);
  try {
    const { senders, readers, streams } = values;
    const how = { senders: Number(senders), readers: Number(readers), streams: Number(streams) };
    crowd.send({ root: ROOT, port, token: TOKEN, ...part, ...how } satisfies CrowdOrder);
    const died = once(crowd, 'exit').then(() => Promise.reject(new Error('the crowd died')));
    died.catch(() => undefined);
    const [result] = (await Promise.race([once(crowd, 'message'), died])) as [CrowdResult];
    return result;
  } finally {
    crowd.kill('SIGKILL');
  }
}

function print({ routes, heardEach, cutOff }: CrowdResult, startMb: number, endMb: number): void {
  const rows = routes.map(([name, { tookMs, errors }]) => [
    name,
    String(tookMs.length),
    String(errors),
    ...[50, 99].map((part) => (tookMs.length === 0 ? '-' : percentile(tookMs, part).toFixed(2))),
  ]);
  console.log(`\n${table([['route', 'answers', 'errors', 'p50 ms', 'p99 ms'], ...rows])}`);
  const failed = routes.reduce((sum, [, { errors }]) => sum + errors, cutOff);
  console.log(`\n${values.streams} streams heard ${heardEach.toFixed(0)} events each, ${cutOff} were cut off`);
  console.log(`memory: ${startMb.toFixed(0)} MB at the start, ${endMb.toFixed(0)} MB at the end`);
  console.log(`errors: ${failed}${failed === 0 ? '' : ' (MISSED: none are wanted)'}`);
}
