/** Does the work of a step that is to run: of a step of the job, or of one in a composite action. */
import type { Exit, TakeOutput } from '../../process/running-process.js';
import { runComposite } from '../actions/composite.js';
import type { StepOutput } from '../output/step-output.js';
import { canceled, failed, succeeded, type Ending } from './ending.js';
import type { Performance, Performer, StepPerformerParts } from './performance.js';
import { prepareStep } from './prepare-step.js';
import { runCommand } from './run-command.js';
import { COMMAND_FILES, type WrittenCommands } from './step-files.js';
import { headerLines } from './step-header.js';
import type { CheckWork, CommandWork, StepWork } from './step-work.js';

const NOTHING_WRITTEN: WrittenCommands = {
  env: [],
  paths: [],
  outputs: [],
  state: [],
  summary: null,
  complaints: [],
  faults: [],
};

/** What a check may print. */
const CHECK_BYTES = 64 * 1024;

export class StepPerformer implements Performer {
  constructor(readonly parts: StepPerformerParts) {}

  async perform(on: Performance, begun: Promise<void>): Promise<Ending> {
    const { step, ready, place } = on;
    const [work] = await Promise.all([prepareStep(step, ready, place, this.parts), begun]);
    return this.performWork(work, on);
  }

  async performWork(work: StepWork, on: Performance): Promise<Ending> {
    const { step, ready, place, stops } = on;
    await this.parts.log.say(headerLines(work.header), place.number);
    if (work.kind === 'refused') return this.fail(on, work.reason);
    await this.warn(work.warnings ?? [], on);
    if (place.frame.action === null)
      await this.parts.beforeStep?.({ ...seen(work), job: this.parts.order.job, step, name: ready.name });
    if (stops.stop.aborted) return this.endingOf(null, on);
    switch (work.kind) {
      case 'commands':
        return this.runCommands(work, on);
      case 'check':
        return this.runCheck(work, on);
      case 'composite':
        return runComposite(work, on, this);
    }
  }

  async endingOf(exit: Exit | null, on: Performance): Promise<Ending> {
    const exitCode = exit?.code ?? null;
    if (on.stops.cause === 'cancel') {
      await this.parts.log.say(['##[error]The step was canceled.'], on.place.number);
      return canceled(this.parts.cancellation.reason ?? 'a step of the job canceled it', { exitCode });
    }
    if (on.stops.cause === 'time') return this.fail(on, 'it took longer than its timeout-minutes', exitCode);
    if (exitCode === 0) return succeeded();
    if (exit?.signal) return this.fail(on, `ended by ${exit.signal}`, exitCode);
    await this.parts.log.say([`##[error]exit code ${exitCode}`], on.place.number);
    // GitHub's words: people look for them.
    const annotations = this.parts.log.failureOf(`Process completed with exit code ${exitCode}.`);
    return failed(`exit code ${exitCode}`, { exitCode, annotations });
  }

  async fail({ place }: Pick<Performance, 'place'>, reason: string, exitCode: number | null = null): Promise<Ending> {
    await this.parts.log.say([`##[error]${reason}`], place.number);
    return failed(reason, { exitCode, annotations: this.parts.log.failureOf(reason) });
  }

  private async warn(warnings: readonly string[], { place }: Performance): Promise<void> {
    if (warnings.length > 0)
      await this.parts.log.say(
        warnings.map((text) => `##[warning]${text}`),
        place.number,
      );
  }

  private async runCommands(work: CommandWork, on: Performance): Promise<Ending> {
    const saveState = work.post ? this.parts.posts.register(work.post) : () => undefined;
    const output = this.parts.log.step({
      number: on.place.number,
      env: work.env,
      commands: work.files === null ? 'ignore' : 'obey',
    });
    const exit = await this.runEach(work, output, on);
    const said = await output.end();
    const ending = await this.endingOf(exit, on);
    const written = work.files === null ? NOTHING_WRITTEN : await work.files.read();
    await this.parts.log.say(
      written.complaints.map((text) => `##[error]${text}`),
      on.place.number,
    );
    on.place.exports.add(said);
    on.place.exports.add(written);
    saveState([...said.state, ...written.state]);
    const own = ending.outcome === 'success' ? work.outputs : {};
    const outputs = { ...own, ...Object.fromEntries([...said.outputs, ...written.outputs]) };
    const annotations = [...said.annotations, ...ending.annotations];
    const { summary } = written;
    return this.judged({ ...ending, outputs, summary, annotations }, said.faults, written.faults, on);
  }

  private async runEach(
    { commands, cwd, env }: CommandWork,
    output: StepOutput,
    { stops, step }: Performance,
  ): Promise<Exit | null> {
    let exit: Exit | null = null;
    const { session, order } = this.parts;
    const meanwhile = () => (step.number < order.job.steps.length ? session.expectFiles?.(COMMAND_FILES) : undefined);
    for (const { argv } of commands) {
      const take: TakeOutput = (chunk, stream) => output.write(chunk, stream);
      exit = await runCommand({ argv, cwd, env }, take, { ...this.parts, stops, meanwhile });
      if (exit.code !== 0 || stops.stop.aborted) break;
    }
    return exit;
  }

  /** What a step has written wrongly makes it fail. @param said is in the log and pointed out already. */
  private async judged(
    ending: Ending,
    said: readonly string[],
    written: readonly string[],
    { place }: Performance,
  ): Promise<Ending> {
    await this.parts.log.say(
      written.map((text) => `##[error]${text}`),
      place.number,
    );
    const annotations = [...ending.annotations, ...written.flatMap((text) => this.parts.log.failureOf(text))];
    const [fault] = [...said, ...written];
    if (fault === undefined || ending.outcome !== 'success') return { ...ending, annotations };
    return { ...ending, annotations, outcome: 'failure', reason: fault };
  }

  private async runCheck({ check, cwd, env }: CheckWork, on: Performance): Promise<Ending> {
    let printed = '';
    const take = (chunk: Buffer) => void (printed = (printed + chunk.toString('utf8')).slice(0, CHECK_BYTES));
    const exit = await runCommand({ argv: check.argv, cwd, env }, take, { ...this.parts, stops: on.stops });
    if (exit.code !== 0 || on.stops.cause !== null) return this.endingOf(exit, on);
    const verdict = check.judge(printed);
    if (verdict.kind === 'refused') return this.fail(on, verdict.reason);
    if (verdict.kind === 'commands') return this.runCommands(verdict, on);
    await this.parts.log.say(verdict.lines, on.place.number);
    on.place.exports.add({ env: [], paths: verdict.paths });
    return succeeded(verdict.outputs);
  }
}

function seen(work: Exclude<StepWork, { kind: 'refused' }>) {
  const { cwd, env } = work;
  return { cwd, env, commands: work.kind === 'commands' ? work.commands : [] };
}
