/** Projects, their web-hook keys and their forge tokens; keys and tokens are sealed at rest. */
import { type EntityManager, In, LessThan } from 'typeorm';
import { Refusal } from '../kernel/errors.js';
import type { Project } from '../model/project.js';
import { projectKeys, projects, projectTokens, type ProjectKeyRow } from './schema/tables.js';
import { ProjectRepositories } from './project-repositories.js';
import { lookAgain } from './quarantine.js';
import type { Seal, SealedPlace } from './seal.js';
import type { Store, Tx } from './store.js';

export type NewProject = Omit<Project, 'id' | 'identity' | 'suspended' | 'version' | 'createdAt' | 'updatedAt'>;
export type ProjectChange = Partial<
  Omit<Project, 'id' | 'instance' | 'fullname' | 'version' | 'createdAt' | 'updatedAt'>
>;

/** What the door needs of a project: names and opened keys. Kept in memory, made new when a project changes. */
export interface HookProject {
  readonly projectId: number;
  readonly instance: string;
  readonly instanceAliases: readonly string[];
  readonly fullname: string;
  readonly allowSha1: boolean;
  /** At most three, the current one first; those that do not open are left out. */
  readonly keys: readonly string[];
  /** Keys that do not open under this master key: no delivery can be checked with them. */
  readonly unopened: number;
}

/** At most this many keys per project: what the door compares is fixed work. */
export const MAX_KEYS = 3;

export class Projects {
  /** Where they are fetched from, if not from their forge's own URL. */
  readonly repositories: ProjectRepositories;
  private directory: Promise<readonly HookProject[]> | null = null;

  constructor(
    private readonly store: Store,
    private readonly seal: Seal,
  ) {
    this.repositories = new ProjectRepositories(store, seal);
  }

  list(): Promise<readonly Project[]> {
    return this.store.reader.find(projects, { order: { id: 'ASC' } });
  }

  /** Those of these ids (null: all), newest first; only ids below `beforeId` when it is given. */
  page(ids: readonly number[] | null, beforeId: number | null, limit: number): Promise<readonly Project[]> {
    const query = this.store.reader.createQueryBuilder(projects, 'project').orderBy('project.id', 'DESC').take(limit);
    if (ids !== null) query.andWhere({ id: In([...ids]) });
    if (beforeId !== null) query.andWhere({ id: LessThan(beforeId) });
    return query.getMany();
  }

  async byId(id: number): Promise<Project | null> {
    return this.store.table(projects).one({ id });
  }

  async byName(instance: string, fullname: string): Promise<Project | null> {
    return this.store.table(projects).one({ instance, fullname });
  }

  /** Throws a Refusal when the name is taken. Returns the new id. */
  async insert(tx: Tx, project: NewProject, nowMs: number): Promise<number> {
    const { instance, fullname } = project;
    if (await tx.manager.existsBy(projects, { instance, fullname }))
      throw new Refusal('conflict', 'project-exists', `${fullname} of ${instance} is registered already.`);
    const row = { ...project, identity: null, suspended: null, version: 1, createdAt: nowMs, updatedAt: nowMs };
    const id = tx.table(projects).insert(row);
    this.forgetDirectory(tx);
    return id;
  }

  /** False when the project is no longer at `version`. */
  async update(tx: Tx, id: number, version: number, change: ProjectChange, nowMs: number): Promise<boolean> {
    const next = { ...change, version: version + 1, updatedAt: nowMs };
    const changed = tx.table(projects).update({ id, version }, next);
    this.forgetDirectory(tx);
    return changed === 1;
  }

  /** Replaces all keys, the current one first; one that stands keeps its id and age. Throws a Refusal when another project uses one of them. */
  async replaceKeys(tx: Tx, projectId: number, keys: readonly string[], nowMs: number): Promise<void> {
    const fingerprints = keys.map((key) => this.seal.fingerprint(key));
    await refuseSharedKeys(tx.manager, projectId, fingerprints);
    const standing = await tx.manager.findBy(projectKeys, { projectId });
    await tx.manager.delete(projectKeys, { projectId });
    const rows = keys.map((key, position) => ({
      ...standingKey(standing, fingerprints[position]!, nowMs),
      projectId,
      position,
      sealedKey: this.seal.seal(key, keyPlace(projectId, position)),
      fingerprint: fingerprints[position]!,
    }));
    await tx.manager.insert(projectKeys, rows);
    await lookAgain(tx, projectId, nowMs);
    this.forgetDirectory(tx);
  }

  countKeys(projectId: number): Promise<number> {
    return this.store.reader.countBy(projectKeys, { projectId });
  }

  /** Are these the project's keys, in this order? Compared by fingerprint: nothing is opened. */
  async hasKeys(projectId: number, keys: readonly string[]): Promise<boolean> {
    const rows = await this.store.reader.find(projectKeys, { where: { projectId }, order: { position: 'ASC' } });
    return rows.length === keys.length && rows.every((row, at) => row.fingerprint === this.seal.fingerprint(keys[at]!));
  }

