/** Runs one step: its condition, its environment, its script or checkout, and what it wrote into its command files. */
import type { Session } from '../../executor/executor.js';
import { checkoutCommands } from '../../git/checkout.js';
import type { Clock } from '../../kernel/clock.js';
import type { JsonObject } from '../../kernel/json.js';
import type { PlannedStep } from '../../model/plan.js';
import type { Result } from '../../model/result.js';
import type { Command, Exit } from '../../process/running-process.js';
import {
  evaluateCondition,
  evaluateTemplate,
  evaluateText,
  evaluateTexts,
  ExpressionError,
  renderScript,
  type StepScope,
} from '../../pipeline/index.js';
import type { Cancellation } from './cancellation.js';
import { readPairs, readPaths } from './command-file.js';
import { type CommandFiles, stepEnvironment } from './environment.js';
import type { JobLog } from './job-log.js';
import type { JobState } from './job-state.js';
import type { LinkLane } from './link-lane.js';
import { runCommand } from './run-command.js';
import { chooseShell, commandLine } from './shell.js';
import { StepStops } from './step-stops.js';

export interface StepParts {
  readonly session: Session;
  readonly clock: Clock;
  readonly lane: LinkLane;
  readonly log: JobLog;
  readonly state: JobState;
  readonly cancellation: Cancellation;
}

/** How a step ended. `reason` is null for a success. */
interface StepEnd {
  readonly outcome: Exclude<Result, 'skipped' | 'error'>;
  readonly exitCode: number | null;
  readonly reason: string | null;
  readonly outputs: JsonObject;
}

/** The step itself is wrong: it fails and says why. */
class StepError extends Error {}

/** Per command file. */
const FILE_BYTES = 1024 * 1024;

export class StepRun {
  private readonly files: CommandFiles;
  private env: Record<string, string> = {};

  constructor(
    private readonly step: PlannedStep,
    private readonly parts: StepParts,
  ) {
    const path = (name: string) => `${parts.session.temp}/step-${step.number}-${name}`;
    this.files = {
      env: path('env'),
      output: path('output'),
      path: path('path'),
      state: path('state'),
      summary: path('summary'),
    };
  }

  /** Rejects only for a lost link or a Fault of the executor. */
  async run(): Promise<void> {
    const asked = this.attempt(() => this.isWanted());
    if (asked.kind === 'value' && !asked.value) return this.skip();
    const name = this.attempt(() => this.name());
    const { number, id } = this.step;
    const said = { number, id, name: name.kind === 'value' ? name.value : this.plainName() };
    await this.parts.lane.stepStarted(said);
    await this.parts.log.say([`##[group]${said.name}`, '##[endgroup]'], number);
    const end = asked.kind === 'value' ? await this.execute() : failed(asked.message);
    await this.finish(said, end);
  }

  private isWanted(): boolean {
    this.env = evaluateTexts(this.step.env, this.scope());
    return evaluateCondition(this.step.if, this.scope());
  }

  private name(): string {
    return this.step.name === null ? this.plainName() : evaluateText(this.step.name, this.scope()).slice(0, 200);
  }

  private plainName(): string {
    const text = this.step.name ?? this.step.uses ?? this.step.run ?? '';
    const line = text.trim().split('\n', 1)[0] ?? '';
    return this.step.name === null ? `Run ${line}`.slice(0, 200) : line.slice(0, 200);
  }

  private async skip(): Promise<void> {
    const { number, id } = this.step;
    this.parts.state.record(id, { outcome: 'skipped', conclusion: 'skipped', outputs: {} });
    const name = this.attempt(() => this.name());
    const ended = { outcome: 'skipped', conclusion: 'skipped', exitCode: null, reason: null } as const;
    await this.parts.lane.stepFinished({ number, id, name: name.kind === 'value' ? name.value : id, ...ended });
  }

