/** What the house itself has to tell (the clock, a run, a new project), stored as a delivery with its event. */
import { createHash } from 'node:crypto';
import type { JsonObject } from '../kernel/json.js';
import type { Event, EventSource } from '../model/event.js';
import { deliveries, deliveryBodies, events } from './schema/tables.js';
import type { Tx } from './store.js';

export interface OwnMessage {
  readonly projectId: number;
  readonly source: Extract<EventSource, 'schedule' | 'chain' | 'manual'>;
  /** Unique among the messages of its source and project. */
  readonly msgId: string;
  readonly msg: JsonObject;
  readonly facts: Pick<Event, 'topic' | 'kind' | 'action' | 'actor' | 'summary'>;
}

/** Of a message that names no ref and no pull-request. */
const NO_FACTS = {
  ref: null,
  before: null,
  after: null,
  forced: false,
  commit: null,
  pullRequest: null,
  url: null,
} as const;

/** Inside a commit. The event is due at once; returns its id. Throws when a message of this id is stored already. */
export async function insertOwnMessage(tx: Tx, own: OwnMessage, nowMs: number): Promise<number> {
  const { projectId, source, facts } = own;
  const deliveryId = await insertDelivery(tx, own, nowMs);
  const due = { verdict: 'ok', state: 'due', note: null, tries: 0, waits: 0, dueAt: nowMs } as const;
  const event = { ...NO_FACTS, ...facts, ...due, projectId, deliveryId, source, receivedAt: nowMs };
  const eventId = tx.table(events).insert(event);
  tx.due('event', eventId);
  return eventId;
}

/** Inside a commit: is a message of this id stored already? */
export function isStored(tx: Tx, { projectId, source, msgId }: OwnMessage): Promise<boolean> {
  return tx.manager.existsBy(deliveries, { projectId, source, msgId });
}

async function insertDelivery(tx: Tx, { projectId, source, msgId, msg, facts }: OwnMessage, nowMs: number) {
  const body = Buffer.from(JSON.stringify({ topic: facts.topic, msg, msg_id: msgId }), 'utf8');
  const bodyHash = createHash('sha256').update(body).digest('hex');
  const row = { projectId, source, msgId, bodyHash, verdict: 'ok', headers: {}, receivedAt: nowMs } as const;
  const deliveryId = tx.table(deliveries).insert(row);
  tx.table(deliveryBodies).insert({ deliveryId, body });
  return deliveryId;
}
