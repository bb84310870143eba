/** Ends an API token before its time. */
import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Refusal } from '../kernel/errors.js';
import type { ApiToken } from '../model/token.js';
import { Store } from '../store/store.js';
import { Tokens } from '../store/tokens.js';
import { type Asker, seesToken } from './asker.js';

@Injectable()
export class RevokeToken {
  constructor(
    private readonly store: Store,
    private readonly tokens: Tokens,
    private readonly clock: Clock,
  ) {}

  /**
   * Safe to call twice: the first revocation stands. Throws a Refusal for a token that the asker does not see, and for the
   * last one that could still make others: nobody could use the server as a maintainer any more.
   */
  revoke(asker: Asker, id: number): Promise<void> {
    return this.store.commit(async (tx) => {
      const token = await this.tokens.byId(id);
      if (token === null || !seesToken(asker, token)) throw unknown(id);
      if (isLasting(token) && !(await this.tokens.list()).some((other) => replaces(other, token))) throw last();
      await this.tokens.revoke(tx, id, asker.name, this.clock.now());
    });
  }
}

function isLasting({ role, expiresAt, revokedAt }: ApiToken): boolean {
  return role === 'maintain' && expiresAt === null && revokedAt === null;
}

/** May `other` do without end what `token` may? */
function replaces(other: ApiToken, token: ApiToken): boolean {
  const held = token.projects;
  const seesAll = other.projects === null || (held !== null && held.every((id) => other.projects?.includes(id)));
  return other.id !== token.id && isLasting(other) && seesAll;
}

function unknown(id: number): Refusal {
  return new Refusal('unknown', 'no-such-token', `There is no token ${id}, or this token does not see it.`);
}

function last(): Refusal {
  const message =
    'This is the last maintain token without an expiry for what it sees: make another one before you revoke it.';
  return new Refusal('conflict', 'last-maintain-token', message);
}
