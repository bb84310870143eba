/** What is shown of projects beside their rows: keys, whether they have a token, flags that are paused. */
import { In } from 'typeorm';
import type { ShownRepository } from '../model/project-repository.js';
import type { ProjectRepositories } from './project-repositories.js';
import type { ProjectKeys, ShownKey } from './project-keys.js';
import { flags, projectTokens } from './schema/tables.js';
import type { Store } from './store.js';

/** Flags that wait until somebody mends the same thing. */
export interface PausedFlags {
  readonly reason: string;
  readonly count: number;
}

export interface ProjectStanding {
  /** The current one first. */
  readonly keys: readonly ShownKey[];
  readonly hasToken: boolean;
  /** Null: it is fetched from the forge's own URL. */
  readonly repository: ShownRepository | null;
  /** The most first. */
  readonly pausedFlags: readonly PausedFlags[];
}

export class ProjectStandings {
  constructor(
    private readonly store: Store,
    private readonly keys: ProjectKeys,
    private readonly repositories: ProjectRepositories,
  ) {}

  /** By id, of each that is asked for. */
  async of(ids: readonly number[]): Promise<ReadonlyMap<number, ProjectStanding>> {
    const [keys, tokens, repositories, paused] = await Promise.all([
      this.keys.of(ids),
      this.withToken(ids),
      this.repositories.shown(ids),
      this.paused(ids),
    ]);
    return new Map(
      ids.map((id) => [
        id,
        {
          keys: keys.filter(({ projectId }) => projectId === id),
          hasToken: tokens.has(id),
          repository: repositories.get(id) ?? null,
          pausedFlags: paused
            .filter(({ projectId }) => projectId === id)
            .map(({ reason, count }) => ({ reason, count })),
        },
      ]),
    );
  }

  private async withToken(ids: readonly number[]): Promise<ReadonlySet<number>> {
    const where = { projectId: In([...ids]) };
    const rows = await this.store.reader.find(projectTokens, { select: { projectId: true }, where });
    return new Set(rows.map(({ projectId }) => projectId));
  }

  private paused(ids: readonly number[]): Promise<readonly (PausedFlags & { readonly projectId: number })[]> {
    return this.store.reader
      .createQueryBuilder(flags, 'flag')
      .select('flag.projectId', 'projectId')
      .addSelect('flag.pausedReason', 'reason')
      .addSelect('CAST(COUNT(*) AS INTEGER)', 'count')
      .where({ projectId: In([...ids]) })
      .andWhere('flag.pausedReason IS NOT NULL')
      .groupBy('flag.projectId')
      .addGroupBy('flag.pausedReason')
      .orderBy('count', 'DESC')
      .addOrderBy('reason', 'ASC')
      .getRawMany();
  }
}
