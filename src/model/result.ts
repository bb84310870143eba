/** States and results of runs, jobs and steps, and which state may follow which. */

export type State = 'waiting' | 'queued' | 'running' | 'done';

/** Only when done. `failure`: the user's step said no; `error`: we broke (STYLE.md 18). */
export type Result = 'success' | 'failure' | 'error' | 'canceled' | 'skipped';

const NEXT: Readonly<Record<State, readonly State[]>> = {
  waiting: ['queued', 'done'],
  queued: ['running', 'waiting', 'done'],
  running: ['done', 'queued'],
  done: [],
};

/** May a run or job in `from` go to `to`? `running → queued` is a job put back before its first step. */
export function mayFollow(from: State, to: State): boolean {
  return NEXT[from].includes(to);
}

/** GitHub's spelling of a result inside contexts (`needs.x.result`): our `error` reads `failure`. */
export function contextResult(result: Result): 'success' | 'failure' | 'cancelled' | 'skipped' {
  if (result === 'canceled') return 'cancelled';
  return result === 'error' ? 'failure' : result;
}
