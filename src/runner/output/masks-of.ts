/** Which values a job must not show from the beginning. */
import { Masker } from '../../kernel/masker.js';
import { isMaskable, LEAST_MASKED } from '../../kernel/mask-patterns.js';
import type { JobOrder } from '../../model/job-order.js';

/** They turn something on, and are no secrets. */
const SWITCHES = ['ACTIONS_STEP_DEBUG', 'ACTIONS_RUNNER_DEBUG'];

type Masked = Pick<JobOrder, 'secrets' | 'masks'>;

/** All secrets of an order, and what jobs before it masked, however many they are. */
export function maskerOf(order: Masked): Masker {
  const masker = new Masker();
  for (const [, value] of secretsOf(order)) masker.addBeyond(value);
  for (const value of order.masks) masker.addBeyond(value);
  return masker;
}

/** Lines for the begin of the log: which secrets cannot be masked. */
export function maskWarnings(order: Masked): readonly string[] {
  const short = secretsOf(order).filter(([, value]) => !isMaskable(value));
  return short.map(
    ([name]) => `##[warning]The secret ${name} is not masked: values under ${LEAST_MASKED} characters are not.`,
  );
}

function secretsOf({ secrets }: Masked): readonly (readonly [string, string])[] {
  return Object.entries(secrets).filter(([name, value]) => value !== '' && !SWITCHES.includes(name));
}
