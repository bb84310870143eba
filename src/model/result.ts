/** States and results of runs, jobs and steps. */

export type State = 'waiting' | 'queued' | 'running' | 'done';

/** Only when done. `failure`: the user's step said no; `error`: we broke (STYLE.md 18). */
export type Result = 'success' | 'failure' | 'error' | 'canceled' | 'skipped';

/** GitHub's spelling of a result inside contexts (`needs.x.result`): our `error` reads `failure`. */
export function contextResult(result: Result): 'success' | 'failure' | 'cancelled' | 'skipped' {
  if (result === 'canceled') return 'cancelled';
  return result === 'error' ? 'failure' : result;
}

/** Did it go wrong, whoever is to blame? */
export function isRed(result: Result | null): boolean {
  return result === 'failure' || result === 'error';
}
