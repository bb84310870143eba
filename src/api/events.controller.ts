/** Look at stored events: a list of them, and all about one. */
import { Controller, Get, Inject, Param, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Json } from '../kernel/json.js';
import type { Asker } from '../projects/asker.js';
import { Browse } from '../store/browse.js';
import { Deliveries } from '../store/deliveries.js';
import { Events } from '../store/events.js';
import { ReadAskedProjects } from './asked-projects.js';
import { eventFilter, EventListQuery } from './browse-query.js';
import { CheckedInput, RowId } from './checked-input.pipe.js';
import { Described } from './described.js';
import { EventDto, eventDto, EventListDto, eventSummaryDto } from './event.dto.js';
import { linkNext, readPage } from './list-query.js';
import { AskedBy, Needs, TokenGuard } from './token.guard.js';
import { VisibleProjects } from './visible-projects.js';

@Controller('api/v1/events')
@UseGuards(TokenGuard)
export class EventsController {
  constructor(
    @Inject(VisibleProjects) private readonly visible: VisibleProjects,
    @Inject(ReadAskedProjects) private readonly asked: ReadAskedProjects,
    @Inject(Browse) private readonly browse: Browse,
    @Inject(Events) private readonly events: Events,
    @Inject(Deliveries) private readonly deliveries: Deliveries,
  ) {}

  @Get()
  @Needs('read')
  @Described({
    says: 'List events, filtered',
    more: 'What is asked for must hold all together. Without the messages: those are shown one by one.',
    answer: EventListDto,
    problems: ['no-such-project'],
  })
  async list(
    @AskedBy() asker: Asker,
    @Query(new CheckedInput(EventListQuery)) query: EventListQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EventListDto> {
    const filter = eventFilter(query, await this.asked.read(asker, query.project));
    const page = await readPage(
      query,
      (asked) => this.browse.events(filter, asked),
      ({ id }) => id,
    );
    linkNext(request, reply, page);
    return { ...page, items: page.items.map(eventSummaryDto) };
  }

  @Get(':id')
  @Needs('read')
  @Described({
    says: 'Read an event: what arrived, what it was taken for, what it started and why',
    answer: EventDto,
    problems: ['no-such-event'],
  })
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
