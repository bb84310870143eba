/** What the oracle of the simulated world is shown of a real program that has come to its end. */
import { readdirSync, readFileSync } from 'node:fs';
import type { FlagStatus } from '../../src/model/flag.js';
import { Sqlite } from '../../src/store/sqlite.js';
import { Store } from '../../src/store/store.js';
import { LogDisk } from '../simulation/memory-blobs.js';
import type { FlagBoard } from '../simulation/model-forge.js';
import { findingsOf } from '../simulation/oracle.js';
import { readRows } from '../simulation/rows.js';
import type { World } from '../simulation/world.js';
import { sideEffect } from './marked-scripts.js';
import { programsIn } from './programs-in.js';
import type { Scene } from './scene.js';

/** A busy machine takes its time, and all that is real waits for it. */
const PATIENCE = 30;

/** What only whoever played the history knows. */
export type Played = Pick<World, 'history' | 'acknowledged' | 'posted' | 'canceled' | 'pagure' | 'faults' | 'nowMs'>;

/** In words; nothing when all is well. */
export async function judge(scene: Scene, played: Played): Promise<readonly string[]> {
  const file = databaseOf(scene);
  const store = await Store.open(file);
  try {
    const seen: Seen = {
      ...played,
      patience: PATIENCE,
      database: store,
      effects: scene.effects().map(sideEffect),
      flags: flagsOf(scene),
      logs: logsOf(scene),
      surprises: errorsIn(scene.output),
    };
    const rows = await readRows(seen as World);
    return [...findingsOf(seen as World, rows), ...leftovers(scene)];
  } finally {
    await store.close();
  }
}

export function databaseOf({ data }: Scene): string {
  return `${data}/store.sqlite`;
}

/** What any end of the program must leave: a whole database, and nothing that still runs. */
export function leftovers(scene: Scene): readonly string[] {
  return [
    ...programsIn(scene.data).map((program) => `${program} was left over`),
    ...integrityFaults(databaseOf(scene)).map((fault) => `the database is damaged: ${fault}`),
  ];
}

/** All that the oracle looks at. */
type Seen = Played & Pick<World, 'database' | 'patience' | 'effects' | 'flags' | 'logs' | 'surprises'>;

function integrityFaults(file: string): readonly string[] {
  const database = new Sqlite(file, { readonly: true });
  try {
    const rows = database.pragma('integrity_check') as { readonly integrity_check: string }[];
    return rows.map((row) => row.integrity_check).filter((text) => text !== 'ok');
  } finally {
    database.close();
  }
}

function flagsOf({ flagged }: Scene): FlagBoard {
  return new Map(flagged.map((flag) => [`${flag.commit} ${flag.uid}`, { ...flag, status: flag.status as FlagStatus }]));
}

function logsOf({ data }: Scene): LogDisk {
  const disk = new LogDisk();
  for (const name of readdirSync(data, { recursive: true, encoding: 'utf8' }))
    if (name.endsWith('.log')) disk.logs.set(name, { bytes: readFileSync(`${data}/${name}`), tornFrom: null });
  return disk;
}

function errorsIn(output: string): string[] {
  return output.split('\n').filter((line) => line.startsWith('{"level":"error"'));
}
