/** API tokens, found by the hash of their text. */
import type { ApiToken } from '../model/token.js';
import { tokens } from './schema/tables.js';
import type { Store, Tx } from './store.js';

export type NewToken = Omit<ApiToken, 'id' | 'revokedAt' | 'lastUsedAt' | 'createdBy' | 'revokedBy'> &
  Partial<Pick<ApiToken, 'createdBy'>>;

/** Which tokens a page shows. */
export interface TokenPage {
  /** Only those limited to some of these projects; null: all. */
  readonly within: readonly number[] | null;
  /** Only ids below it; null: from the newest. */
  readonly beforeId: number | null;
  readonly limit: number;
}

/** Uses of one token are written at most this often. */
const USE_EVERY_MS = 60_000;

export class Tokens {
  constructor(private readonly store: Store) {}

  list(): Promise<readonly ApiToken[]> {
    return this.store.reader.find(tokens, { order: { id: 'ASC' } });
  }

  /** Newest first. */
  page({ within, beforeId, limit }: TokenPage): Promise<readonly ApiToken[]> {
    const query = this.store.reader.createQueryBuilder(tokens, 'token').orderBy('token.id', 'DESC').take(limit);
    if (beforeId !== null) query.andWhere('token.id < :beforeId', { beforeId });
    if (within !== null) {
      const outside = 'SELECT 1 FROM json_each("token"."projects") WHERE "value" NOT IN (:...within)';
      query.andWhere('token.projects IS NOT NULL').andWhere(`NOT EXISTS (${outside})`, { within });
    }
    return query.getMany();
  }

  async byId(id: number): Promise<ApiToken | null> {
    return this.store.table(tokens).one({ id });
  }

  async byHash(hash: string): Promise<ApiToken | null> {
    return this.store.table(tokens).one({ hash });
  }

  async insert(tx: Tx, token: NewToken): Promise<number> {
    const rest = { revokedAt: null, lastUsedAt: null, revokedBy: null };
    return tx.table(tokens).insert({ createdBy: null, ...token, ...rest });
  }

  /** The first revocation stands. */
  async revoke(tx: Tx, id: number, revokedBy: string, nowMs: number): Promise<void> {
    tx.table(tokens).update({ id, revokedAt: null }, { revokedAt: nowMs, revokedBy });
  }

  /** Is a use at `nowMs` to be written? At most one a minute is. */
  isUseNews({ lastUsedAt }: ApiToken, nowMs: number): boolean {
    return lastUsedAt === null || nowMs - lastUsedAt >= USE_EVERY_MS;
  }

  async noteUse(tx: Tx, id: number, nowMs: number): Promise<void> {
    tx.table(tokens).update({ id }, { lastUsedAt: nowMs });
  }
}
