/** Lets a delivery that was kept for its age start what it starts (TRUST.md §1). */
import type { Clock } from '../kernel/clock.js';
import { Refusal } from '../kernel/errors.js';
import type { EventAction } from '../model/event-action.js';
import type { EventActions } from '../store/event-actions.js';
import type { Events } from '../store/events.js';
import type { Store } from '../store/store.js';

/** Who asked. */
export type ActedBy = Pick<EventAction, 'tokenId' | 'actor'>;

export class ReleaseEvent {
  constructor(
    private readonly store: Store,
    private readonly events: Events,
    private readonly actions: EventActions,
    private readonly clock: Clock,
  ) {}

  /** Once: throws a Refusal for an event that is not stale, one that was released before included. */
  release(eventId: number, by: ActedBy): Promise<Omit<EventAction, 'id'>> {
    return this.store.commit(async (tx) => {
      const nowMs = this.clock.now();
      if (!(await this.events.release(tx, eventId, nowMs))) throw await this.refusal(eventId);
      const released = { eventId, ...by, kind: 'released', madeEventId: null, createdAt: nowMs } as const;
      await this.actions.insert(tx, released);
      return released;
    });
  }

  private async refusal(eventId: number): Promise<Refusal> {
    const earlier = (await this.actions.ofEvent(eventId)).find(({ kind }) => kind === 'released');
    if (earlier === undefined)
      return new Refusal('conflict', 'event-not-stale', 'Only a stale event is released: this one is not stale.');
    const message = `The event was released already, by ${earlier.actor}: replay it to start its pipelines again.`;
    return new Refusal('conflict', 'event-released', message);
  }
}
