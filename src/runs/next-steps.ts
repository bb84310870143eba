/** What somebody can do about a run as it stands, and who: pure. */
import type { Run } from '../model/run.js';
import { approvalLine } from '../model/hold.js';

export interface NextStep {
  /** One sentence, with the command or comment where there is one. */
  readonly what: string;
  readonly who: string;
}

type LookedAt = Pick<Run, 'id' | 'state' | 'result' | 'trust' | 'resolved' | 'problems'>;

const COMMITTERS = 'whoever may push to the project';

/** Empty for a run that needs nobody. */
export function nextSteps(run: LookedAt): readonly NextStep[] {
  if (run.state !== 'done') return run.trust === 'held' ? [approve(run)] : [];
  switch (run.result) {
    case 'failure':
      return [{ what: 'Mend it and push again', who: 'its author' }, again(run, 'Or run what failed again')];
    case 'error':
      return run.problems.length > 0
        ? [{ what: 'Mend the pipeline’s file (pagure-actions lint says the same), and push again', who: 'its author' }]
        : [again(run, 'It was not the pipeline’s fault: run it again')];
    case 'canceled':
      return [again(run, 'Run it again, if it is still wanted')];
    default:
      return [];
  }
}

function approve({ id, resolved }: LookedAt): NextStep {
  const line = resolved.commit === null ? null : approvalLine(resolved.commit);
  const how = line === null ? `pagure-actions runs approve ${id}` : `comment ${line} on the pull-request`;
  return { what: `Look at what it changes; then approve this commit: ${how}`, who: COMMITTERS };
}

function again({ id, resolved }: LookedAt, says: string): NextStep {
  const comment = resolved.pullRequest === undefined ? '' : ', or comment /rerun failed on the pull-request';
  return { what: `${says}: pagure-actions runs rerun ${id}${comment}`, who: COMMITTERS };
}
