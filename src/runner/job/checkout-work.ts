/** The checkout: that before the first step, and the built-in `actions/checkout`. */
import { posix } from 'node:path';
import type { Session } from '../../executor/executor.js';
import { checkoutCommands, type CheckoutOptions } from '../../git/checkout.js';
import type { JobOrder } from '../../model/job-order.js';
import { readCheckoutInputs } from './checkout-inputs.js';
import type { Env } from './environment.js';
import type { StepHeader } from './step-header.js';
import { headerOf, type CommandWork, type StepAtHand, type StepWork, type StepWorkParts } from './step-work.js';

export function checkoutWork({ ready }: Pick<StepAtHand, 'ready'>, inputs: Env, parts: StepWorkParts): StepWork {
  const { order, session } = parts;
  const header = { ...headerOf(ready), with: inputs };
  const read = readCheckoutInputs(inputs, order.source, ready.scope.contexts.github);
  if (read.kind === 'refused') return { ...read, header };
  const folder = posix.resolve(session.workspace, read.path);
  if (folder !== session.workspace && !folder.startsWith(`${session.workspace}/`))
    return { kind: 'refused', reason: 'the path of a checkout must lie in the workspace', header };
  return ownCheckout(header, parts, { folder, options: read.options });
}

/** In the executor, with a clean environment: nothing that earlier steps exported reaches git. */
export function ownCheckout(
  header: StepHeader,
  { order, session }: { readonly order: JobOrder; readonly session: Session },
  { folder = session.workspace, options = {} }: { readonly folder?: string; readonly options?: CheckoutOptions } = {},
): CommandWork {
  const { commands, env } = checkoutCommands(order.source, folder, options);
  return {
    kind: 'commands',
    header,
    commands,
    cwd: session.workspace,
    env: { ...session.baseEnv, ...env },
    outputs: { ref: order.source.ref, commit: order.source.commit },
    files: null,
  };
}
