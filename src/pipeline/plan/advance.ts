/** What is to be done next in a run: which jobs start, which end without running, and when the run is over. */
import type { JsonObject } from '../../kernel/json.js';
import type { Advance, DeclaredJob, JobStanding, Plan } from '../../model/plan.js';
import type { RunContexts } from '../../model/run.js';
import { ExpressionError } from '../expression/expression-error.js';
import { Board, MAX_JOBS, runResult } from './board.js';
import { type Asked, jobMayRun } from './job-condition.js';
import { LevelView } from './level-view.js';
import { planJob, unplannedJob } from './plan-job.js';
import type { Instance, Strategy } from './strategy.js';

const STOPPED = 'canceled before it started';
const FAILED_FAST = 'another combination of the matrix failed';

/**
 * Pure. `jobs` are the jobs of the run that stand so far, in the order in which they finished. Jobs that end at once may let
 * others end or start: the answer holds all of it. `result` is set when no job is open and none can come any more.
 * `stoppedCalls`: keys of calls that were canceled while the run goes on.
 */
export function advance(
  plan: Plan,
  jobs: readonly JobStanding[],
  contexts: RunContexts,
  asked: Asked,
  stoppedCalls: readonly string[] = [],
): Advance {
  const board = new Board(jobs, stoppedCalls);
  advanceBoard(plan, board, contexts, asked);
  const isOver = topLevel(plan, board, contexts).outcome().result !== null;
  return { changes: board.changes, result: isOver ? runResult(board.all()) : null };
}

/** The same on a board, until nothing changes any more. */
export function advanceBoard(plan: Plan, board: Board, contexts: RunContexts, asked: Asked): void {
  for (let before = -1; before !== board.changes.length;) {
    before = board.changes.length;
    advanceLevel(topLevel(plan, board, contexts), board, asked);
  }
}

/** The `needs` context of a job that stands; `jobId` is the id of its PlannedJob. */
export function needsContext(
  plan: Plan,
  jobId: string,
  jobs: readonly JobStanding[],
  contexts: RunContexts = NOTHING,
): JsonObject {
  let view = topLevel(plan, new Board(jobs), contexts);
  const path = jobId.split('/');
  for (const step of path.slice(0, -1)) {
    const [, id = '', index = ''] = /^([^[]*)(.*)$/.exec(step) ?? [];
    const job = view.graph.of(id);
    const instance = job && view.strategy(job).instances.find((one) => one.index === index);
    if (!job || !instance) return {};
    view = view.callee(job, instance);
  }
  const job = view.graph.of(path.at(-1) ?? '');
  return job ? view.needs(job) : {};
}

const NOTHING: RunContexts = { github: {}, event: null, pagure: {}, vars: {}, inputs: {} };

function topLevel(plan: Plan, board: Board, contexts: RunContexts): LevelView {
  return new LevelView({ prefix: '', namePrefix: '', contexts, call: null, jobs: plan.jobs, outputs: {} }, board);
}

function advanceLevel(view: LevelView, board: Board, asked: Asked): void {
  for (const job of view.graph.inOrder) advanceJob(view, job, board, asked);
}

function advanceJob(view: LevelView, job: DeclaredJob, board: Board, asked: Asked): void {
  if (view.isWhole(job)) return;
  const begun = view.hasBegun(job);
  if (!begun && job.needs.some((need) => view.result(need) === null)) return;
  try {
    if (!begun && !jobMayRun(job, view, asked)) return endUnwanted(view, job, board, asked);
    advanceInstances(view, job, view.strategy(job), board, begun ? asked : 'run', asked);
  } catch (thrown) {
    if (!(thrown instanceof ExpressionError)) throw thrown;
    board.end(unplannedJob(job, view.level), 'failure', `it cannot be planned: ${thrown.message}`);
  }
}

function endUnwanted(view: LevelView, job: DeclaredJob, board: Board, asked: Asked): void {
  const ended = unplannedJob(job, view.level);
  if (asked === 'cancel') board.end(ended, 'canceled', STOPPED);
  else
    board.end(
      ended,
      'skipped',
      job.if === null ? 'a job that it needs did not succeed' : `its if does not hold: ${job.if.slice(0, 200)}`,
    );
}

/** `asked` for its combinations: one that has begun stops at a cancel, one that starts although of a cancel runs. */
function advanceInstances(
  view: LevelView,
  job: DeclaredJob,
  strategy: Strategy,
  board: Board,
  asked: Asked,
  within: Asked,
): void {
  const outcomes = strategy.instances.map((instance) => ({ instance, ...view.instanceOutcome(job, instance) }));
  const failed = strategy.failFast && outcomes.some(({ result }) => result === 'failure');
  let running = outcomes.filter(({ begun, result }) => begun && result === null).length;
  for (const { instance, begun, result } of outcomes) {
    if (result !== null) continue;
    if (begun) {
      const key = view.keyOf(job, instance);
      if (failed) board.cancel(key, FAILED_FAST);
      if (job.call) advanceLevel(view.callee(job, instance), board, failed || board.isStopped(key) ? 'cancel' : within);
    } else if (failed || asked === 'cancel') {
      board.end(unplannedJob(job, view.level, instance), 'canceled', failed ? FAILED_FAST : STOPPED);
    } else if (running < strategy.maxParallel) {
      start(view, job, instance, board, within);
      if (view.instanceOutcome(job, instance).result === null) running += 1;
    }
  }
}

function start(view: LevelView, job: DeclaredJob, instance: Instance, board: Board, asked: Asked): void {
  try {
    if (board.isFull()) throw new ExpressionError(`the run has ${MAX_JOBS} jobs already`);
    if (job.call) advanceLevel(view.callee(job, instance), board, asked);
    else board.queue(planJob(job, view.level, instance, view.surroundings(job, instance)));
  } catch (thrown) {
    if (!(thrown instanceof ExpressionError)) throw thrown;
    board.end(unplannedJob(job, view.level, instance), 'failure', `it cannot be planned: ${thrown.message}`);
  }
}
