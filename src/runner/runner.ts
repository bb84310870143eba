/** Executes one job by its order, and says through a link what happens. The same on a server, a laptop and a remote agent. */
import type { Executors } from '../executor/executors.js';
import type { Session } from '../executor/executor.js';
import { checkoutReads } from '../git/checkout.js';
import type { Clock } from '../kernel/clock.js';
import { messageOf } from '../kernel/errors.js';
import type { JobOrder } from '../model/job-order.js';
import type { JobResult } from '../model/run.js';
import type { BeforeStep } from './before-step.js';
import { Cancellation } from './job/cancellation.js';
import { JobLog } from './job/job-log.js';
import { JobRun } from './job/job-run.js';
import { JobState, type Machine } from './job/job-state.js';
import { LinkLane } from './job/link-lane.js';
import type { JobLink } from './job-link.js';

/** What the `runner` context says of this machine. */
function thisMachine(): Machine {
  return { name: 'pagure-actions', arch: process.arch === 'arm64' ? 'ARM64' : 'X64' };
}

export class Runner {
  constructor(
    private readonly executors: Executors,
    private readonly clock: Clock,
    private readonly machine: Machine = thisMachine(),
    private readonly beforeStep?: BeforeStep,
  ) {}

  /**
   * Resolves when the job is over, its processes are dead and its folders gone, and `link.finished` was taken. Safe to call for
   * many jobs at once. Rejects with a Fault when the world broke before the first step started (the job may be tried again),
   * and with the reason of the link when it rejected a call; what breaks later is the job's result `error`.
   */
  async run(order: JobOrder, link: JobLink): Promise<void> {
    const lane = new LinkLane(link);
    const cancellation = new Cancellation(link.signal, order.job, this.clock);
    try {
      await lane.finished(await this.inSession(order, lane, cancellation));
    } finally {
      cancellation.end();
    }
  }

  private async inSession(order: JobOrder, lane: LinkLane, cancellation: Cancellation): Promise<JobResult> {
    const { projectId, jobId, attempt, trust, source } = order;
    const executor = this.executors.for(order.job.runsOn);
    const session = await executor.open({ projectId, jobId, attempt, trust, readable: checkoutReads(source) });
    try {
      return await this.runJob(order, session, lane, cancellation);
    } finally {
      await session.close();
    }
  }

  private async runJob(
    order: JobOrder,
    session: Session,
    lane: LinkLane,
    cancellation: Cancellation,
  ): Promise<JobResult> {
    const state = new JobState(order, session, this.machine, cancellation);
    const { beforeStep } = this;
    const log = new JobLog(lane, order.limits.logBytes);
    const job = new JobRun({ order, session, state, log, lane, cancellation, clock: this.clock, beforeStep });
    try {
      return await job.run();
    } catch (thrown) {
      if (lane.lost.aborted || !job.hasBegun) throw thrown;
      return { result: 'error', reason: messageOf(thrown), outputs: {}, masks: [] };
    }
  }
}
