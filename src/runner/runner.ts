/** Executes one job order and says how it goes through a link; knows no store. */
import type { Executors } from '../executor/executors.js';
import type { Clock } from '../kernel/clock.js';
import type { JobOrder } from '../model/job-order.js';
import type { JobLink } from './job-link.js';
import { Cancellation } from './job/cancellation.js';
import { JobLog } from './job/job-log.js';
import { runJob } from './job/job-run.js';
import { JobState } from './job/job-state.js';
import { LinkLane } from './job/link-lane.js';

/** One per process; runs any number of jobs side by side. */
export class Runner {
  constructor(
    private readonly executors: Executors,
    private readonly clock: Clock,
  ) {}

  /**
   * Resolves when the job's end was said and nothing of it is left. Rejects when the link is lost, and with a Fault when the
   * job could not be run: as long as no step was started it may then be tried again.
   */
  async run(order: JobOrder, link: JobLink): Promise<void> {
    const { projectId, jobId, attempt, job, source, limits } = order;
    const request = { projectId, jobId, attempt, readable: [source.mirror] };
    const session = await this.executors.for(job.runsOn).open(request);
    const lane = new LinkLane(link);
    const cancellation = new Cancellation(link.signal, job, this.clock);
    const state = new JobState(order, session, `${session.temp}/event.json`, process.arch);
    const log = new JobLog(lane, limits.logBytes);
    try {
      const result = await runJob({ session, clock: this.clock, lane, log, state, cancellation });
      await session.close();
      await lane.finished(result);
    } finally {
      cancellation.end();
      await session.close();
    }
  }
}
