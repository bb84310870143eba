/** Makes what the API shows of one event. */
import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import type { Json } from '../kernel/json.js';
import type { Event } from '../model/event.js';
import { Deliveries } from '../store/deliveries.js';
import { EventActions } from '../store/event-actions.js';
import { Events } from '../store/events.js';
import { type EventDto, eventDto } from './event.dto.js';

/** A message over this size takes up to a second to be read and written again. */
const LARGE_BYTES = 1024 * 1024;

@Injectable()
export class ShowEvent {
  /** The last large message that is being shown. */
  private large: Promise<unknown> = Promise.resolve();

  constructor(
    @Inject(Events) private readonly events: Events,
    @Inject(EventActions) private readonly actions: EventActions,
    @Inject(Deliveries) private readonly deliveries: Deliveries,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async show(event: Event): Promise<EventDto> {
    const decisions = await this.events.decisionsOf(event.id);
    const [actions, origin] = await Promise.all([this.actions.ofEvent(event.id), this.actions.origin(event)]);
    const delivery = event.deliveryId === null ? null : await this.deliveries.byId(event.deliveryId);
    return eventDto({ event, decisions, delivery, actions, origin, body: await this.body(event.deliveryId) });
  }

  /** It was parsed before it was stored, so it is JSON. */
  private async body(deliveryId: number | null): Promise<Json> {
    if (deliveryId === null) return null;
    if ((await this.deliveries.bodyBytes(deliveryId)) > LARGE_BYTES) await this.turn();
    const bytes = await this.deliveries.body(deliveryId);
    return bytes === null ? null : (JSON.parse(bytes.toString('utf8')) as Json);
  }

  /** One large message in each turn of the event loop: deliveries are taken in between. */
  private turn(): Promise<unknown> {
    return (this.large = this.large.then(() => this.clock.nextTurn()));
  }
}
