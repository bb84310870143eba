/** `npm run bench:ingest`: how fast signed deliveries become durable, against routes that do less or do it otherwise. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { withField, withFolder } from './ingest/field.js';
import { describeMachine } from './ingest/machine.js';
import { watchMemory } from './ingest/memory.js';
import { printGoals, printResults } from './ingest/report.js';
import { takeTurns } from './ingest/rounds.js';

const USAGE = `npm run bench:ingest -- [--rounds N] | --memory [--deliveries N]
  --rounds N      how often each server is measured (7)
  --memory        watch the memory of the door instead
  --deliveries N  over so many deliveries (200000)`;

/** The compiled bench lies in dist/bench/. */
const ROOT = resolve(import.meta.dirname, '../..');

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '7' },
    memory: { type: 'boolean', default: false },
    deliveries: { type: 'string', default: '200000' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(USAGE);
else await withFolder(ROOT, values.memory ? memory : speed);

async function speed(folder: string): Promise<void> {
  const rounds = Number(values.rounds);
  const kinds = ['bare', 'insert', 'door', 'transactions'] as const;
  console.log(describeMachine(folder));
  await withField({ root: ROOT, folder, kinds }, async (field) => {
    const burst = { rounds, seconds: 2 };
    const many = ['bare', 'door', 'transactions'] as const;
    const crowd = await takeTurns(field, { ...burst, kinds: many, connections: 32, deliveries: 16_000 });
    const lone = await takeTurns(field, { ...burst, kinds, connections: 1, deliveries: 2_000 });
    printResults('32 connections', crowd);
    printResults('1 connection', lone);
    printGoals(crowd, lone);
  });
  console.log(`\n${describeMachine(folder)}`);
}

async function memory(folder: string): Promise<void> {
  await withField({ root: ROOT, folder, kinds: ['door'] }, (field) => watchMemory(field, Number(values.deliveries)));
}
