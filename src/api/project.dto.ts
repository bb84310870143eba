/** Projects and server-side pipelines as the API shows them: never a key, never a token. */
import { isoTime } from '../kernel/clock.js';
import type { Problem } from '../kernel/errors.js';
import type { Project, ProjectSettings, StoredPipeline } from '../model/project.js';

/** What is shown of a web-hook key. */
export class KeyDto {
  readonly addedAt!: string;
}

export class ProjectDto {
  readonly id!: number;
  readonly instance!: string;
  readonly instanceAliases!: readonly string[];
  readonly fullname!: string;
  /** May everybody see it on the forge? Only then its run lines open without a token. */
  readonly public!: boolean;
  readonly enabled!: boolean;
  /** The configuration file that declares it; it is changed there. */
  readonly declaredBy!: string | null;
  readonly settings!: ProjectSettings;
  /** The current one first. */
  readonly keys!: readonly KeyDto[];
  readonly hasToken!: boolean;
  readonly version!: number;
  readonly createdAt!: string;
  readonly updatedAt!: string;
}

/** A project that was just made or changed. */
export class ChangedProjectDto extends ProjectDto {
  /** What could not be done, for people: the forge that did not answer. */
  readonly notes!: readonly string[];
}

export class ProjectListDto {
  readonly items!: readonly ProjectDto[];
}

export class PipelineSummaryDto {
  readonly name!: string;
  readonly enabled!: boolean;
  /** The configuration file that declares it; it is changed there. */
  readonly declaredBy!: string | null;
  /** Counts from 1. */
  readonly version!: number;
  readonly updatedAt!: string;
}

export class PipelineDto extends PipelineSummaryDto {
  readonly text!: string;
}

/** A pipeline that was just set. */
export class ChangedPipelineDto extends PipelineDto {
  /** Warnings: what is wrong and stops nothing. */
  readonly problems!: readonly Problem[];
}

export class PipelineListDto {
  readonly items!: readonly PipelineSummaryDto[];
}

/** `keyDates` are times in milliseconds. */
export function projectDto(
  project: Project,
  secrets: { readonly keyDates: readonly number[]; readonly hasToken: boolean },
): ProjectDto {
  return {
    id: project.id,
    instance: project.instance,
    instanceAliases: project.instanceAliases,
    fullname: project.fullname,
    public: project.public,
    enabled: project.enabled,
    declaredBy: project.declaredBy,
    settings: project.settings,
    keys: secrets.keyDates.map((timeMs) => ({ addedAt: isoTime(timeMs) })),
    hasToken: secrets.hasToken,
    version: project.version,
    createdAt: isoTime(project.createdAt),
    updatedAt: isoTime(project.updatedAt),
  };
}

export function pipelineSummaryDto(pipeline: StoredPipeline): PipelineSummaryDto {
  const { name, enabled, declaredBy, version, updatedAt } = pipeline;
  return { name, enabled, declaredBy, version, updatedAt: isoTime(updatedAt) };
}

export function pipelineDto(pipeline: StoredPipeline): PipelineDto {
  return { ...pipelineSummaryDto(pipeline), text: pipeline.text };
}
