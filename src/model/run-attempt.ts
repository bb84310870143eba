/** How an earlier attempt of a run ended, and who asked for the next one. */
import type { Result } from './result.js';

/** Which jobs a re-run runs again: `failed` also those that need them. */
export type Repeated = 'all' | 'failed';

export interface RunAttempt {
  readonly runId: number;
  readonly attempt: number;
  readonly result: Result;
  readonly reason: string | null;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  /** What of it the next attempt repeats. */
  readonly repeated: Repeated;
  /** For people: who asked for that. */
  readonly repeatedBy: string;
  readonly repeatedAt: number;
}
