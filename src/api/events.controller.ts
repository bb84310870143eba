/** Look at stored events: a list of them, and all about one. */
import { Readable } from 'node:stream';
import { Controller, Get, Headers, Inject, Param, Query, Req, Res, StreamableFile, UseGuards } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../kernel/errors.js';
import type { Asker } from '../projects/asker.js';
import { Browse } from '../store/browse.js';
import { ReadAskedProjects } from './asked-projects.js';
import { eventFilter, EventListQuery } from './browse-query.js';
import { CheckedInput, RowId } from './checked-input.pipe.js';
import { Described } from './described.js';
import { isKnown } from './etag.js';
import { EventDto, EventListDto, eventSummaryDto } from './event.dto.js';
import { linkNext, readPage } from './list-query.js';
import { ShowEvent } from './show-event.js';
import { AskedBy, Needs, TokenGuard } from './token.guard.js';
import { VisibleProjects } from './visible-projects.js';

@Controller('api/v1/events')
@UseGuards(TokenGuard)
export class EventsController {
  constructor(
    @Inject(VisibleProjects) private readonly visible: VisibleProjects,
    @Inject(ReadAskedProjects) private readonly asked: ReadAskedProjects,
    @Inject(Browse) private readonly browse: Browse,
    @Inject(ShowEvent) private readonly showing: ShowEvent,
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
    return this.showing.show(await this.visible.event(asker, id));
  }

  @Get(':id/body')
  @Needs('read')
  @Described({
    says: 'Read the message behind an event, byte for byte as it was signed',
    answer: 'application/json',
    problems: ['no-such-event', 'no-such-body'],
  })
  async body(
    @AskedBy() asker: Asker,
    @Param('id', RowId) id: number,
    @Headers('if-none-match') ifNoneMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile | undefined> {
    const body = await this.showing.body(await this.visible.event(asker, id));
    if (body === null) throw noBody(id);
    void reply.headers({ etag: body.etag, 'cache-control': 'private, no-cache' });
    if (isKnown(ifNoneMatch, body.etag)) return void reply.status(304);
    const bytes = Readable.from(body.read(), { objectMode: false });
    return new StreamableFile(bytes, { type: 'application/json', length: body.sizeBytes });
  }
}

function noBody(eventId: number): Refusal {
  return new Refusal('unknown', 'no-such-body', `No message of event ${eventId} is kept.`);
}
