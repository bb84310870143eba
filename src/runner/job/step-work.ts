/** Turns a step that is to run into command lines, or says why it cannot be run. */
import { posix } from 'node:path';
import { messageOf } from '../../kernel/errors.js';
import { checkoutCommands } from '../../git/checkout.js';
import type { Session } from '../../executor/executor.js';
import type { JobOrder } from '../../model/job-order.js';
import type { PlannedStep, Template } from '../../model/plan.js';
import { evaluateText, evaluateTexts, ExpressionError, renderScript, type StepScope } from '../../pipeline/index.js';
import { unsupportedInput } from './checkout-inputs.js';
import type { ReadyStep } from './decide-step.js';
import { ownNames, stepEnvironment, type Env } from './environment.js';
import type { JobState } from './job-state.js';
import { chooseShell, commandLine, type Shell } from './shell.js';
import type { StepFiles } from './step-files.js';
import type { StepHeader } from './step-header.js';

export interface CommandWork {
  readonly kind: 'commands';
  readonly header: StepHeader;
  /** Run one after another until one fails. */
  readonly commands: readonly { readonly argv: readonly string[] }[];
  readonly cwd: string;
  readonly env: Env;
  /** What the step gives beyond what it writes to GITHUB_OUTPUT. */
  readonly outputs: Env;
}

export type StepWork = CommandWork | { readonly kind: 'refused'; readonly reason: string; readonly header: StepHeader };

export interface StepWorkParts {
  readonly order: JobOrder;
  readonly session: Session;
  readonly state: JobState;
}

/** Writes the step's files as well. Throws a Fault when they cannot be written. */
export async function prepareStep(
  step: PlannedStep,
  ready: ReadyStep,
  files: StepFiles,
  parts: StepWorkParts,
): Promise<StepWork> {
  const header = { title: ready.name, env: parts.state.scope(ready.env).env };
  try {
    if (step.uses !== null) return prepareUses(step, ready, parts);
    return await prepareScript(step, ready, files, parts);
  } catch (thrown) {
    if (!(thrown instanceof ExpressionError)) throw thrown;
    return { kind: 'refused', reason: messageOf(thrown), header };
  }
}

async function prepareScript(
  step: PlannedStep,
  ready: ReadyStep,
  files: StepFiles,
  parts: StepWorkParts,
): Promise<StepWork> {
  const { session, state } = parts;
  const scope = state.scope(ready.env, step.id);
  const env = environmentOf(step, ready, files, parts);
  const header = { title: ready.name, env: scope.env };
  const cwd = workingDirectory(step.workingDirectory ?? parts.order.job.defaults.workingDirectory, scope, session);
  if (cwd === null)
    return { kind: 'refused', reason: 'a computed working-directory must lie in the workspace', header };
  const name = step.shell ?? parts.order.job.defaults.shell;
  const bash = await session.which('bash', env['PATH'] ?? '');
  const choice = chooseShell(name === null ? null : evaluateText(name, scope), bash !== null);
  if (choice.kind === 'refused') return { ...choice, header };
  const rendered = renderScript(step.run ?? '', choice.shell.script, scope);
  if (rendered.kind === 'refused') return { ...rendered, header };
  const file = await files.putScript(scriptText(rendered.script, choice.shell), choice.shell.extension);
  await files.make();
  return {
    kind: 'commands',
    header: { ...header, body: rendered.script.trimEnd().split('\n'), shell: choice.shell.argv.join(' ') },
    commands: [{ argv: commandLine(choice.shell, file) }],
    cwd,
    env: { ...env, ...rendered.env },
    outputs: {},
  };
}

function environmentOf(step: PlannedStep, ready: ReadyStep, files: StepFiles, { session, state }: StepWorkParts): Env {
  return stepEnvironment({
    base: session.baseEnv,
    declared: state.declaredEnv,
    exported: state.exportedEnv,
    step: ready.env,
    paths: state.paths,
    own: ownNames(state.github(step.id), state.runner(), files.names),
  });
}

function scriptText(script: string, shell: Shell): string {
  return `${shell.before}${script.replaceAll('\r\n', '\n')}\n${shell.after}`;
}

/** Null for a computed one that leads out of the workspace; what the author wrote literally may lead anywhere. */
function workingDirectory(template: Template | null, scope: StepScope, { workspace }: Session): string | null {
  if (template === null) return workspace;
  const path = posix.resolve(workspace, evaluateText(template, scope));
  const isInside = path === workspace || path.startsWith(`${workspace}/`);
  return isInside || !String(template).includes('${{') ? path : null;
}

function prepareUses(step: PlannedStep, ready: ReadyStep, parts: StepWorkParts): StepWork {
  const scope = parts.state.scope(ready.env, step.id);
  const inputs = evaluateTexts(step.with, scope);
  const header = { title: ready.name, with: inputs, env: scope.env };
  if (!/^actions\/checkout@/i.test(step.uses ?? '')) {
    return { kind: 'refused', reason: `the action '${step.uses}' is not supported`, header };
  }
  const unsupported = unsupportedInput(inputs, parts.order.source, parts.state.github(step.id));
  if (unsupported !== null) return { kind: 'refused', reason: unsupported, header };
  return checkoutWork(header, parts);
}

/** In the executor, with a clean environment: nothing that earlier steps exported reaches git. */
export function checkoutWork(header: StepHeader, { order, session }: Omit<StepWorkParts, 'state'>): CommandWork {
  const { commands, env } = checkoutCommands(order.source, session.workspace);
  return {
    kind: 'commands',
    header,
    commands,
    cwd: session.workspace,
    env: { ...session.baseEnv, ...env },
    outputs: { ref: order.source.ref, commit: order.source.commit },
  };
}