  private async execute(): Promise<StepEnd> {
    const stops = new StepStops({
      clock: this.parts.clock,
      cancellation: this.parts.cancellation,
      lost: this.parts.lane.lost,
      timeoutMs: this.timeoutMs(),
      holdsUnderCancel: () => this.holdsUnderCancel(),
    });
    try {
      return await this.perform(stops);
    } catch (error) {
      if (error instanceof StepError || error instanceof ExpressionError) return failed(error.message);
      throw error;
    } finally {
      stops.end();
    }
  }

  private async perform(stops: StepStops): Promise<StepEnd> {
    const exit = this.step.uses === null ? await this.script(stops) : await this.action(this.step.uses, stops);
    const outputs = await this.takeCommandFiles();
    if (stops.cause === 'cancel') return { outcome: 'canceled', exitCode: exit.code, reason: 'canceled', outputs };
    if (stops.cause === 'time') return { ...failed('it took longer than its timeout-minutes'), outputs };
    const code = exit.code ?? 128;
    if (code === 0) return { outcome: 'success', exitCode: 0, reason: null, outputs };
    return { outcome: 'failure', exitCode: code, reason: `exit code ${code}`, outputs };
  }

  private async script(stops: StepStops): Promise<Exit> {
    const { session } = this.parts;
    const scope = this.scope();
    const named = this.step.shell ?? this.parts.state.order.job.defaults.shell;
    const hasBash = (await session.which('bash', this.path())) !== null;
    const choice = chooseShell(named === null ? null : evaluateText(named, scope), hasBash);
    if (choice.kind === 'refused') throw new StepError(choice.reason);
    const { shell } = choice;
    const rendered = renderScript(this.step.run ?? '', shell.script, scope);
    if (rendered.kind === 'refused') throw new StepError(rendered.reason);
    const file = `${session.temp}/step-${this.step.number}-script${shell.extension}`;
    await session.put(file, `${shell.before}${rendered.script}${shell.after}`, 0o700);
    const cwd = this.workingDirectory(scope);
    return this.command({ argv: commandLine(shell, file), cwd, env: this.environment(rendered.env) }, stops);
  }

  /** The one built-in action so far, in its simplest form: the event's commit into the workspace. */
  private async action(uses: string, stops: StepStops): Promise<Exit> {
    if (!/^actions\/checkout@/i.test(uses))
      throw new StepError(`uses: ${uses} cannot be run here: only actions/checkout can`);
    const inputs = Object.keys(evaluateTexts(this.step.with, this.scope()));
    const unknown = inputs.filter((input) => !CHECKOUT_INPUTS.has(input.toLowerCase()));
    if (unknown.length > 0) throw new StepError(`actions/checkout does not know here: ${unknown.join(', ')}`);
    return checkOut(this.parts, (command) => this.command(command, stops));
  }

  private async command(command: Command, stops: StepStops): Promise<Exit> {
    for (const file of Object.values(this.files)) await this.parts.session.put(file, '', 0o600);
    const take = (chunk: Buffer) => this.parts.log.write(chunk, this.step.number);
    return runCommand(command, take, { session: this.parts.session, clock: this.parts.clock, stops });
  }

  /** Read also after a failure; the pairs before a malformed line still count. */
  private async takeCommandFiles(): Promise<JsonObject> {
    const { state, log } = this.parts;
    const [env, output, path] = await Promise.all([this.read('env'), this.read('output'), this.read('path')]);
    const [variables, outputs] = [readPairs(env), readPairs(output)];
    for (const [name, value] of variables.pairs) {
      if (name.toUpperCase() !== 'NODE_OPTIONS') state.written[name] = value;
      else await log.say(['##[error]NODE_OPTIONS cannot be set for later steps'], this.step.number);
    }
    state.paths.unshift(...readPaths(path).toReversed());
    const fault = variables.fault ?? outputs.fault;
    if (fault !== null) throw new StepError(fault);
    return Object.fromEntries(outputs.pairs);
  }

  private async read(name: keyof CommandFiles): Promise<string> {
    return (await this.parts.session.read(this.files[name], FILE_BYTES))?.toString('utf8') ?? '';
  }

