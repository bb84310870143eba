/** What of a pipeline waits for the clock or for other pipelines, as it is kept beside the pipeline's text. */

/** Where the triggers stand: `repo:<path>` or `server:<name>`. */
export interface PipelineAddress {
  readonly projectId: number;
  readonly pipelineKey: string;
}

/** A line of `on.schedule`. */
export interface ScheduleLine {
  /** Five fields. */
  readonly cron: string;
  /** IANA name. */
  readonly timezone: string;
}

/** `on.workflow_run`, as far as it says which ends of runs are worth an event. */
export interface Follows {
  readonly types: readonly ChainAction[];
  /** Names of pipelines; null = any other. */
  readonly workflows: readonly string[] | null;
}

export type ChainAction = 'requested' | 'in_progress' | 'completed';

export interface ArmedTriggers {
  readonly schedules: readonly ScheduleLine[];
  /** Null when it follows nothing. */
  readonly follows: Follows | null;
}

/** A stored line with its next time. */
export interface DueSchedule extends PipelineAddress, ScheduleLine {
  readonly id: number;
  /** Null for a date that never comes. */
  readonly dueAt: number | null;
  /** When `dueAt` was computed. */
  readonly setAt: number;
}

/** A chain of runs ends after so many that follow the first (LANGUAGE.md, alias table). */
export const MOST_CHAINED = 5;

/** Which run an event of source `chain` tells of, and how many runs stand before the ones that it starts. */
export interface ChainLink {
  readonly eventId: number;
  readonly runId: number;
  /** 1 for what follows a run that nothing but the world started. */
  readonly depth: number;
}
