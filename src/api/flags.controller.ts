/** Look at flags: what the forge is to show, whether it does, and why not. */
import { Controller, Get, Inject, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Asker } from '../projects/asker.js';
import { Browse } from '../store/browse.js';
import { ReadAskedProjects } from './asked-projects.js';
import { flagFilter, FlagListQuery } from './browse-query.js';
import { CheckedInput } from './checked-input.pipe.js';
import { Described } from './described.js';
import { flagDto, FlagListDto } from './flag.dto.js';
import { linkNext, readPage } from './list-query.js';
import { AskedBy, Needs, TokenGuard } from './token.guard.js';

@Controller('api/v1/flags')
@UseGuards(TokenGuard)
export class FlagsController {
  constructor(
    @Inject(ReadAskedProjects) private readonly asked: ReadAskedProjects,
    @Inject(Browse) private readonly browse: Browse,
  ) {}

  @Get()
  @Needs('read')
  @Described({
    says: 'List flags: what the forge is to show, whether it does, and why not',
    answer: FlagListDto,
    problems: ['no-such-project'],
  })
  async list(
    @AskedBy() asker: Asker,
    @Query(new CheckedInput(FlagListQuery)) query: FlagListQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<FlagListDto> {
    const filter = flagFilter(query, await this.asked.read(asker, query.project));
    const page = await readPage(
      query,
      (asked) => this.browse.flags(filter, asked),
      ({ id }) => id,
    );
    linkNext(request, reply, page);
    return { ...page, items: page.items.map(flagDto) };
  }
}
