/** Makes what the API shows of one event. */
import { Inject, Injectable } from '@nestjs/common';
import type { Json } from '../kernel/json.js';
import type { Event } from '../model/event.js';
import { Deliveries } from '../store/deliveries.js';
import { EventActions } from '../store/event-actions.js';
import { Events } from '../store/events.js';
import { type EventDto, eventDto } from './event.dto.js';

@Injectable()
export class ShowEvent {
  constructor(
    @Inject(Events) private readonly events: Events,
    @Inject(EventActions) private readonly actions: EventActions,
    @Inject(Deliveries) private readonly deliveries: Deliveries,
  ) {}

  async show(event: Event): Promise<EventDto> {
    const decisions = await this.events.decisionsOf(event.id);
    const [actions, origin] = await Promise.all([this.actions.ofEvent(event.id), this.actions.origin(event)]);
    const delivery = event.deliveryId === null ? null : await this.deliveries.byId(event.deliveryId);
    return eventDto({ event, decisions, delivery, actions, origin, body: await this.body(event.deliveryId) });
  }

  /** It was parsed before it was stored, so it is JSON. */
  private async body(deliveryId: number | null): Promise<Json> {
    const bytes = deliveryId === null ? null : await this.deliveries.body(deliveryId);
    return bytes === null ? null : (JSON.parse(bytes.toString('utf8')) as Json);
  }
}
