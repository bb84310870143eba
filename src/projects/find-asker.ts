/** Finds who asks by the token they show: by its hash, so nothing is compared byte by byte. Keeps when it was last used. */
import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Refusal } from '../kernel/errors.js';
import type { ApiToken } from '../model/token.js';
import { Store } from '../store/store.js';
import { Tokens } from '../store/tokens.js';
import type { Asker } from './asker.js';
import { hashToken } from './token-text.js';

const MAX_LENGTH = 255;

@Injectable()
export class FindAsker {
  /** Tokens whose use is being written. */
  private readonly noting = new Set<number>();

  constructor(
    private readonly store: Store,
    private readonly tokens: Tokens,
    private readonly clock: Clock,
  ) {}

  /** Throws a Refusal for a text that is no token, and for one that is revoked or has expired. */
  async byText(text: string): Promise<Asker> {
    const token = text.length <= MAX_LENGTH ? await this.tokens.byHash(hashToken(text)) : null;
    if (token === null) throw refused('token-unknown', 'This is no token of this server.');
    this.refuseEnded(token);
    this.noteUse(token);
    const { id: tokenId, name, role, projects, expiresAt } = token;
    return { tokenId, name, role, projects, expiresAt };
  }

  /** Nobody waits for it: what is not written now is written at the next use. */
  private noteUse(token: ApiToken): void {
    const nowMs = this.clock.now();
    if (!this.tokens.isUseNews(token, nowMs) || this.noting.has(token.id)) return;
    this.noting.add(token.id);
    const noted = this.store.commit((tx) => this.tokens.noteUse(tx, token.id, nowMs));
    void noted.catch(() => undefined).finally(() => this.noting.delete(token.id));
  }

  private refuseEnded({ revokedAt, expiresAt }: ApiToken): void {
    if (revokedAt !== null) throw refused('token-revoked', 'This token was revoked.');
    if (expiresAt !== null && expiresAt <= this.clock.now()) throw refused('token-expired', 'This token has expired.');
  }
}

function refused(code: string, message: string): Refusal {
  return new Refusal('unauthenticated', code, message);
}
