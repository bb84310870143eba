/** Runs the steps of one job in an open session, and says what they came to. */
import { checkoutTitle } from '../../git/checkout.js';
import { Fault, messageOf } from '../../kernel/errors.js';
import { isJsonObject } from '../../kernel/json.js';
import type { JobResult } from '../../model/run.js';
import type { TakeOutput } from '../../process/running-process.js';
import { evaluateText, evaluateTexts, ExpressionError } from '../../pipeline/index.js';
import { maskWarnings } from '../output/masks-of.js';
import type { Env } from './environment.js';
import { environmentUrlOf } from './environment-url.js';
import type { JobState } from './job-state.js';
import { runCommand } from './run-command.js';
import { PostRun } from './run-posts.js';
import { headerLines } from './step-header.js';
import type { StepRunnerParts } from './one-step.js';
import { StepRunner, TOO_LATE } from './step-runner.js';
import { StepStops } from './step-stops.js';
import { sourceCheckout } from './checkout-work.js';

/** Bytes of all outputs of a job, names included. */
const OUTPUT_BYTES = 1024 * 1024;

const SET_UP = { number: 0, id: '__setup', name: 'Set up the job' };

interface SetUpEnd {
  readonly outcome: 'success' | 'failure' | 'canceled' | 'error';
  readonly exitCode: number | null;
  readonly reason: string | null;
}

const ENDED_WELL: SetUpEnd = { outcome: 'success', exitCode: null, reason: null };

export class JobRun {
  private readonly steps: StepRunner;

  constructor(private readonly parts: StepRunnerParts) {
    this.steps = new StepRunner(parts);
  }

  /** Then the job must not be tried again. */
  get hasBegun(): boolean {
    return this.steps.hasBegun;
  }

  /** After the session was closed: nothing of the job is said any more when it resolves. */
  async settle(): Promise<void> {
    await this.steps.settle();
  }

  /** Throws a Fault when the world broke, or the reason of a lost link. */
  async run(): Promise<JobResult> {
    const { order, cancellation, state } = this.parts;
    if (cancellation.signal.aborted) return this.result({});
    const wrong = await this.setUp();
    if (wrong !== null) return { result: 'failure', reason: wrong, outputs: {}, masks: [] };
    // Canceled before its first step: not even always() has anything to clean up.
    if (cancellation.signal.aborted) return this.result({});
    await this.runSteps();
    await this.steps.collectRest();
    await new PostRun(this.parts, this.steps).run();
    try {
      return await this.withUrl(this.result(outputsOf(evaluateTexts(order.job.outputs, state.scope()))));
    } catch (thrown) {
      return this.wrongOutputs(thrown);
    }
  }

  private async runSteps(): Promise<void> {
    for (const step of this.parts.order.job.steps) {
      if (this.parts.cancellation.overdue.aborted) {
        await this.steps.skip(step, null, TOO_LATE);
      } else {
        await this.steps.run(step);
      }
    }
  }

  /** Step 0, ours and not the author's: that it fails is a Fault, and the job may be tried again. Returns what is wrong with the job's `env`. */
  private async setUp(): Promise<string | null> {
    const { order, log, session, state, lane } = this.parts;
    await lane.stepStarted(SET_UP);
    await log.say(maskWarnings(order), SET_UP.number);
    const event = order.contexts.github['event'];
    await session.put(state.eventPath, JSON.stringify(isJsonObject(event) ? event : {}));
    const checkedOut = order.job.checkout ? await this.checkOut() : ENDED_WELL;
    const wrong = checkedOut.outcome === 'success' ? envFault(state) : null;
    if (wrong !== null) await log.say([`##[error]${wrong}`], SET_UP.number);
    const end = wrong === null ? checkedOut : { ...ENDED_WELL, outcome: 'failure' as const, reason: wrong };
    await lane.stepFinished({
      ...SET_UP,
      ...end,
      conclusion: end.outcome,
      outputs: {},
      annotations: [],
      summary: null,
    });
    if (end.outcome === 'error') throw new Fault(end.reason ?? '', { retryable: true });
    return wrong;
  }

