/** What several runs come to together, and the exit code that says it. */
import type { Result } from '../../model/result.js';
import { EXIT } from '../verb.js';

/** A run that never ended was cut off. */
export function worstOf(runs: readonly { readonly result: Result | null }[]): Result {
  const results = runs.map(({ result }) => result ?? 'error');
  const worst = (['error', 'failure', 'canceled'] as const).find((result) => results.includes(result));
  return worst ?? (results.every((result) => result === 'skipped') ? 'skipped' : 'success');
}

/** Canceled and timed out is not done. */
export function exitOfResult(result: Result): number {
  if (result === 'error') return EXIT.error;
  return result === 'failure' || result === 'canceled' ? EXIT.failure : EXIT.done;
}
