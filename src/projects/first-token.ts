/** The token that the first start makes, so that somebody can use the API at all (TRUST.md §6). */
import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Random } from '../kernel/random.js';
import { Store } from '../store/store.js';
import { Tokens } from '../store/tokens.js';
import { hashToken, newTokenText } from './token-text.js';

@Injectable()
export class FirstToken {
  constructor(
    private readonly store: Store,
    private readonly tokens: Tokens,
    private readonly random: Random,
    private readonly clock: Clock,
  ) {}

  /**
   * When there is no token at all: makes one of role maintain, gives its text to `keep` (a 0600 file or a terminal, never a
   * journal), and only then stores it; a crash between leaves a text without use, and the next start makes another.
   * True when one was made.
   */
  async ensure(keep: (text: string) => Promise<void> | void): Promise<boolean> {
    if ((await this.tokens.list()).length > 0) return false;
    const text = newTokenText(this.random);
    await keep(text);
    const token = { name: 'first token', role: 'maintain', projects: null, expiresAt: null } as const;
    const row = { ...token, hash: hashToken(text), createdAt: this.clock.now() };
    await this.store.commit((tx) => this.tokens.insert(tx, row));
    return true;
  }
}
