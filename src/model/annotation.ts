/** What a step points out about the project's files: by a log command, or by a problem matcher. */

export const ANNOTATION_LEVELS = ['notice', 'warning', 'error'] as const;

/** All texts are masked and come from the job: nothing in them is to be believed. */
export interface Annotation {
  readonly level: (typeof ANNOTATION_LEVELS)[number];
  readonly message: string;
  readonly title: string | null;
  /** As the job gave it: mostly relative to the workspace. */
  readonly file: string | null;
  /** From 1. */
  readonly line: number | null;
  readonly endLine: number | null;
  readonly column: number | null;
  readonly endColumn: number | null;
}

/** Annotations that are kept of one job; what is beyond is counted in its log. */
export const MOST_ANNOTATIONS = 1_000;
