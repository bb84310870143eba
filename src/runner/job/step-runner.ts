/** Runs one step: decides, starts, stops, and says what became of it. */
import type { Clock } from '../../kernel/clock.js';
import { messageOf } from '../../kernel/errors.js';
import type { PlannedStep } from '../../model/plan.js';
import type { Result } from '../../model/result.js';
import type { Exit } from '../../process/running-process.js';
import type { Cancellation } from './cancellation.js';
import type { BeforeStep } from '../before-step.js';
import { decideStep, holdsUnderCancel, plainName, type ReadyStep } from './decide-step.js';
import type { Env } from './environment.js';
import type { JobLog } from './job-log.js';
import type { LinkLane } from './link-lane.js';
import { runCommand } from './run-command.js';
import { StepFiles } from './step-files.js';
import { headerLines } from './step-header.js';
import { StepStops } from './step-stops.js';
import { prepareStep, type CommandWork, type StepWorkParts } from './step-work.js';

export interface StepRunnerParts extends StepWorkParts {
  readonly lane: LinkLane;
  readonly log: JobLog;
  readonly cancellation: Cancellation;
  readonly clock: Clock;
  readonly beforeStep?: BeforeStep;
}

/** What a step came to, before `continue-on-error`. */
interface Ending {
  readonly outcome: Result;
  readonly exitCode: number | null;
  readonly reason: string | null;
  readonly outputs: Env;
}

export class StepRunner {
  private begun = false;
  private failure: string | null = null;

  constructor(private readonly parts: StepRunnerParts) {}

  /** Has any step been said to be started? Then the job must not be tried again. */
  get hasBegun(): boolean {
    return this.begun;
  }

  /** Why the first failing step failed, or null. */
  get firstFailure(): string | null {
    return this.failure;
  }

  /** Throws a Fault when the world broke, or the reason of a lost link. */
  async run(step: PlannedStep): Promise<void> {
    const decision = decideStep(step, this.parts.state);
    switch (decision.kind) {
      case 'skip':
        return this.skip(step, decision.name, null);
      case 'fail':
        await this.start(step, decision.name);
        await this.parts.log.say(headerLines({ title: decision.name, env: {} }), step.number);
        return this.finish(step, decision, await this.failed(step, decision.reason));
      case 'run':
        return this.runReady(step, decision);
    }
  }

  /** A step that is skipped was never started. */
  async skip(step: PlannedStep, name: string | null, reason: string | null): Promise<void> {
    const shown = { name: name ?? plainName(step), mayFail: false };
    await this.finish(step, shown, { outcome: 'skipped', exitCode: null, reason, outputs: {} });
  }

  private async runReady(step: PlannedStep, ready: ReadyStep): Promise<void> {
    const { clock, cancellation, lane, state } = this.parts;
    const stops = new StepStops({
      clock,
      cancellation,
      lost: lane.lost,
      timeoutMs: ready.timeoutMs,
      holdsUnderCancel: () => holdsUnderCancel(step, ready.env, state),
    });
    try {
      await this.finish(step, ready, await this.perform(step, ready, stops));
    } catch (thrown) {
      if (!lane.lost.aborted) await this.broke(step, ready, thrown);
      throw thrown;
    } finally {
      stops.end();
    }
  }

  /** Nothing is spawned before the start is durable; the files are written meanwhile. */
  private async perform(step: PlannedStep, ready: ReadyStep, stops: StepStops): Promise<Ending> {
    const files = new StepFiles(this.parts.session, step.number);
    const [work] = await Promise.all([prepareStep(step, ready, files, this.parts), this.start(step, ready.name)]);
    await this.parts.log.say(headerLines(work.header), step.number);
    if (work.kind === 'refused') return this.failed(step, work.reason);
    await this.parts.beforeStep?.({ job: this.parts.order.job, step, name: ready.name, ...work });
    const exit = stops.stop.aborted ? null : await this.runCommands(work, step, stops);
    return this.withCommands(step, files, await this.endingOf(step, { exit, stops, outputs: work.outputs }));
  }

