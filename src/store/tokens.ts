/** API tokens, found by the hash of their text. */
import type { ApiToken } from '../model/token.js';
import { tokens } from './schema/tables.js';
import type { Store, Tx } from './store.js';

export class Tokens {
  constructor(private readonly store: Store) {}

  list(): Promise<readonly ApiToken[]> {
    return this.store.reader.find(tokens, { order: { id: 'ASC' } });
  }

  byHash(hash: string): Promise<ApiToken | null> {
    return this.store.reader.findOneBy(tokens, { hash });
  }

  async insert(tx: Tx, token: Omit<ApiToken, 'id' | 'revokedAt' | 'lastUsedAt'>): Promise<number> {
    const made = await tx.manager.insert(tokens, { ...token, revokedAt: null, lastUsedAt: null });
    return made.identifiers[0]!['id'] as number;
  }
}
