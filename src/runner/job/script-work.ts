/** The script of a `run` step, ready to be started. */
import { posix } from 'node:path';
import type { Session } from '../../executor/executor.js';
import type { Template } from '../../model/plan.js';
import { evaluateText, evaluateTrusted, renderScript, type StepScope } from '../../pipeline/index.js';
import { chooseShell, commandLine, type Shell } from './shell.js';
import { environmentOf, headerOf, type StepAtHand, type StepWork, type StepWorkParts } from './step-work.js';

/** Throws an ExpressionError, and a Fault when the files cannot be written. */
export async function prepareScript(hand: StepAtHand, parts: StepWorkParts): Promise<StepWork> {
  const { step, ready, place, files } = hand;
  const { session, order } = parts;
  const { scope } = ready;
  // What a job sets for its `run` steps does not reach the steps of an action.
  const defaults = place.frame.action === null ? order.job.defaults : { shell: null, workingDirectory: null };
  const header = headerOf(ready);
  const env = environmentOf(hand, parts);
  const cwd = workingDirectory(step.workingDirectory ?? defaults.workingDirectory, scope, session);
  if (cwd === null)
    return { kind: 'refused', reason: 'a computed working-directory must lie in the workspace', header };
  const bash = await session.which('bash', env['PATH'] ?? '');
  const choice = chooseShell(shellName(step.shell ?? defaults.shell, scope), bash !== null);
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
    files,
  };
}

function shellName(template: Template | null, scope: StepScope): string | null {
  return template === null ? null : String(evaluateTrusted('shell', template, scope) ?? '');
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
