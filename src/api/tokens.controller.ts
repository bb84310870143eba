/** Make API tokens. */
import { Body, Controller, Header, Inject, Post, UseGuards } from '@nestjs/common';
import type { Asker } from '../projects/asker.js';
import { IssueToken } from '../projects/issue-token.js';
import { TokenInput } from '../projects/token-input.js';
import { CheckedInput } from './checked-input.pipe.js';
import { type NewTokenDto, newTokenDto } from './token.dto.js';
import { AskedBy, Needs, TokenGuard } from './token.guard.js';

@Controller('api/v1/tokens')
@UseGuards(TokenGuard)
export class TokensController {
  constructor(@Inject(IssueToken) private readonly issuing: IssueToken) {}

  /** 201, with the only telling of the token's text. */
  @Post()
  @Needs('maintain')
  @Header('cache-control', 'no-store')
  async issue(@AskedBy() asker: Asker, @Body(new CheckedInput(TokenInput)) input: TokenInput): Promise<NewTokenDto> {
    return newTokenDto(await this.issuing.issue(asker, input));
  }
}
