/** Server-side pipelines: named texts of a project, every version kept. */
import { In, LessThan } from 'typeorm';
import type { StoredPipeline } from '../model/project.js';
import { pipelines, pipelineVersions } from './schema/tables.js';
import type { Store, Tx } from './store.js';

export interface PipelineText {
  readonly projectId: number;
  readonly name: string;
  readonly text: string;
  readonly declaredBy: string | null;
  /** Who wrote it; left out for what a file declares. */
  readonly author?: string | null;
}

/** A text that once stood. */
export interface PipelineVersion {
  readonly version: number;
  readonly text: string;
  readonly author: string | null;
  readonly createdAt: number;
}

/** Which pipelines or versions a page shows. */
export interface PipelinePage {
  /** Only ids (numbers of versions) below it; null: from the newest. */
  readonly before: number | null;
  readonly limit: number;
}

export class Pipelines {
  constructor(private readonly store: Store) {}

  /** All of a project, by name. */
  ofProject(projectId: number): Promise<readonly StoredPipeline[]> {
    return this.store.reader.find(pipelines, { where: { projectId }, order: { name: 'ASC' } });
  }

  async byId(id: number): Promise<StoredPipeline | null> {
    return this.store.table(pipelines).one({ id });
  }

  async byName(projectId: number, name: string): Promise<StoredPipeline | null> {
    return this.store.table(pipelines).one({ projectId, name });
  }

  /** Of these projects (null: of all), newest first. */
  page(projectIds: readonly number[] | null, { before, limit }: PipelinePage): Promise<readonly StoredPipeline[]> {
    const where = {
      ...(projectIds === null ? {} : { projectId: In([...projectIds]) }),
      ...(before === null ? {} : { id: LessThan(before) }),
    };
    return this.store.reader.find(pipelines, { where, order: { id: 'DESC' }, take: limit });
  }

  versions(pipelineId: number): Promise<readonly PipelineVersion[]> {
    return this.store.reader.find(pipelineVersions, { where: { pipelineId }, order: { version: 'DESC' } });
  }

  /** Newest first. */
  pageOfVersions(pipelineId: number, { before, limit }: PipelinePage): Promise<readonly PipelineVersion[]> {
    const where = { pipelineId, ...(before === null ? {} : { version: LessThan(before) }) };
    return this.store.reader.find(pipelineVersions, { where, order: { version: 'DESC' }, take: limit });
  }

  async version(pipelineId: number, version: number): Promise<PipelineVersion | null> {
    return this.store.table(pipelineVersions).one({ pipelineId, version });
  }

  /** Makes version 1. Throws when the name is taken. */
  async insert(tx: Tx, { author, ...pipeline }: PipelineText, nowMs: number): Promise<number> {
    const row = { ...pipeline, enabled: true, version: 1, updatedAt: nowMs };
    const pipelineId = tx.table(pipelines).insert(row);
    const { text, declaredBy } = pipeline;
    const first = { pipelineId, version: 1, text, author: author ?? declaredBy, createdAt: nowMs };
    tx.table(pipelineVersions).insert(first);
    return pipelineId;
  }

  /** A new version with another text. False when the pipeline is no longer at `version`. */
  async replaceText(
    tx: Tx,
    current: Pick<StoredPipeline, 'id' | 'version'>,
    { text, author }: Pick<PipelineVersion, 'text' | 'author'>,
    nowMs: number,
  ): Promise<boolean> {
    const version = current.version + 1;
    const next = { text, version, updatedAt: nowMs, triggersReadAt: null };
    const changed = tx.table(pipelines).update({ id: current.id, version: current.version }, next);
    if (changed !== 1) return false;
    tx.table(pipelineVersions).insert({ pipelineId: current.id, version, text, author, createdAt: nowMs });
    return true;
  }

  /** Switches it on or off, or changes who declares it; the text stays. */
  async setStanding(
    tx: Tx,
    id: number,
    standing: Pick<StoredPipeline, 'enabled' | 'declaredBy'>,
    nowMs: number,
  ): Promise<void> {
    tx.table(pipelines).update({ id }, { ...standing, updatedAt: nowMs, triggersReadAt: null });
  }
}