  private async finish(said: { number: number; id: string; name: string }, end: StepEnd): Promise<void> {
    const { log, state, lane } = this.parts;
    const { outcome, outputs, exitCode, reason } = end;
    if (reason !== null) await log.say([`##[error]${reason}`], said.number);
    const isAllowed = outcome === 'failure' && this.mayFail();
    const conclusion = isAllowed ? 'success' : outcome;
    state.record(said.id, { outcome, conclusion, outputs });
    if (conclusion === 'failure') state.fail(`${said.name}: ${reason ?? 'failed'}`);
    await lane.stepFinished({ ...said, outcome, conclusion, exitCode, reason });
  }

  private mayFail(): boolean {
    const value = this.attempt(() => evaluateTemplate(this.step.continueOnError, this.scope()));
    return value.kind === 'value' && value.value === true;
  }

  private timeoutMs(): number | null {
    const { timeoutMinutes } = this.step;
    if (timeoutMinutes === null) return null;
    const minutes = Number(evaluateText(timeoutMinutes, this.scope()));
    if (!(minutes > 0)) throw new StepError('timeout-minutes must be a number above 0');
    return minutes * 60_000;
  }

  private holdsUnderCancel(): boolean {
    const asked = this.attempt(() => evaluateCondition(this.step.if, this.scopeWhen(true)));
    return asked.kind === 'value' && asked.value;
  }

  private workingDirectory(scope: StepScope): string {
    const { workspace } = this.parts.session;
    const named = this.step.workingDirectory ?? this.parts.state.order.job.defaults.workingDirectory;
    const text = named === null ? '' : evaluateText(named, scope);
    const folder = text.startsWith('/') ? text : `${workspace}/${text}`;
    const isComputed = typeof named === 'string' && named.includes('${{');
    const isInside = !folder.split('/').includes('..') && `${folder}/`.startsWith(`${workspace}/`);
    if (isComputed && !isInside) throw new StepError('working-directory must lie in the workspace');
    return folder;
  }

  private environment(script: Readonly<Record<string, string>>): Record<string, string> {
    const { state, session } = this.parts;
    const { github } = this.scope().contexts;
    const { env: job, written, paths, runner } = state;
    return stepEnvironment({
      base: session.baseEnv,
      job,
      written,
      step: this.env,
      paths,
      github,
      runner,
      files: this.files,
      script,
    });
  }

  private path(): string {
    return this.environment({})['PATH'] ?? '';
  }

  private scope(): StepScope {
    return this.scopeWhen(this.parts.cancellation.signal.aborted);
  }

  private scopeWhen(canceled: boolean): StepScope {
    return this.parts.state.scope(canceled, this.env, this.step.id);
  }

  private attempt<T>(evaluate: () => T): { kind: 'value'; value: T } | { kind: 'error'; message: string } {
    try {
      return { kind: 'value', value: evaluate() };
    } catch (error) {
      if (error instanceof ExpressionError) return { kind: 'error', message: error.message };
      throw error;
    }
  }
}

/** Inputs whose every value means what is done here anyway. */
const CHECKOUT_INPUTS = new Set(['fetch-depth', 'fetch-tags', 'clean', 'persist-credentials']);

function failed(reason: string): StepEnd {
  return { outcome: 'failure', exitCode: null, reason, outputs: {} };
}

/** Fills the workspace with the order's commit, as the job; resolves with the exit of the first command that fails. */
export async function checkOut(
  { session, state }: Pick<StepParts, 'session' | 'state'>,
  run: (command: Command) => Promise<Exit>,
): Promise<Exit> {
  const { commands, env } = checkoutCommands(state.order.source, session.workspace);
  let exit: Exit = { code: 0, signal: null };
  for (const { argv } of commands) {
    exit = await run({ argv, cwd: session.workspace, env: { ...session.baseEnv, ...env } });
    if (exit.code !== 0) break;
  }
  return exit;
}
