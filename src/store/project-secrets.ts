/** Secrets of projects: sealed at rest, listed by name, opened for a job's order alone. */
import { projectSecrets, type ProjectSecretRow } from './schema/tables.js';
import type { Seal, SealedPlace } from './seal.js';
import type { Store, Tx } from './store.js';

/** What may be shown of a secret. */
export type ShownSecret = Pick<ProjectSecretRow, 'name' | 'refs' | 'declaredBy' | 'updatedAt'>;

export interface NewSecret extends Pick<ProjectSecretRow, 'projectId' | 'name' | 'refs' | 'declaredBy'> {
  readonly value: string;
}

const SHOWN = { name: true, refs: true, declaredBy: true, updatedAt: true } as const;

export class ProjectSecrets {
  constructor(
    private readonly store: Store,
    private readonly seal: Seal,
  ) {}

  /** By name; never a value. */
  async ofProject(projectId: number): Promise<readonly ShownSecret[]> {
    const rows = this.store.table(projectSecrets).all({ projectId }, 'name');
    return rows.map(({ name, refs, declaredBy, updatedAt }) => ({ name, refs, declaredBy, updatedAt }));
  }

  byName(projectId: number, name: string): Promise<ShownSecret | null> {
    return this.store.reader.findOne(projectSecrets, { select: SHOWN, where: { projectId, name } });
  }

  /** Inside a commit: how many there are. */
  count(tx: Tx, projectId: number): Promise<number> {
    return tx.manager.countBy(projectSecrets, { projectId });
  }

  /** Makes it, or replaces what stood there. */
  async set(tx: Tx, { value, ...secret }: NewSecret, nowMs: number): Promise<void> {
    const sealedValue = this.seal.seal(value, placeOf(secret));
    await tx.manager.upsert(projectSecrets, { ...secret, sealedValue, updatedAt: nowMs } as never, [
      'projectId',
      'name',
    ]);
  }

  /** False when there was none. */
  async remove(tx: Tx, projectId: number, name: string): Promise<boolean> {
    return (await tx.manager.delete(projectSecrets, { projectId, name })).affected === 1;
  }

  /** Does it stand there with this value? For the configuration file, so that what stands is left alone. */
  async holds(projectId: number, name: string, value: string): Promise<boolean> {
    const row = this.store.table(projectSecrets).one({ projectId, name });
    if (row === null || !this.seal.opens(row.sealedValue, placeOf(row))) return false;
    return this.seal.open(row.sealedValue, placeOf(row)) === value;
  }

  /**
   * Those that `choose` names, for `runs/` alone, at the claim; chosen and opened of one read, so that no value goes by the refs
   * of another. Throws a Fault when one of them does not open under this master key.
   */
  async open(
    projectId: number,
    choose: (secrets: readonly ShownSecret[]) => readonly string[],
  ): Promise<Readonly<Record<string, string>>> {
    const rows = this.store.table(projectSecrets).all({ projectId }, 'name');
    const names = choose(rows);
    const chosen = rows.filter(({ name }) => names.includes(name));
    return Object.fromEntries(chosen.map((row) => [row.name, this.seal.open(row.sealedValue, placeOf(row))]));
  }
}

function placeOf({ projectId, name }: Pick<ProjectSecretRow, 'projectId' | 'name'>): SealedPlace {
  return { table: projectSecrets.options.name, column: 'sealedValue', projectId, row: name };
}