  private async runCommands(work: CommandWork, step: PlannedStep, stops: StepStops): Promise<Exit | null> {
    let exit: Exit | null = null;
    for (const { argv } of work.commands) {
      const output = (chunk: Buffer) => this.parts.log.write(chunk, step.number);
      exit = await runCommand({ argv, cwd: work.cwd, env: work.env }, output, { ...this.parts, stops });
      if (exit.code !== 0 || stops.stop.aborted) break;
    }
    return exit;
  }

  private async endingOf(
    step: PlannedStep,
    end: { readonly exit: Exit | null; readonly stops: StepStops; readonly outputs: Env },
  ): Promise<Ending> {
    const { exit, stops, outputs } = end;
    const exitCode = exit?.code ?? null;
    if (stops.cause === 'cancel') {
      await this.parts.log.say(['##[error]The step was canceled.'], step.number);
      return { outcome: 'canceled', exitCode, reason: this.parts.cancellation.reason, outputs: {} };
    }
    if (stops.cause === 'time') {
      return { ...(await this.failed(step, 'it took longer than its timeout-minutes')), exitCode };
    }
    if (exitCode === 0) return { outcome: 'success', exitCode, reason: null, outputs };
    const how = exit?.signal ? `ended by ${exit.signal}` : `exit code ${exitCode}`;
    return { ...(await this.failed(step, how)), exitCode };
  }

  /** They count also after a failure. */
  private async withCommands(step: PlannedStep, files: StepFiles, ending: Ending): Promise<Ending> {
    if (step.run === null) return ending;
    const written = await files.read();
    const allowed = written.env.filter(([name]) => name !== 'NODE_OPTIONS');
    if (allowed.length < written.env.length) {
      await this.parts.log.say(['##[error]NODE_OPTIONS cannot be set through GITHUB_ENV.'], step.number);
    }
    this.parts.state.exportEnv(allowed);
    this.parts.state.prependPaths(written.paths);
    const done = { ...ending, outputs: { ...ending.outputs, ...Object.fromEntries(written.outputs) } };
    const [fault] = written.faults;
    if (fault === undefined) return done;
    const failed = await this.failed(step, fault);
    return ending.outcome === 'success' ? { ...done, outcome: failed.outcome, reason: failed.reason } : done;
  }

  private async start(step: PlannedStep, name: string): Promise<void> {
    this.begun = true;
    await this.parts.lane.stepStarted({ number: step.number, id: step.id, name });
  }

  private async failed(step: PlannedStep, reason: string): Promise<Ending> {
    await this.parts.log.say([`##[error]${reason}`], step.number);
    return { outcome: 'failure', exitCode: null, reason, outputs: {} };
  }

  private async finish(
    step: PlannedStep,
    shown: { readonly name: string; readonly mayFail: boolean },
    { outcome, exitCode, reason, outputs }: Ending,
  ): Promise<void> {
    const conclusion = outcome === 'failure' && shown.mayFail ? 'success' : outcome;
    if (conclusion === 'failure') this.failure ??= `${shown.name}: ${reason}`;
    this.parts.state.stepEnded(step.id, { outcome, conclusion, outputs });
    const { number, id } = step;
    await this.parts.lane.stepFinished({
      number,
      id,
      name: shown.name,
      outcome,
      conclusion,
      exitCode,
      reason,
      outputs,
      annotations: [],
      summary: null,
    });
  }

  /** Our own failure: said on the step, before the job ends with it. */
  private async broke(step: PlannedStep, ready: ReadyStep, thrown: unknown): Promise<void> {
    const { number, id } = step;
    const reason = messageOf(thrown);
    const nothing = { outputs: {}, annotations: [], summary: null };
    const end = { outcome: 'error', conclusion: 'error', exitCode: null, reason, ...nothing } as const;
    await this.parts.log.say([`##[error]${reason}`], number);
    await this.parts.lane.stepFinished({ number, id, name: ready.name, ...end });
  }
}
