/** What an event stands on: which commit is tested, whose pipeline text counts, and how far it is trusted (TRUST.md §2). */
import type { WaitsFor } from '../model/hold.js';
import type { Run } from '../model/run.js';
import type { Trust } from '../model/trust.js';

export interface Situation {
  readonly cause: string;
  /** As in `github.ref`. */
  readonly ref: string;
  /** What is tested; null for a held run whose message names no commit. */
  readonly commit: string | null;
  /** Whose tree the repository's pipelines are read from; null when there is none. */
  readonly pipelineCommit: string | null;
  readonly trust: Trust;
  readonly trustReason: string;
  /** Of a held one: whom its trust waits for. */
  readonly waitsFor: Exclude<WaitsFor, 'start'>;
  /** Why it is not even held; null when it is, or runs. */
  readonly refused: string | null;
  /** See `Run.subject`. */
  readonly subject: string | null;
  /** The two sides of path filters; null when paths cannot be known. */
  readonly paths: { readonly from: string; readonly to: string; readonly dots: 'two' | 'three' } | null;
  /** Where the ref stood before; of a pull-request the commit of the branch that it wants to go to. */
  readonly before: string | null;
  /** Bare name. */
  readonly defaultBranch: string;
  /** A broken file becomes a run only for a push, a tag or the project's own pull-request. */
  readonly isOwnChange: boolean;
  /** Why its commit can be tested no more; null when it can. */
  readonly superseded: string | null;
}

/** Pure. What follows a run is trusted as far as that run was: it may read what that one left. */
export function chainSituation(situation: Situation, run: Pick<Run, 'trust' | 'number' | 'pipelineName'>): Situation {
  const trustReason = `as far as the run that it follows, ${run.pipelineName} #${run.number}, is trusted`;
  return { ...situation, trust: run.trust, trustReason };
}
