/** Stops before a step and gives a shell in its environment, at the terminal of whoever runs it. */
import type { DeclaredJob, PlannedStep } from '../../model/plan.js';
import { runOnTerminal } from '../../process/on-terminal.js';
import type { BeforeStep, StepAboutToRun } from '../../runner/before-step.js';
import { plainText } from '../screen/plain-text.js';
import type { Screen } from '../screen/screen.js';
import { isTerminal } from '../screen/screen.js';
import { UsageError, type VerbCall } from '../verb.js';
import type { Show } from './news.js';

export class BreakPoint {
  /** Two steps that are due at once get their shells one after the other. */
  private line: Promise<void> = Promise.resolve();

  /** @param where id, name or number of a step, with `JOB/` before it of one job alone. */
  constructor(
    private readonly where: string,
    private readonly parts: { readonly call: VerbCall; readonly screen: Screen; readonly show: Show },
  ) {}

  readonly before: BeforeStep = (step) => {
    if (!isMeant(this.where, step.job.key, step.step, step.name)) return Promise.resolve();
    this.line = this.line.then(() => this.stop(step));
    return this.line;
  };

  private async stop(step: StepAboutToRun): Promise<void> {
    const { call, screen, show } = this.parts;
    if (call.interrupted?.aborted) return;
    const comeBack = await show.standAside();
    try {
      for (const line of headingOf(step)) screen.aside(line);
      const { TERM = 'dumb' } = call.env;
      const env = { ...step.env, TERM, PS1: `(${plainText(step.job.name)}, step ${step.step.number}) \\W\\$ ` };
      await openShell(step.cwd, env);
    } finally {
      comeBack();
    }
  }
}

/** Throws a UsageError where nobody could type, or no step is called so. */
export function checkBreakPoint(where: string, jobs: readonly DeclaredJob[], { streams }: VerbCall): void {
  if (!isTerminal(streams.stdin) || !isTerminal(streams.stdout))
    throw new UsageError('--break-before needs a terminal, for the shell that it gives');
  const steps = stepsOf(jobs);
  if (steps.some(({ key, step }) => hasExpression(step) || isMeant(where, key, step, step.name ?? ''))) return;
  const known = steps.map(({ key, step }) => `${key}/${shownName(step)}`).join(', ');
  throw new UsageError(
    `--break-before: no step has the id, name or number ${JSON.stringify(where)}; there are ${known}`,
  );
}

interface Placed {
  readonly key: string;
  readonly step: PlannedStep;
}

function stepsOf(jobs: readonly DeclaredJob[]): readonly Placed[] {
  return jobs.flatMap(({ id, steps, call }) => [
    ...steps.map((step) => ({ key: id, step })),
    ...stepsOf(call?.callee?.jobs ?? []),
  ]);
}

function hasExpression({ name }: PlannedStep): boolean {
  return name?.includes('${{') ?? false;
}

function shownName({ id, name, number }: PlannedStep): string {
  return id.startsWith('__') ? (name ?? String(number)) : id;
}

function isMeant(where: string, key: string, step: PlannedStep, name: string): boolean {
  const wanted = where.toLowerCase();
  const names = [step.id, String(step.number), name].filter((one) => one !== '').map((one) => one.toLowerCase());
  const jobs = [key, key.replace(/\[\d+\]/g, '')].map((one) => one.toLowerCase());
  return names.some((one) => one === wanted || jobs.some((job) => `${job}/${one}` === wanted));
}

function headingOf({ job, step, name, commands }: StepAboutToRun): readonly string[] {
  const argv = commands.at(-1)?.argv ?? [];
  return [
    `Stopped before step ${step.number} of ${plainText(job.name)}: ${plainText(name)}`,
    ...(step.run === null ? [] : [`It will run: ${plainText(argv.join(' '))}`]),
    'This shell is in its folder and has its environment. Leave it (exit, Ctrl-D) and the step runs.',
  ];
}

/** A machine without bash has sh. */
async function openShell(cwd: string, env: Readonly<Record<string, string>>): Promise<void> {
  try {
    await runOnTerminal({ argv: ['bash', '--noprofile', '--norc', '-i'], cwd, env });
  } catch {
    await runOnTerminal({ argv: ['sh', '-i'], cwd, env });
  }
}
