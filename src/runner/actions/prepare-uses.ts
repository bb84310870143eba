/** What a `uses` step does: an action of the workspace, a built-in one, or none that can be run here. */
import { posix } from 'node:path';
import { evaluateTexts, type JavaScriptAction } from '../../pipeline/index.js';
import { checkoutWork } from '../job/checkout-work.js';
import type { Env } from '../job/environment.js';
import type { StepHeader } from '../job/step-header.js';
import { environmentOf, headerOf, type StepAtHand, type StepWork, type StepWorkParts } from '../job/step-work.js';
import { actionInputs, inputVariables } from './action-inputs.js';
import { findAction, noDocker, type FoundAction } from './local-action.js';
import { nodeFor } from './nodes.js';
import type { PostStep } from './post-steps.js';
import { toolCheck } from './tool-check.js';

/** GitHub's. */
const MOST_DEPTH = 9;

/** Throws an ExpressionError, and a Fault when the files cannot be written. */
export async function prepareUses(hand: StepAtHand, uses: string, parts: StepWorkParts): Promise<StepWork> {
  const { step, ready } = hand;
  const given = evaluateTexts(step.with, ready.scope);
  const header = { ...headerOf(ready), with: given };
  if (uses.startsWith('./'))
    return prepareLocal(hand, { uses, given, found: await findAction(uses, parts.session) }, parts);
  const name = uses.replace(/@.*$/s, '').toLowerCase();
  if (name === 'actions/checkout') return checkoutWork(hand, given, parts);
  const check = await toolCheck(name, given, parts.session);
  if (check?.kind === 'refused') return { ...check, header };
  if (check !== null)
    return { kind: 'check', header, cwd: parts.session.workspace, env: environmentOf(hand, parts), check };
  const reason = uses.startsWith('docker://') ? noDocker(uses) : `the action '${uses}' is not supported`;
  return { kind: 'refused', reason, header };
}

interface LocalUse {
  readonly uses: string;
  readonly given: Env;
  readonly found: FoundAction;
}

async function prepareLocal(hand: StepAtHand, use: LocalUse, parts: StepWorkParts): Promise<StepWork> {
  const { step, ready, place } = hand;
  const { found, given } = use;
  const header = { ...headerOf(ready), with: given };
  if (found.kind === 'refused') return { ...found, header };
  const { action, folder } = found;
  const inputs = actionInputs(action, given, step.with, ready.scope);
  const shared = {
    header: { ...header, with: inputs.values },
    cwd: parts.session.workspace,
    env: environmentOf(hand, parts, folder),
    warnings: inputs.warnings,
  };
  switch (action.runs.kind) {
    case 'composite': {
      if ((place.frame.action?.depth ?? 0) >= MOST_DEPTH)
        return { kind: 'refused', reason: `composite actions may be nested ${MOST_DEPTH} deep`, header };
      const { values, outside: outsideInputs } = inputs;
      return {
        ...shared,
        kind: 'composite',
        action: action.runs,
        folder,
        inputs: values,
        outsideInputs,
        writtenEnv: step.env,
      };
    }
    case 'javascript':
      return javaScriptWork(
        hand,
        { ...shared, action: action.runs, folder, inputs: inputVariables(inputs.values) },
        parts,
      );
    case 'other':
      return { kind: 'refused', reason: whyNot(use.uses, action.runs.using), header };
  }
}

interface JavaScriptUse {
  readonly header: StepHeader;
  readonly cwd: string;
  readonly env: Env;
  readonly warnings: readonly string[];
  readonly action: JavaScriptAction;
  readonly folder: string;
  readonly inputs: Env;
}

async function javaScriptWork(hand: StepAtHand, use: JavaScriptUse, parts: StepWorkParts): Promise<StepWork> {
  const { files } = hand;
  const { action, folder, inputs, header, cwd, env } = use;
  const node = nodeFor(action.using, parts.nodes);
  const main = fileOf(folder, action.main, cwd);
  const post = action.post === null ? null : fileOf(folder, action.post, cwd);
  if (main === null || (action.post !== null && post === null))
    return { kind: 'refused', reason: 'a file of the action does not lie in the workspace', header };
  await files.make();
  const noPre = action.pre === null ? [] : ['The `pre` of an action in the repository is not run.'];
  return {
    kind: 'commands',
    header,
    commands: [{ argv: [node, main] }],
    cwd,
    env: { ...env, ...inputs },
    outputs: {},
    files,
    warnings: [...use.warnings, ...noPre],
    post: post === null ? null : { ...postOf(hand, use), argv: [node, post] },
  };
}

function postOf({ step, ready, place }: StepAtHand, { action, folder, inputs }: JavaScriptUse): Omit<PostStep, 'argv'> {
  const name = `Post ${ready.name}`;
  return { name, condition: action.postIf, main: ready, stepId: step.id, frame: place.frame, folder, inputs };
}

/** A file may lie outside the folder of its action, but not outside the workspace. */
function fileOf(folder: string, path: string, workspace: string): string | null {
  const file = posix.resolve(folder, path);
  return file.startsWith(`${workspace}/`) ? file : null;
}

function whyNot(uses: string, using: string): string {
  if (using.toLowerCase() === 'docker') return noDocker(uses);
  return `the action '${uses}' wants to be run by '${using.slice(0, 60)}', which is not known: composite, node20 and node24 are`;
}
