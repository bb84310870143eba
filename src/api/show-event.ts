/** Makes what the API shows of one event. */
import { Inject, Injectable } from '@nestjs/common';
import { Fault } from '../kernel/errors.js';
import type { Json } from '../kernel/json.js';
import type { Event } from '../model/event.js';
import { Deliveries } from '../store/deliveries.js';
import { EventActions } from '../store/event-actions.js';
import { Events } from '../store/events.js';
import { tagOf } from './etag.js';
import { type EventDto, eventDto } from './event.dto.js';

/** A larger message would be parsed and written again for up to a second, while nobody else is answered. */
const MOST_SHOWN_BYTES = 256 * 1024;
/** Of a message that is sent as it is, so much is held for each reader. */
const PART_BYTES = 4 * 1024 * 1024;

/** A message as it came, byte for byte. */
export interface ShownBody {
  /** A strong one. */
  readonly etag: string;
  readonly sizeBytes: number;
  /** Read as fast as the reader takes it. */
  read(): AsyncGenerator<Buffer>;
}

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
    const bodyBytes = delivery === null ? 0 : await this.deliveries.bodyBytes(delivery.id);
    const body = delivery === null || bodyBytes > MOST_SHOWN_BYTES ? null : await this.message(delivery.id);
    return eventDto({ event, decisions, delivery, bodyBytes, actions, origin, body });
  }

  /** Null when no message brought the event, or it is not kept any more. */
  async body({ deliveryId }: Event): Promise<ShownBody | null> {
    const delivery = deliveryId === null ? null : await this.deliveries.byId(deliveryId);
    if (delivery === null) return null;
    const sizeBytes = await this.deliveries.bodyBytes(delivery.id);
    if (sizeBytes === 0) return null;
    return { etag: tagOf(delivery.bodyHash), sizeBytes, read: () => this.parts(delivery.id, sizeBytes) };
  }

  private async *parts(deliveryId: number, sizeBytes: number): AsyncGenerator<Buffer> {
    for (let from = 0; from < sizeBytes; from += PART_BYTES) {
      const part = await this.deliveries.bodyPart(deliveryId, from, PART_BYTES);
      if (part === null) throw new Fault(`the message of delivery ${deliveryId} is gone`, { retryable: false });
      yield part;
    }
  }

  /** It was parsed before it was stored, so it is JSON. */
  private async message(deliveryId: number): Promise<Json> {
    const bytes = await this.deliveries.body(deliveryId);
    return bytes === null ? null : (JSON.parse(bytes.toString('utf8')) as Json);
  }
}
