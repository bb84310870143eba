/** How deliveries would be stored with TypeORM's own transactions, one for each request. */
import { SystemClock } from '../../src/kernel/clock.js';
import type { EventFacts } from '../../src/model/event.js';
import { type Acceptance, Deliveries, type NewDelivery } from '../../src/store/deliveries.js';
import { deliveries, deliveryBodies, events } from '../../src/store/schema/tables.js';
import type { Store, Tx } from '../../src/store/store.js';

/** Writes the same rows as the door does, in the same lane. */
export class TransactionPerRequest extends Deliveries {
  constructor(private readonly lane: Store) {
    super(lane, new SystemClock());
  }

  override accept(delivery: NewDelivery): Promise<Acceptance> {
    return this.lane.commit((tx) => insert(tx, delivery));
  }
}

async function insert(tx: Tx, one: NewDelivery): Promise<Acceptance> {
  const { projectId, source, msgId, bodyHash, verdict, headers, receivedAt, body, facts, note } = one;
  if (await tx.manager.existsBy(deliveries, { projectId, msgId })) return { outcome: 'same', eventId: null };
  const row = { projectId, source, msgId, bodyHash, verdict, headers, receivedAt };
  const made = await tx.manager.insert(deliveries, row);
  const deliveryId = Number(made.identifiers[0]?.['id']);
  await tx.manager.insert(deliveryBodies, { deliveryId, body });
  const event = { projectId, deliveryId, source, ...columnsOf(facts), verdict, note, receivedAt };
  const due = { state: 'due' as const, tries: 0, waits: 0, dueAt: receivedAt };
  const eventId = Number((await tx.manager.insert(events, { ...event, ...due })).identifiers[0]?.['id']);
  tx.due('event', eventId);
  return { outcome: 'new', eventId };
}

function columnsOf({ flag: _flag, notification: _notification, pullRequest, ...facts }: EventFacts) {
  return { ...facts, pullRequest: pullRequest?.number ?? null };
}
