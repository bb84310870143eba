/** The secrets that a job's expressions see: those of the run, or what the calls on the way hand on. */
import type { Random } from '../../kernel/random.js';
import type { JobOrder } from '../../model/job-order.js';
import { evaluateTexts, type StepScope } from '../../pipeline/index.js';
import type { Env } from './environment.js';

const TOKEN = 'GITHUB_TOKEN';

/** A value of its own for each job, that grants nothing: workflows hand it to tools that want one. */
export function withToken(order: JobOrder, random: Random): JobOrder {
  return { ...order, secrets: { [TOKEN]: random.hex(20), ...order.secrets } };
}

export function tokenOf({ secrets }: JobOrder): string {
  return secrets[TOKEN] ?? '';
}

/** The token is there in every called pipeline. Throws an ExpressionError. */
export function visibleSecrets(order: JobOrder, scope: StepScope): Env {
  let secrets: Env = order.secrets;
  for (const handed of order.job.call?.secrets ?? []) {
    if (handed === 'inherit') continue;
    secrets = { [TOKEN]: tokenOf(order), ...evaluateTexts(handed, { ...scope, secrets }) };
  }
  return secrets;
}
