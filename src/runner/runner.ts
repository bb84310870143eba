/** Executes one job by its order, and says through a link what happens. The same on a server, a laptop and a remote agent. */
import type { Executors } from '../executor/executors.js';
import type { Session } from '../executor/executor.js';
import { checkoutReads } from '../git/checkout.js';
import type { Clock } from '../kernel/clock.js';
import { Fault, messageOf } from '../kernel/errors.js';
import type { Masker } from '../kernel/masker.js';
import type { Random } from '../kernel/random.js';
import type { JobOrder } from '../model/job-order.js';
import type { JobResult } from '../model/run.js';
import { PostSteps } from './actions/post-steps.js';
import type { BeforeStep } from './before-step.js';
import { FileHasher } from './hash-files/file-hasher.js';
import { Cancellation } from './job/cancellation.js';
import { JobLog } from './job/job-log.js';
import { JobRun } from './job/job-run.js';
import type { Machine } from './job/job-contexts.js';
import { withToken } from './job/job-secrets.js';
import { JobState } from './job/job-state.js';
import { LinkLane } from './job/link-lane.js';
import { COMMAND_FILES } from './job/step-files.js';
import type { JobLink } from './job-link.js';
import { maskerOf } from './output/masks-of.js';

/** What the `runner` context says of this machine. */
function thisMachine(): Machine {
  return { name: 'pagure-actions', arch: process.arch === 'arm64' ? 'ARM64' : 'X64' };
}

export interface RunnerWorld {
  readonly clock: Clock;
  readonly random: Random;
  /** Absolute path of the Node that runs this program: it runs JavaScript actions too. */
  readonly node: string;
}

export interface RunnerOptions {
  readonly machine?: Machine;
  /** Other Nodes for JavaScript actions, by the word of their `using`. */
  readonly nodes?: Readonly<Record<string, string>>;
  readonly beforeStep?: BeforeStep;
}

interface GivenJob {
  readonly order: JobOrder;
  readonly lane: LinkLane;
  readonly cancellation: Cancellation;
}

export class Runner {
  constructor(
    private readonly executors: Executors,
    private readonly world: RunnerWorld,
    private readonly options: RunnerOptions = {},
  ) {}

  /**
   * Resolves when the job is over, its processes are dead and its folders gone, and `link.finished` was taken. Safe to call for
   * many jobs at once. Rejects with a Fault when the world broke before the first step started (the job may be tried again),
   * and with the reason of the link when it rejected a call; what breaks later is the job's result `error`.
   */
  async run(given: JobOrder, link: JobLink): Promise<void> {
    const order = withToken(given, this.world.random);
    const lane = new LinkLane(link, maskerOf(order));
    const cancellation = new Cancellation(link.signal, order.job, this.world.clock);
    try {
      await lane.finished(await this.inSession({ order, lane, cancellation }));
    } catch (thrown) {
      throw lane.lost.aborted ? thrown : maskedFault(thrown, lane.masker);
    } finally {
      cancellation.end();
    }
  }

  private async inSession(given: GivenJob): Promise<JobResult> {
    const { order, lane } = given;
    const { projectId, jobId, attempt, trust, source } = order;
    const executor = this.executors.for(order.job.runsOn, trust);
    const readable = checkoutReads(source);
    const session = await executor.open({ projectId, jobId, attempt, trust, readable, emptyFiles: COMMAND_FILES });
    const job = this.jobOf(given, session);
    try {
      return await job.run();
    } catch (thrown) {
      if (lane.lost.aborted || !job.hasBegun) throw thrown;
      return { result: 'error', reason: messageOf(thrown), outputs: {}, masks: [] };
    } finally {
      await session.close();
      await job.settle();
    }
  }

  private jobOf({ order, lane, cancellation }: GivenJob, session: Session): JobRun {
    const { clock, node } = this.world;
    const { machine = thisMachine(), nodes = {}, beforeStep } = this.options;
    return new JobRun({
      order,
      session,
      lane,
      cancellation,
      clock,
      beforeStep,
      state: new JobState(order, session, machine, cancellation),
      log: new JobLog({ order, lane, session, clock }),
      hasher: new FileHasher({ session, clock, cancellation, lost: lane.lost, node }),
      nodes: { own: node, configured: nodes },
      posts: new PostSteps(),
      isShared: order.job.steps.some(({ background }) => background),
    });
  }
}

/** A fault is told to people too. */
function maskedFault(thrown: unknown, masker: Masker): unknown {
  if (!(thrown instanceof Fault)) return thrown;
  const { message, cause, retryable } = thrown;
  return new Fault(masker.maskText(message), { cause, retryable });
}
