/** What an oracle looks at: what the world saw, and what the house stored. */
import type { Delivery } from '../../src/model/delivery.js';
import type { Event } from '../../src/model/event.js';
import type { Flag } from '../../src/model/flag.js';
import type { Job, Run, Step } from '../../src/model/run.js';
import { deliveries, events, flags, jobs, runs, steps } from '../../src/store/schema/tables.js';
import { readStrange } from './watch.js';
import type { World } from './world.js';

/** What the oracle must know of a world, simulated or real. */
export type Seen = Pick<
  World,
  'posted' | 'acknowledged' | 'canceled' | 'pagure' | 'effects' | 'flags' | 'logs' | 'faults' | 'surprises'
>;

export interface Rows {
  readonly events: readonly Event[];
  readonly runs: readonly Run[];
  readonly jobs: readonly Job[];
  readonly steps: readonly Step[];
  readonly flags: readonly Flag[];
  readonly deliveries: readonly Delivery[];
  /** What was not even to happen for a moment. */
  readonly strange: readonly string[];
}

export async function readRows(world: Pick<World, 'database'>): Promise<Rows> {
  const { reader } = world.database;
  const order = { id: 'ASC' } as const;
  return {
    events: await reader.find(events, { order }),
    runs: await reader.find(runs, { order }),
    jobs: await reader.find(jobs, { order }),
    steps: await reader.find(steps),
    flags: await reader.find(flags, { order }),
    deliveries: await reader.find(deliveries, { order }),
    strange: await readStrange(reader),
  };
}

export function count(names: readonly string[]): ReadonlyMap<string, number> {
  const counted = new Map<string, number>();
  for (const name of names) counted.set(name, (counted.get(name) ?? 0) + 1);
  return counted;
}
