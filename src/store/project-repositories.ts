/** Where projects are fetched from that are not fetched from their forge's own URL; keys are sealed at rest. */
import { isDeepStrictEqual } from 'node:util';
import { In } from 'typeorm';
import type { ProjectRepository, ShownRepository } from '../model/project-repository.js';
import { projectRepositories, type ProjectRepositoryRow } from './schema/tables.js';
import type { Seal, SealedPlace } from './seal.js';
import type { Store, Tx } from './store.js';

export class ProjectRepositories {
  constructor(
    private readonly store: Store,
    private readonly seal: Seal,
  ) {}

  /** Null: from the forge's own URL. */
  async set(tx: Tx, projectId: number, repository: ProjectRepository | null): Promise<void> {
    await tx.manager.delete(projectRepositories, { projectId });
    if (repository === null) return;
    const { url, sshKey, hostKeys } = repository;
    const sealedKey = sshKey === null ? null : this.seal.seal(sshKey, keyPlace(projectId));
    tx.table(projectRepositories).insert({ projectId, url, hostKeys, sealedKey });
  }

  /** Is this what stands? Nothing is told but yes or no: no for a key that does not open. */
  async holds(projectId: number, repository: ProjectRepository | null): Promise<boolean> {
    const row = await this.row(projectId);
    if (row?.sealedKey && !this.seal.opens(row.sealedKey, keyPlace(projectId))) return false;
    return isDeepStrictEqual(row && this.opened(row), repository);
  }

  /** For `triage/` alone. */
  async open(projectId: number): Promise<ProjectRepository | null> {
    const row = await this.row(projectId);
    return row && this.opened(row);
  }

  /** Of each that has one, without its key. */
  async shown(ids: readonly number[]): Promise<ReadonlyMap<number, ShownRepository>> {
    const select = { projectId: true, url: true, hostKeys: true } as const;
    const rows = await this.store.reader.find(projectRepositories, { select, where: { projectId: In([...ids]) } });
    return new Map(rows.map(({ projectId, url, hostKeys }) => [projectId, { url, hostKeys }]));
  }

  private async row(projectId: number): Promise<ProjectRepositoryRow | null> {
    return this.store.table(projectRepositories).one({ projectId });
  }

  private opened({ projectId, url, hostKeys, sealedKey }: ProjectRepositoryRow): ProjectRepository {
    return { url, hostKeys, sshKey: sealedKey && this.seal.open(sealedKey, keyPlace(projectId)) };
  }
}

function keyPlace(projectId: number): SealedPlace {
  return { table: 'project_repository', column: 'sealedKey', projectId, row: String(projectId) };
}
