/** Turns a step that is to run into what is to be done, or says why it cannot be run. */
import { messageOf } from '../../kernel/errors.js';
import type { PlannedStep } from '../../model/plan.js';
import { ExpressionError } from '../../pipeline/index.js';
import { prepareUses } from '../actions/prepare-uses.js';
import type { ReadyStep } from './decide-step.js';
import { prepareScript } from './script-work.js';
import { StepFiles } from './step-files.js';
import type { StepPlace } from './step-frame.js';
import { headerOf, type StepWork, type StepWorkParts } from './step-work.js';

/** Writes the step's files as well. Throws a Fault when they cannot be written. */
export async function prepareStep(
  step: PlannedStep,
  ready: ReadyStep,
  place: StepPlace,
  parts: StepWorkParts,
): Promise<StepWork> {
  const hand = { step, ready, place, files: new StepFiles(parts.session, place.label) };
  try {
    return await (step.uses === null ? prepareScript(hand, parts) : prepareUses(hand, step.uses, parts));
  } catch (thrown) {
    if (!(thrown instanceof ExpressionError)) throw thrown;
    return { kind: 'refused', reason: messageOf(thrown), header: headerOf(ready) };
  }
}
