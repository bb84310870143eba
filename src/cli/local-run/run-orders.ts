/** Makes the orders of jobs that run here. */
import type { JobOrder, JobSource } from '../../model/job-order.js';
import type { PlannedJob } from '../../model/plan.js';
import type { Trust } from '../../model/trust.js';
import type { TreePlace } from './open-house.js';
import type { Pairs } from './pairs.js';
import type { LocalRun } from './run-jobs.js';

/** A laptop has room: a log that long nobody reads. */
const LOG_BYTES = 4 * 1024 * 1024 * 1024;
/** The longest that a timer can wait: no limit. */
const NEVER_MS = 2 ** 31 - 1;

export interface OrderParts {
  readonly source: JobSource;
  readonly secrets: Pairs;
  /** `--env`: below what the file says. */
  readonly env: Pairs;
  readonly trust: Trust;
  /** As JobOrder. */
  readonly outsideText: 'pasted' | undefined;
  /** Without limits of time, for somebody who looks around. */
  readonly isUnhurried: boolean;
}

/** Pure. */
export function orderOf(run: LocalRun, job: PlannedJob, jobId: number, parts: OrderParts): JobOrder {
  const { source, secrets, env, trust, outsideText, isUnhurried } = parts;
  const { board, head } = run;
  return {
    ...{ projectId: 1, runId: head.id, jobId, attempt: 1, trust, source, secrets, outsideText },
    job: isUnhurried ? unhurried(job) : job,
    env: { ...env, ...board.plan.env },
    contexts: board.contexts,
    needs: board.needs(job),
    masks: board.masks,
    limits: { logBytes: LOG_BYTES },
  };
}

/** Pure. The tree as it stands, but for the folder that all jobs are in. */
export function sourceOf({ folder, tree }: TreePlace, without: string): JobSource {
  const isRoot = tree.root === folder;
  return {
    mirror: isRoot ? (tree.repository ?? '') : '',
    commit: tree.head,
    ref: tree.branch ?? '',
    url: tree.url ?? folder,
    tree: { folder, files: tree.root === null ? 'all' : 'git', excludes: tree.excludes, without },
  };
}

function unhurried(job: PlannedJob): PlannedJob {
  return { ...job, timeoutMs: NEVER_MS, steps: job.steps.map((step) => ({ ...step, timeoutMinutes: null })) };
}
