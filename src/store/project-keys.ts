/** Rotation of a project's web-hook keys: added at the end, made the first, taken away. */
import { In } from 'typeorm';
import { Refusal } from '../kernel/errors.js';
import { keyPlace, MAX_KEYS, type Projects, refuseSharedKeys } from './projects.js';
import { projectKeys, type ProjectKeyRow } from './schema/tables.js';
import { lookAgain } from './quarantine.js';
import type { Seal } from './seal.js';
import type { Store, Tx } from './store.js';

/** What may be shown of a key. */
export interface ShownKey extends Pick<ProjectKeyRow, 'id' | 'projectId' | 'position' | 'createdAt'> {
  /** Under this master key. One that does not checks no delivery. */
  readonly opens: boolean;
}

export class ProjectKeys {
  constructor(
    private readonly store: Store,
    private readonly seal: Seal,
    private readonly projects: Projects,
  ) {}

  /** Of these projects, the current one of each first. */
  async of(projectIds: readonly number[]): Promise<readonly ShownKey[]> {
    const where = { projectId: In([...projectIds]) };
    const rows = await this.store.reader.find(projectKeys, { where, order: { projectId: 'ASC', position: 'ASC' } });
    return rows.map(({ id, projectId, position, createdAt, sealedKey }) => {
      const opens = this.seal.opens(sealedKey, keyPlace(projectId, position));
      return { id, projectId, position, createdAt, opens };
    });
  }

  /** The new id. Throws a Refusal when there are as many as may be, or the key is used already. */
  async add(tx: Tx, projectId: number, key: string, nowMs: number): Promise<number> {
    const fingerprint = this.seal.fingerprint(key);
    const rows = await this.rows(tx, projectId);
    if (rows.some((row) => row.fingerprint === fingerprint))
      throw new Refusal('invalid', 'key-twice', 'The same web-hook key is given twice.');
    await refuseSharedKeys(tx.manager, projectId, [fingerprint]);
    if (rows.length >= MAX_KEYS) throw tooMany();
    const position = rows.length;
    const sealedKey = this.seal.seal(key, keyPlace(projectId, position));
    const row = { projectId, position, sealedKey, fingerprint, createdAt: nowMs };
    const id = tx.table(projectKeys).insert(row);
    await lookAgain(tx, projectId, nowMs);
    this.projects.forgetDirectory(tx);
    return id;
  }

  /** The forge says that this is the key now: it becomes the current one, and the last of the others makes room for it. */
  async renew(tx: Tx, projectId: number, key: string, nowMs: number): Promise<void> {
    const rows = await this.rows(tx, projectId);
    const last = rows.at(-1);
    if (rows.length >= MAX_KEYS && last !== undefined) await tx.manager.delete(projectKeys, { id: last.id });
    await this.makeFirst(tx, projectId, await this.add(tx, projectId, key, nowMs));
  }

  /** False when the project has no such key. */
  async makeFirst(tx: Tx, projectId: number, keyId: number): Promise<boolean> {
    const rows = await this.rows(tx, projectId);
    const first = rows.find(({ id }) => id === keyId);
    if (first === undefined) return false;
    await this.arrange(tx, [first, ...rows.filter((row) => row !== first)]);
    return true;
  }

  /** False when the project has no such key. Throws a Refusal for the last one. */
  async remove(tx: Tx, projectId: number, keyId: number): Promise<boolean> {
    const rows = await this.rows(tx, projectId);
    const rest = rows.filter(({ id }) => id !== keyId);
    if (rest.length === rows.length) return false;
    if (rest.length === 0) throw last();
    await tx.manager.delete(projectKeys, { id: keyId });
    await this.arrange(tx, rest);
    return true;
  }

  private rows(tx: Tx, projectId: number): Promise<ProjectKeyRow[]> {
    return tx.manager.find(projectKeys, { where: { projectId }, order: { position: 'ASC' } });
  }

  /** A key is sealed for its place: one that moves is sealed anew. */
  private async arrange(tx: Tx, rows: readonly ProjectKeyRow[]): Promise<void> {
    for (const [position, row] of rows.entries()) {
      if (row.position === position) continue;
      const key = this.seal.open(row.sealedKey, keyPlace(row.projectId, row.position));
      const sealedKey = this.seal.seal(key, keyPlace(row.projectId, position));
      tx.table(projectKeys).update({ id: row.id }, { position, sealedKey });
    }
    this.projects.forgetDirectory(tx);
  }
}

function tooMany(): Refusal {
  const message = `A project has at most ${MAX_KEYS} web-hook keys: take one away first.`;
  return new Refusal('conflict', 'too-many-keys', message);
}

function last(): Refusal {
  const message = 'This is the last web-hook key of the project: add another one first, or disable the project.';
  return new Refusal('conflict', 'last-key', message);
}
