/** What an oracle looks at: what the world saw, and what the house stored. */
import type { EntityManager } from 'typeorm';
import type { DueSchedule } from '../../src/model/armed.js';
import type { JsonObject } from '../../src/kernel/json.js';
import type { Delivery } from '../../src/model/delivery.js';
import type { CommentCommand, OwnComment } from '../../src/model/comment-command.js';
import type { Event } from '../../src/model/event.js';
import type { Flag } from '../../src/model/flag.js';
import type { Hold } from '../../src/model/hold.js';
import type { Job, Run, Step } from '../../src/model/run.js';
import type { Turn } from '../../src/model/turn.js';
import {
  commentCommands,
  deliveries,
  events,
  flags,
  holds,
  jobs,
  ownComments,
  runs,
  schedules,
  steps,
  turns,
} from '../../src/store/schema/tables.js';
import { readStrange } from './watch.js';
import type { World } from './world.js';

/** What the oracle must know of a world, simulated or real. */
export type Seen = Pick<
  World,
  | 'history'
  | 'patience'
  | 'nowMs'
  | 'posted'
  | 'acknowledged'
  | 'canceled'
  | 'pagure'
  | 'effects'
  | 'flags'
  | 'logs'
  | 'faults'
  | 'surprises'
> &
  Partial<Pick<World, 'people' | 'unread' | 'kept' | 'bodies' | 'endedAtMs'>>;

export interface Rows {
  /** When they were read. */
  readonly nowMs: number;
  readonly events: readonly Event[];
  readonly runs: readonly Run[];
  readonly jobs: readonly Job[];
  readonly steps: readonly Step[];
  readonly flags: readonly Flag[];
  /** Of the forge. */
  readonly deliveries: readonly Delivery[];
  /** What the house told itself, by event. */
  readonly own: ReadonlyMap<number, OwnTold>;
  readonly schedules: readonly DueSchedule[];
  readonly turns: readonly Turn[];
  readonly holds: readonly Hold[];
  readonly commands: readonly CommentCommand[];
  readonly comments: readonly OwnComment[];
  /** When what fits no key is to be looked at again. */
  readonly quarantineDueAt: readonly number[];
  /** What was not even to happen for a moment. */
  readonly strange: readonly string[];
}

/** A message of the clock or of a chain, as it is kept. */
export interface OwnTold {
  readonly msgId: string;
  readonly msg: JsonObject;
}

export async function readRows(world: Pick<World, 'database' | 'nowMs'>): Promise<Rows> {
  const { reader } = world.database;
  const order = { id: 'ASC' } as const;
  return {
    nowMs: world.nowMs,
    events: await reader.find(events, { order }),
    runs: await reader.find(runs, { order }),
    jobs: await reader.find(jobs, { order }),
    steps: await reader.find(steps),
    flags: await reader.find(flags, { order }),
    deliveries: await reader.find(deliveries, { where: { source: 'webhook' }, order }),
    own: await readOwn(reader),
    schedules: await reader.find(schedules, { order }),
    turns: await reader.find(turns, { order }),
    holds: await reader.find(holds, { order }),
    commands: await reader.find(commentCommands, { order }),
    comments: await reader.find(ownComments, { order }),
    quarantineDueAt: await readQuarantine(reader),
    strange: await readStrange(reader),
  };
}

/** One cheap question before all is read: is anything still under way? */
export async function isBusy({ database }: Pick<World, 'database'>): Promise<boolean> {
  const busy = await database.reader.query<unknown[]>(
    `SELECT 1 FROM "event" WHERE "state" = 'due' UNION ALL
     SELECT 1 FROM "run" WHERE "state" <> 'done' AND NOT ("state" = 'waiting' AND "trust" = 'held') UNION ALL
     SELECT 1 FROM "flag" WHERE "dueAt" IS NOT NULL OR "pausedReason" IS NOT NULL UNION ALL
     SELECT 1 FROM "hold" WHERE "dueAt" IS NOT NULL UNION ALL
     SELECT 1 FROM "command" WHERE "state" = 'due' UNION ALL
     SELECT 1 FROM "comment" WHERE "dueAt" IS NOT NULL AND "pausedReason" IS NULL LIMIT 1`,
  );
  return busy.length > 0;
}

async function readQuarantine(reader: EntityManager): Promise<readonly number[]> {
  const rows = await reader.query<{ readonly dueAt: number }[]>('SELECT "dueAt" FROM "quarantine" ORDER BY "id"');
  return rows.map(({ dueAt }) => dueAt);
}

async function readOwn(reader: EntityManager): Promise<ReadonlyMap<number, OwnTold>> {
  const rows = await reader.query<{ eventId: number; msgId: string; body: Buffer }[]>(
    `SELECT "event"."id" AS "eventId", "msgId", "body" FROM "delivery" JOIN "event" ON "event"."deliveryId" = "delivery"."id"
     JOIN "delivery_body" ON "delivery_body"."deliveryId" = "delivery"."id"
     WHERE "delivery"."source" IN ('schedule', 'chain') ORDER BY "event"."id"`,
  );
  return new Map(
    rows.map(({ eventId, msgId, body }) => [eventId, { msgId, ...(JSON.parse(body.toString()) as Told) }]),
  );
}

type Told = Pick<OwnTold, 'msg'>;

export function count(names: readonly string[]): ReadonlyMap<string, number> {
  const counted = new Map<string, number>();
  for (const name of names) counted.set(name, (counted.get(name) ?? 0) + 1);
  return counted;
}

/** Looking at it stopped the server each time. */
export function isGivenUp({ state, note }: Event): boolean {
  return state === 'parked' && note === 'the server stopped each time it was looked at';
}
