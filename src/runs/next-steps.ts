/** What somebody can do about a run as it stands, and who: pure. */
import { approvalLine } from '../model/hold.js';
import type { Run } from '../model/run.js';

export interface NextStep {
  /** A sentence without a full stop. */
  readonly what: string;
  /** A command or a comment, to be copied; null where there is none. */
  readonly how: string | null;
  readonly who: string;
}

type LookedAt = Pick<Run, 'id' | 'state' | 'result' | 'trust' | 'resolved' | 'problems'>;

const COMMITTERS = 'for whoever may push to the project';
const AUTHOR = 'for its author';

/** Empty for a run that needs nobody. */
export function nextSteps(run: LookedAt): readonly NextStep[] {
  if (run.state !== 'done') return run.trust === 'held' ? approve(run) : [];
  switch (run.result) {
    case 'failure':
      return [
        { what: 'Mend it and push again', how: null, who: AUTHOR },
        ...again(run, 'Run what failed again', ' --failed'),
      ];
    case 'error':
      return run.problems.length > 0
        ? [{ what: 'Mend the file of the pipeline and push again', how: 'pagure-actions lint', who: AUTHOR }]
        : again(run, 'It was not the fault of the pipeline: run it again');
    case 'canceled':
      return again(run, 'Run it again if it is still wanted');
    default:
      return [];
  }
}

/** Of one commit, by its whole id: another one is another approval. */
function approve({ id, resolved: { commit } }: LookedAt): readonly NextStep[] {
  const what = 'Look at what it changes, then approve this commit';
  if (commit === null) return [];
  return [
    { what: `${what} by a comment on the pull-request`, how: approvalLine(commit), who: COMMITTERS },
    { what: 'Or approve it from a terminal', how: `pagure-actions runs approve ${id} ${commit}`, who: COMMITTERS },
  ];
}

function again({ id, resolved }: LookedAt, what: string, option = ''): readonly NextStep[] {
  const terminal = { what, how: `pagure-actions runs rerun ${id}${option}`, who: COMMITTERS };
  if (resolved.pullRequest === undefined) return [terminal];
  return [
    terminal,
    { what: 'Or by a comment on the pull-request', how: option === '' ? '/rerun' : '/rerun failed', who: COMMITTERS },
  ];
}
