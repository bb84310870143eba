/** Server-side pipelines: named texts of a project, every version kept. */
import type { StoredPipeline } from '../model/project.js';
import { pipelines, pipelineVersions } from './schema/tables.js';
import type { Store, Tx } from './store.js';

export interface PipelineText {
  readonly projectId: number;
  readonly name: string;
  readonly text: string;
  readonly declaredBy: string | null;
}

export class Pipelines {
  constructor(private readonly store: Store) {}

  /** All of a project, by name. */
  ofProject(projectId: number): Promise<readonly StoredPipeline[]> {
    return this.store.reader.find(pipelines, { where: { projectId }, order: { name: 'ASC' } });
  }

  byName(projectId: number, name: string): Promise<StoredPipeline | null> {
    return this.store.reader.findOneBy(pipelines, { projectId, name });
  }

  versions(pipelineId: number): Promise<readonly { version: number; text: string; createdAt: number }[]> {
    return this.store.reader.find(pipelineVersions, { where: { pipelineId }, order: { version: 'DESC' } });
  }

  /** Makes version 1. Throws when the name is taken. */
  async insert(tx: Tx, pipeline: PipelineText, nowMs: number): Promise<number> {
    const row = { ...pipeline, enabled: true, version: 1, updatedAt: nowMs };
    const made = await tx.manager.insert(pipelines, row);
    const pipelineId = made.identifiers[0]!['id'] as number;
    await tx.manager.insert(pipelineVersions, { pipelineId, version: 1, text: pipeline.text, createdAt: nowMs });
    return pipelineId;
  }

  /** A new version with another text. False when the pipeline is no longer at `version`. */
  async replaceText(tx: Tx, current: StoredPipeline, text: string, nowMs: number): Promise<boolean> {
    const version = current.version + 1;
    const next = { text, version, updatedAt: nowMs };
    const answer = await tx.manager.update(pipelines, { id: current.id, version: current.version }, next);
    if (answer.affected !== 1) return false;
    await tx.manager.insert(pipelineVersions, { pipelineId: current.id, version, text, createdAt: nowMs });
    return true;
  }

  /** Switches it on or off, or changes who declares it; the text stays. */
  async setStanding(
    tx: Tx,
    id: number,
    standing: Pick<StoredPipeline, 'enabled' | 'declaredBy'>,
    nowMs: number,
  ): Promise<void> {
    await tx.manager.update(pipelines, { id }, { ...standing, updatedAt: nowMs });
  }
}
