/** The mark on a commit that the forge is to show: one row of wanted state, of which the newest wins. */

/** Pagure's words (FACTS §4): `failure` = the tests said no, `error` = they did not get to run. */
export type FlagStatus = 'pending' | 'success' | 'failure' | 'error' | 'canceled';

export interface Flag {
  readonly id: number;
  readonly projectId: number;
  readonly pipelineKey: string;
  /** What is judged: `<ref>@<commit>` or `pull/<n>@<head>` (TRUST.md §5). */
  readonly subject: string;
  /** The job that it is of, by its key in the run; empty for that of the whole pipeline. */
  readonly jobKey: string;
  /** 32 random hex digits, made once per row. */
  readonly uid: string;
  /** The newest run that answers for this subject. */
  readonly runId: number;
  readonly commit: string;
  /** The name that the forge shows for us. */
  readonly username: string;
  readonly status: FlagStatus;
  readonly comment: string;
  /** How much of a run under way is done, 0 to 100; null when nothing is to be said of it. */
  readonly percent: number | null;
  readonly url: string;
  /** Raised by each change of what is wanted. */
  readonly version: number;
  /** The version that the forge is known to show; 0 before the first. */
  readonly sentVersion: number;
  /** A POST of it timed out: it may still arrive, so what is shown is read back later. */
  readonly unsure: boolean;
  /** Tries since the forge last took or refused it. */
  readonly tries: number;
  /** Those of them in which the row itself failed; waiting for the world does not count, nor does a stop of the server. */
  readonly failures: number;
  /** Tries that were begun and whose end was never written: the server stopped in the midst of them, or the disk was full. */
  readonly begun: number;
  readonly dueAt: number | null;
  /** Why sending is paused until somebody mends it (401, 403, 404), or null. */
  readonly pausedReason: string | null;
  readonly lastError: string | null;
  readonly sentAt: number | null;
  /** When that of an open pull-request is looked at again, whatever is known of it; null for one that is not. */
  readonly checkAt: number | null;
}
