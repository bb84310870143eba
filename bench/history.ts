/** `npm run bench:history`: how long every list takes by HTTP, with every filter, over a long history; and what an event weighs. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Reader } from './history/ask.js';
import { fill } from './history/fill.js';
import { type Question, questionsOf } from './history/questions.js';
import { type Depth, type Measured, printMeasured, printSizes } from './history/report.js';
import type { Sizes } from './history/rows.js';
import { startServer } from './history/server.js';
import { withFolder } from './ingest/field.js';
import { describeMachine } from './ingest/machine.js';

const USAGE = `npm run bench:history -- [--scale X] [--times N]
  --scale X  the part of 1,000,000 events, 200,000 runs and 1,000,000 jobs (1)
  --times N  how often each page is asked for (40)`;

/** The compiled bench lies in dist/bench/. */
const ROOT = resolve(import.meta.dirname, '../..');
const TOKEN = `pa_${'0'.repeat(40)}`;
/** How far down the list a page is, as a part of it. */
const DEPTHS: Readonly<Record<Depth, number>> = { first: 0, middle: 0.5, deep: 0.95 };

const { values } = parseArgs({
  options: {
    scale: { type: 'string', default: '1' },
    times: { type: 'string', default: '40' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(USAGE);
else await withFolder(ROOT, (folder) => measure(folder, sizesOf(Number(values.scale))));

function sizesOf(scale: number): Sizes {
  const part = (whole: number) => Math.max(10, Math.round(whole * scale));
  return { projects: 500, events: part(1_000_000), runs: part(200_000), jobs: part(1_000_000) };
}

async function measure(folder: string, sizes: Sizes): Promise<void> {
  console.log(describeMachine(folder));
  const started = performance.now();
  const filled = await fill(folder, sizes, TOKEN);
  console.log(`${sizes.events} events, ${sizes.runs} runs, ${sizes.jobs} jobs in ${secondsSince(started)} s`);
  printSizes(filled, sizes);
  const server = await startServer(ROOT, folder);
  const reader = new Reader(server.port, TOKEN);
  try {
    printMeasured(await askAll(reader, sizes));
  } finally {
    reader.close();
    await server.stop();
  }
  console.log(`\n${describeMachine(folder)}`);
}

/** Each question once before it counts: what is asked often lies in memory. */
async function askAll(reader: Reader, sizes: Sizes): Promise<readonly Measured[]> {
  const measured: Measured[] = [];
  for (const question of questionsOf(sizes)) {
    const { items } = await reader.read(pathOf(question, 0, sizes));
    const tookMs: Record<Depth, number[]> = { first: [], middle: [], deep: [] };
    for (const [depth, part] of Object.entries(DEPTHS) as [Depth, number][])
      for (let time = 0; time < Number(values.times); time += 1)
        tookMs[depth].push((await reader.read(pathOf(question, part, sizes))).tookMs);
    measured.push({ question, items, tookMs });
  }
  return measured;
}

function pathOf({ list, query }: Question, part: number, { events, runs }: Sizes): string {
  const rows = list === 'events' ? events : runs;
  const isLong = list === 'events' || list === 'runs' || list === 'flags';
  const cursor = part > 0 && isLong ? `&cursor=${cursorBelow(Math.ceil(rows * (1 - part)))}` : '';
  return `/api/v1/${list}?${query}${cursor}`;
}

/** As the lists make it of the last id of a page: walking down to it would take thousands of pages. */
function cursorBelow(id: number): string {
  return Buffer.from(`i${id}`).toString('base64url');
}

function secondsSince(startMs: number): string {
  return ((performance.now() - startMs) / 1_000).toFixed(0);
}
