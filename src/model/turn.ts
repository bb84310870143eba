/** A place in the line of a concurrency group: who holds the group, who waits for it, and who is sent away. */

export interface Turn {
  /** Lines are in the order of ids. */
  readonly id: number;
  readonly projectId: number;
  /** As it is kept, with the trust in front (TRUST.md §2). */
  readonly group: string;
  readonly runId: number;
  /** Null for the turn of a whole run or of a call. */
  readonly jobId: number | null;
  /**
   * Of a call the key of the job that calls, with a `/` behind it for what the called file asks; of a job its key. Null for a
   * whole run, and for a job that asked before it was kept.
   */
  readonly key: string | null;
  /** `ended`: it neither holds nor waits any more, and its run or job is still to be told. */
  readonly state: 'waiting' | 'holding' | 'ended';
  /** Why its run or job is to be canceled, or null. */
  readonly reason: string | null;
  /** The run that wants it gone. */
  readonly byRunId: number | null;
  /** How often telling it was begun. */
  readonly tries: number;
  /** When its run or job is to be told of what was decided; null when it knows. */
  readonly dueAt: number | null;
}
