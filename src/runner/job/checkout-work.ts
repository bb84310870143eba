/** The checkout: that before the first step, and the built-in `actions/checkout`. */
import { posix } from 'node:path';
import type { Session } from '../../executor/executor.js';
import { checkoutCommands, type CheckoutOptions, projectMirror } from '../../git/checkout.js';
import { wantedCheckout, type RefQuestion } from '../../git/checkout-ref.js';
import type { JobSource } from '../../model/job-order.js';
import { readCheckoutInputs } from './checkout-inputs.js';
import type { Env } from './environment.js';
import type { StepHeader } from './step-header.js';
import {
  headerOf,
  type CheckWork,
  type CommandWork,
  type StepAtHand,
  type StepWork,
  type StepWorkParts,
} from './step-work.js';

/** Where it goes, and how much of it. */
interface CheckoutPlace {
  readonly session: Session;
  readonly folder?: string;
  readonly options?: CheckoutOptions;
}

export function checkoutWork({ ready }: Pick<StepAtHand, 'ready'>, inputs: Env, parts: StepWorkParts): StepWork {
  const { order, session } = parts;
  const header = { ...headerOf(ready), with: inputs };
  const read = readCheckoutInputs(inputs, ready.scope.contexts.github);
  if (read.kind === 'refused') return { ...read, header };
  const folder = posix.resolve(session.workspace, read.path);
  if (folder !== session.workspace && !folder.startsWith(`${session.workspace}/`))
    return { kind: 'refused', reason: 'the path of a checkout must lie in the workspace', header };
  const place = { session, folder, options: read.options };
  const wanted = wantedCheckout(read.ref || order.source.commit, order.source);
  switch (wanted.kind) {
    case 'own':
      return sourceCheckout(header, order.source, place);
    case 'none':
      return { kind: 'refused', reason: noSuchRef(read.ref), header };
    case 'ask':
      return askedCheckout({ header, ref: read.ref, source: order.source, question: wanted }, place);
  }
}

/** In the executor, with a clean environment: nothing that earlier steps exported reaches git. */
export function sourceCheckout(
  header: StepHeader,
  source: JobSource,
  { session, folder = session.workspace, options = {} }: CheckoutPlace,
): CommandWork {
  const { commands, env } = checkoutCommands(source, folder, options);
  return {
    kind: 'commands',
    header,
    commands,
    cwd: session.workspace,
    env: { ...session.baseEnv, ...env },
    outputs: { ref: source.ref, commit: source.commit },
    files: null,
  };
}

interface AskedCheckout {
  readonly header: StepHeader;
  readonly ref: string;
  readonly source: JobSource;
  readonly question: RefQuestion;
}

function askedCheckout({ header, ref, source, question }: AskedCheckout, place: CheckoutPlace): CheckWork {
  const judge = (printed: string) => {
    const found = question.judge(printed);
    if (found === null) return { kind: 'refused', reason: noSuchRef(ref) } as const;
    const work = sourceCheckout(header, { mirror: projectMirror(source), url: source.url, ...found }, place);
    return { ...work, outputs: { ref, commit: found.commit } };
  };
  const { session } = place;
  const env = { ...session.baseEnv, ...question.env };
  return { kind: 'check', header, cwd: session.workspace, env, check: { argv: question.argv, judge } };
}

function noSuchRef(ref: string): string {
  return `actions/checkout: '${ref.slice(0, 200)}' is no branch and no tag of the project, nor a commit that one of them leads to`;
}