  private async checkOut(): Promise<SetUpEnd> {
    const { code, lastLine } = await this.runCheckout();
    const { reason } = this.parts.cancellation;
    if (reason !== null) return { outcome: 'canceled', exitCode: code, reason };
    if (code === 0) return ENDED_WELL;
    return { outcome: 'error', exitCode: code, reason: `the checkout failed: ${lastLine}` };
  }

  private async runCheckout(): Promise<{ code: number | null; lastLine: string }> {
    const { order, log, clock, cancellation, lane } = this.parts;
    const title = checkoutTitle(order.source);
    await log.say(headerLines({ title, env: {} }), SET_UP.number);
    const work = sourceCheckout({ title, env: {} }, order.source, { session: this.parts.session });
    const stops = new StepStops({
      clock,
      cancellation,
      lost: lane.lost,
      timeoutMs: null,
      status: 'success',
      holdsUnderCancel: () => false,
    });
    let said = '';
    const output = log.step({ number: SET_UP.number, env: {}, commands: 'ignore' });
    const take: TakeOutput = (chunk, stream) => {
      said = (said + chunk.toString('utf8')).slice(-1_000);
      return output.write(chunk, stream);
    };
    let code: number | null = 0;
    for (const { argv } of work.commands) {
      if (code !== 0 || stops.stop.aborted) break;
      ({ code } = await runCommand({ argv, cwd: work.cwd, env: work.env }, take, { ...this.parts, stops }));
    }
    stops.end();
    await output.end();
    return { code, lastLine: said.trimEnd().split('\n').at(-1) ?? '' };
  }

  /** An address that cannot be shown is left out, with a warning: the job did its work. */
  private async withUrl(ended: JobResult): Promise<JobResult> {
    const { order, state, log } = this.parts;
    const url = order.job.environment?.url ?? null;
    if (url === null) return ended;
    try {
      const environmentUrl = environmentUrlOf(evaluateText(url, state.scope()));
      return environmentUrl === null ? ended : { ...ended, environmentUrl };
    } catch (thrown) {
      if (!(thrown instanceof ExpressionError)) throw thrown;
      await log.say([`##[warning]environment.url: ${messageOf(thrown)}`], order.job.steps.length);
      return ended;
    }
  }

  private async wrongOutputs(thrown: unknown): Promise<JobResult> {
    if (!(thrown instanceof ExpressionError)) throw thrown;
    const { cancellation, log, order } = this.parts;
    const reason = `outputs: ${messageOf(thrown)}`;
    await log.say([`##[error]${reason}`], order.job.steps.length);
    if (cancellation.reason !== null)
      return { result: 'canceled', reason: cancellation.reason, outputs: {}, masks: [] };
    return { result: 'failure', reason, outputs: {}, masks: [] };
  }

  private result(outputs: Env): JobResult {
    const { cancellation, state } = this.parts;
    switch (state.status) {
      case 'cancelled':
        return { result: 'canceled', reason: cancellation.reason, outputs, masks: [] };
      case 'failure':
        return { result: 'failure', reason: this.steps.firstFailure, outputs, masks: [] };
      case 'success':
        return { result: 'success', reason: null, outputs, masks: [] };
    }
  }
}

function envFault(state: JobState): string | null {
  try {
    state.declareEnv();
    return null;
  } catch (thrown) {
    if (thrown instanceof ExpressionError) return `env: ${messageOf(thrown)}`;
    throw thrown;
  }
}

/** Empty ones are left out. Throws an ExpressionError when they are too large. */
function outputsOf(texts: Env): Env {
  const kept = Object.entries(texts).filter(([, value]) => value !== '');
  const bytes = kept.reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value), 0);
  if (bytes > OUTPUT_BYTES)
    throw new ExpressionError(`the outputs of a job may hold ${OUTPUT_BYTES} bytes, not ${bytes}`);
  return Object.fromEntries(kept);
}
