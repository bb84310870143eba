/** Finds who asks by the token they show: by its hash, so nothing is compared byte by byte. */
import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Refusal } from '../kernel/errors.js';
import type { ApiToken } from '../model/token.js';
import { Tokens } from '../store/tokens.js';
import type { Asker } from './asker.js';
import { hashToken } from './token-text.js';

const MAX_LENGTH = 255;

@Injectable()
export class FindAsker {
  constructor(
    private readonly tokens: Tokens,
    private readonly clock: Clock,
  ) {}

  /** Throws a Refusal for a text that is no token, and for one that is revoked or has expired. */
  async byText(text: string): Promise<Asker> {
    const token = text.length <= MAX_LENGTH ? await this.tokens.byHash(hashToken(text)) : null;
    if (token === null) throw refused('token-unknown', 'This is no token of this server.');
    this.refuseEnded(token);
    return { tokenId: token.id, name: token.name, role: token.role, projects: token.projects };
  }

  private refuseEnded({ revokedAt, expiresAt }: ApiToken): void {
    if (revokedAt !== null) throw refused('token-revoked', 'This token was revoked.');
    if (expiresAt !== null && expiresAt <= this.clock.now()) throw refused('token-expired', 'This token has expired.');
  }
}

function refused(code: string, message: string): Refusal {
  return new Refusal('unauthenticated', code, message);
}
