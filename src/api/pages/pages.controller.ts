/** The pages for people: what a flag's url opens, and why an event started what it did. */
import { Controller, Get, Headers, Inject, Param, Query, Res, UseFilters, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { RUNNING_SETTINGS, type RunningSettings } from '../../config/running-settings.js';
import { readRowId } from '../../kernel/row-id.js';
import type { Asker } from '../../projects/asker.js';
import { Described } from '../described.js';
import { AskedBy, OptionalTokenGuard } from '../token.guard.js';
import { eventPage } from './event-page.js';
import { missingPage } from './no-page.js';
import { answerFailure, answerPage } from './page-answer.js';
import { PageFilter } from './page.filter.js';
import { ReadPages } from './read-pages.js';
import { type Reload, runPage } from './run-page.js';

/** What both pages say of themselves; failures are pages too. */
const PAGE = {
  more:
    'For a public project without a token, for others with one. What is not there and what is not shown are answered alike: ' +
    'with 404 and a page that says how to sign in.',
  answer: 'text/html',
  headers: ['ETag', 'Content-Security-Policy'],
  also: {
    304: 'What was named in If-None-Match still stands.',
    404: 'It is not there, or not shown.',
    500: 'The server failed.',
    503: 'The server cannot do this just now.',
  },
} as const;

@Controller()
@UseGuards(OptionalTokenGuard)
@UseFilters(PageFilter)
export class PagesController {
  constructor(
    @Inject(ReadPages) private readonly pages: ReadPages,
    @Inject(RUNNING_SETTINGS) private readonly settings: RunningSettings,
  ) {}

  /** The address that flags carry. */
  @Get('runs/:id')
  @Described({
    says: 'The page of a run',
    ...PAGE,
  })
  async run(
    @AskedBy() asker: Asker | null,
    @Param('id') text: string,
    @Query('reload') reload: unknown,
    @Headers('if-none-match') ifNoneMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const id = readRowId(text);
    const view = id === null ? null : await this.pages.run(asker, id);
    if (view !== null) return answerPage(reply, runPage(view, reloadOf(reload)), ifNoneMatch);
    return this.missing(reply, 'run', id);
  }

  @Get('events/:id')
  @Described({
    says: 'The page of an event: why each pipeline did or did not start',
    ...PAGE,
  })
  async event(
    @AskedBy() asker: Asker | null,
    @Param('id') text: string,
    @Query('reload') reload: unknown,
    @Headers('if-none-match') ifNoneMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const id = readRowId(text);
    const view = id === null ? null : await this.pages.event(asker, id);
    if (view !== null) return answerPage(reply, eventPage(view, reloadOf(reload)), ifNoneMatch);
    return this.missing(reply, 'event', id);
  }

  private missing(reply: FastifyReply, noun: 'run' | 'event', id: number | null): string {
    return answerFailure(reply, 404, missingPage({ noun, id, publicUrl: this.settings.publicUrl }));
  }
}

function reloadOf(query: unknown): Reload {
  return query === 'off' ? 'off' : 'on';
}