  async setToken(tx: Tx, projectId: number, token: string | null): Promise<void> {
    await tx.manager.delete(projectTokens, { projectId });
    if (token === null) return;
    tx.table(projectTokens).insert({ projectId, sealedToken: this.seal.seal(token, tokenPlace(projectId)) });
  }

  /** Is this the project's token (null: has it none)? Nothing is told but yes or no: no for one that does not open. */
  async holdsToken(projectId: number, token: string | null): Promise<boolean> {
    const row = this.store.table(projectTokens).one({ projectId });
    if (row === null || token === null) return row === token;
    const place = tokenPlace(projectId);
    return this.seal.opens(row.sealedToken, place) && this.seal.open(row.sealedToken, place) === token;
  }

  /** Is what is sealed here sealed under this master key? One value that opens shows it; also true while there is none. */
  async isUnderThisMasterKey(): Promise<boolean> {
    const keys = await this.store.reader.find(projectKeys);
    const tokens = await this.store.reader.find(projectTokens);
    if (keys.length + tokens.length === 0) return true;
    return (
      keys.some(({ sealedKey, projectId, position }) => this.seal.opens(sealedKey, keyPlace(projectId, position))) ||
      tokens.some(({ sealedToken, projectId }) => this.seal.opens(sealedToken, tokenPlace(projectId)))
    );
  }

  /** For `triage/` and `report/` alone. Null when the project has none. */
  async openToken(projectId: number): Promise<string | null> {
    const row = this.store.table(projectTokens).one({ projectId });
    return row ? this.seal.open(row.sealedToken, tokenPlace(projectId)) : null;
  }

  /** What the forge is asked with about a project: it shows what is public without a token. */
  async readToken({ id, public: isPublic }: Pick<Project, 'id' | 'public'>): Promise<string | null> {
    return isPublic ? null : this.openToken(id);
  }

  /** For `intake/` alone: every enabled project with its opened keys. */
  openHookKeys(): Promise<readonly HookProject[]> {
    this.directory ??= this.readDirectory().catch((error: unknown) => {
      this.directory = null;
      throw error;
    });
    return this.directory;
  }

  private async readDirectory(): Promise<readonly HookProject[]> {
    const rows = await this.store.reader.find(projectKeys, { order: { projectId: 'ASC', position: 'ASC' } });
    const enabled = (await this.list()).filter((project) => project.enabled);
    return enabled.map((project) =>
      this.hookProject(
        project,
        rows.filter((row) => row.projectId === project.id),
      ),
    );
  }

  /** A row that was damaged or moved shuts out its own project at most. */
  private hookProject(project: Project, rows: readonly ProjectKeyRow[]): HookProject {
    const keys = rows.flatMap(({ sealedKey, position }) => {
      const place = keyPlace(project.id, position);
      return this.seal.opens(sealedKey, place) ? [this.seal.open(sealedKey, place)] : [];
    });
    return {
      projectId: project.id,
      instance: project.instance,
      instanceAliases: project.instanceAliases,
      fullname: project.fullname,
      allowSha1: project.settings.allowSha1,
      keys,
      unopened: rows.length - keys.length,
    };
  }

  /** What the door knows is read again after this commit. */
  forgetDirectory(tx: Tx): void {
    tx.afterCommit(() => {
      this.directory = null;
    });
  }
}

function standingKey(
  standing: readonly ProjectKeyRow[],
  fingerprint: string,
  nowMs: number,
): Partial<Pick<ProjectKeyRow, 'id'>> & Pick<ProjectKeyRow, 'createdAt'> {
  const row = standing.find((one) => one.fingerprint === fingerprint);
  return row === undefined ? { createdAt: nowMs } : { id: row.id, createdAt: row.createdAt };
}

/** Throws a Refusal when another project uses one of them, or two are the same. */
export async function refuseSharedKeys(
  manager: EntityManager,
  projectId: number,
  fingerprints: readonly string[],
): Promise<void> {
  if (new Set(fingerprints).size !== fingerprints.length)
    throw new Refusal('invalid', 'key-twice', 'The same web-hook key is given twice.');
  for (const fingerprint of fingerprints) {
    const row = await manager.findOneBy(projectKeys, { fingerprint });
    if (row && row.projectId !== projectId)
      throw new Refusal('conflict', 'key-in-use', 'Another project uses this web-hook key: every project has its own.');
  }
}

export function keyPlace(projectId: number, position: number): SealedPlace {
  return { table: 'project_key', column: 'sealedKey', projectId, row: String(position) };
}

function tokenPlace(projectId: number): SealedPlace {
  return { table: 'project_token', column: 'sealedToken', projectId, row: String(projectId) };
}
