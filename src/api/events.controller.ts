/** Look at stored events. */
import { Controller, Get, Inject, Param, UseGuards } from '@nestjs/common';
import type { Json } from '../kernel/json.js';
import type { Asker } from '../projects/asker.js';
import { Deliveries } from '../store/deliveries.js';
import { Events } from '../store/events.js';
import { RowId } from './checked-input.pipe.js';
import { type EventDto, eventDto } from './event.dto.js';
import { AskedBy, Needs, TokenGuard } from './token.guard.js';
import { VisibleProjects } from './visible-projects.js';

@Controller('api/v1/events')
@UseGuards(TokenGuard)
export class EventsController {
  constructor(
    @Inject(VisibleProjects) private readonly visible: VisibleProjects,
    @Inject(Events) private readonly events: Events,
    @Inject(Deliveries) private readonly deliveries: Deliveries,
  ) {}

  @Get(':id')
  @Needs('read')
  async read(@AskedBy() asker: Asker, @Param('id', RowId) id: number): Promise<EventDto> {
    const event = await this.visible.event(asker, id);
    const decisions = await this.events.decisionsOf(id);
    const delivery = event.deliveryId === null ? null : await this.deliveries.byId(event.deliveryId);
    return eventDto({ event, decisions, delivery, body: await this.body(event.deliveryId) });
  }

  /** It was parsed before it was stored, so it is JSON. */
  private async body(deliveryId: number | null): Promise<Json> {
    const bytes = deliveryId === null ? null : await this.deliveries.body(deliveryId);
    return bytes === null ? null : (JSON.parse(bytes.toString('utf8')) as Json);
  }
}
