/** Make API tokens, look at them, revoke them. */
import { Body, Controller, Delete, Get, Header, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Clock } from '../kernel/clock.js';
import type { Asker } from '../projects/asker.js';
import { IssueToken } from '../projects/issue-token.js';
import { RevokeToken } from '../projects/revoke-token.js';
import { TokenInput } from '../projects/token-input.js';
import { Tokens } from '../store/tokens.js';
import { CheckedInput, RowId } from './checked-input.pipe.js';
import { Described } from './described.js';
import { linkNext, ListQuery, readPage } from './list-query.js';
import { NewTokenDto, newTokenDto, tokenDto, TokenListDto } from './token.dto.js';
import { AskedBy, Needs, TokenGuard } from './token.guard.js';

@Controller('api/v1/tokens')
@UseGuards(TokenGuard)
export class TokensController {
  constructor(
    @Inject(Tokens) private readonly tokens: Tokens,
    @Inject(IssueToken) private readonly issuing: IssueToken,
    @Inject(RevokeToken) private readonly revoking: RevokeToken,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  @Get()
  @Needs('maintain')
  @Described({
    says: 'List API tokens: who made them, what they may, when they were last used',
    more: 'A token that is limited to projects sees those that are limited to some of these.',
    answer: TokenListDto,
  })
  async list(
    @AskedBy() { projects }: Asker,
    @Query(new CheckedInput(ListQuery)) query: ListQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TokenListDto> {
    const page = await readPage(
      query,
      ({ before, limit }) => this.tokens.page({ within: projects, beforeId: before, limit }),
      (token) => token.id,
    );
    linkNext(request, reply, page);
    return { ...page, items: page.items.map((token) => tokenDto(token, this.clock.now())) };
  }

  @Post()
  @Needs('maintain')
  @Header('cache-control', 'no-store')
  @Described({
    says: 'Make an API token, and tell its text this once',
    more: 'It has no higher role, sees no other projects and lives no longer than the token it is made with.',
    status: 201,
    answer: NewTokenDto,
    problems: ['token-limited'],
  })
  async issue(@AskedBy() asker: Asker, @Body(new CheckedInput(TokenInput)) input: TokenInput): Promise<NewTokenDto> {
    return newTokenDto(await this.issuing.issue(asker, input));
  }

  @Delete(':id')
  @HttpCode(204)
  @Needs('maintain')
  @Described({
    says: 'Revoke an API token: it opens nothing any more',
    more:
      'Revoked again, nothing changes. Streams that it holds open end. Tokens that were made with it are tokens of their ' +
      'own and stay: "createdBy" names it in their list.',
    status: 204,
    answer: null,
    problems: ['no-such-token', 'last-maintain-token'],
  })
  async revoke(@AskedBy() asker: Asker, @Param('id', RowId) id: number): Promise<void> {
    await this.revoking.revoke(asker, id);
  }
}
