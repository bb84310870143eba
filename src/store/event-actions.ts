/** What people did with stored events: releases of stale ones, replays. */
import type { Event } from '../model/event.js';
import type { EventAction } from '../model/event-action.js';
import { eventActions, events } from './schema/tables.js';
import type { Store, Tx } from './store.js';

export class EventActions {
  constructor(private readonly store: Store) {}

  async insert(tx: Tx, action: Omit<EventAction, 'id'>): Promise<void> {
    tx.table(eventActions).insert(action);
  }

  /** Of one event, oldest first. */
  ofEvent(eventId: number): Promise<readonly EventAction[]> {
    return this.store.reader.find(eventActions, { where: { eventId }, order: { id: 'ASC' } });
  }

  /** The event that this one replays; null when it is no replay. */
  async origin({ id: eventId, source }: Pick<Event, 'id' | 'source'>): Promise<Event | null> {
    if (source !== 'replay') return null;
    const made = this.store.table(eventActions).one({ madeEventId: eventId });
    return made && this.store.table(events).one({ id: made.eventId });
  }

  /** What stands behind a replay: the event that it repeats, and so on to the one that came from outside. */
  async originsOf(event: Pick<Event, 'id' | 'source'>): Promise<readonly Event[]> {
    const origins: Event[] = [];
    for (let origin = await this.origin(event); origin !== null; origin = await this.origin(origin))
      origins.push(origin);
    return origins;
  }
}
