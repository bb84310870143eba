/** One history from its start to rest, and what the oracle finds. */
import { join } from 'node:path';
import { mkdtempSync, rmSync } from 'node:fs';
import { Store } from '../../src/store/store.js';
import type { History } from './history.js';
import { findingsOf, unrest } from './oracle.js';
import { isBusy, readRows } from './rows.js';
import { wrongResults } from './oracle-jobs.js';
import { watch } from './watch.js';
import { World } from './world.js';
import { memoryFolder } from './world-settings.js';

export interface Verdict {
  readonly findings: readonly string[];
  readonly trace: readonly string[];
  readonly virtualMs: number;
  readonly faults: World['faults'];
  readonly runs: number;
}

/** Longer than any back-off of the house. */
const REST_WITHIN_MS = 4 * 3_600_000;
const LOOK_EVERY_MS = 20_000;

/** An empty, migrated database: made once, copied for each world. */
export async function withTemplate<T>(work: (template: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(memoryFolder(), 'pagure-actions-template-'));
  try {
    const file = join(folder, 'store.sqlite');
    const store = await Store.open(file);
    watch(store);
    await store.close();
    return await work(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Never rejects: a world that cannot go on is a finding too. */
export async function simulate(history: History, template: string): Promise<Verdict> {
  const rejections: string[] = [];
  const onRejection = (error: unknown) => void rejections.push(`nobody took the rejection ${String(error)}`);
  process.on('unhandledRejection', onRejection);
  const world = new World(history, template);
  try {
    await world.play();
    const rests = await world.passUntil(
      async () => world.isTold && !(await isBusy(world)) && unrest(await readRows(world)).length === 0,
      REST_WITHIN_MS,
      LOOK_EVERY_MS,
    );
    const rows = await readRows(world);
    await world.lookAtKept();
    const timers = await world.stop();
    const findings = [
      ...(rests ? [] : unrest(rows).map((what) => `the world did not come to rest: ${what}`)),
      ...findingsOf(world, rows),
      ...wrongResults(world, rows),
      ...rejections,
      ...(timers === 0 ? [] : [`${timers} timers were left by a house that was stopped`]),
    ];
    return verdictOf(world, findings, rows.runs.length);
  } catch (error) {
    return verdictOf(world, [`the world itself broke: ${error instanceof Error ? error.stack : String(error)}`], 0);
  } finally {
    process.off('unhandledRejection', onRejection);
    await world.leave();
  }
}

function verdictOf({ trace, virtualMs, faults }: World, findings: readonly string[], runs: number): Verdict {
  return { findings, trace, virtualMs, faults, runs };
}
