/** Tells pipelines that follow others (`on.workflow_run`) of a run that was made, started or ended: an event of the same commit. */
import type { JsonObject } from '../kernel/json.js';
import type { ChainAction, Follows, PipelineAddress } from '../model/armed.js';
import { headNameOf } from '../model/event.js';
import { placeOfKey } from '../model/pipeline-places.js';
import type { Result } from '../model/result.js';
import type { Run } from '../model/run.js';
import type { ArmedTables } from '../store/armed-tables.js';
import { insertOwnMessage, type OwnMessage } from '../store/own-messages.js';
import type { Tx } from '../store/store.js';

export class TellFollowers {
  constructor(private readonly armed: ArmedTables) {}

  /** Of nothing that nobody follows an event is made. A held run did nothing that could be followed. */
  async tell(tx: Tx, before: Run, after: Run, nowMs: number): Promise<void> {
    const actions = after.trust === 'held' ? [] : chainActions(before, after);
    if (actions.length === 0) return;
    const followers = await this.armed.followersOf(tx, after.projectId);
    for (const action of actions) {
      if (!followers.some((one) => follows(one, after, action))) continue;
      const depth = (await this.armed.depthOf(tx, after.eventId)) + 1;
      const eventId = await insertOwnMessage(tx, chainMessage(after, before.version, action), nowMs);
      await this.armed.insertLink(tx, { eventId, runId: after.id, depth });
    }
  }
}

/** Pure: what of a change of a run GitHub has a word for. A run of version 1 is being made; one that was held is as if made now. */
export function chainActions(before: Run, { state }: Pick<Run, 'state'>): readonly ChainAction[] {
  const isNew = before.version === 1 || before.trust === 'held';
  const isOther = isNew || before.state !== state;
  return [
    ...(isNew ? (['requested'] as const) : []),
    ...(isOther && state === 'running' ? (['in_progress'] as const) : []),
    ...(isOther && state === 'done' ? (['completed'] as const) : []),
  ];
}

/** Without names a pipeline follows all others, never itself. */
function follows(follower: PipelineAddress & Follows, run: Run, action: ChainAction): boolean {
  const { types, workflows, pipelineKey } = follower;
  const isNamed = workflows === null ? pipelineKey !== run.pipelineKey : workflows.includes(run.pipelineName);
  return isNamed && types.includes(action);
}

function chainMessage(run: Run, version: number, action: ChainAction): OwnMessage {
  const { id, projectId, actor, pipelineKey, pipelineName, number, attempt } = run;
  const result = action === 'completed' && run.result !== null ? CONCLUSIONS[run.result] : action.replace('_', ' ');
  const summary = `${pipelineName} #${number}: ${result}`.slice(0, 300);
  return {
    projectId,
    source: 'chain',
    msgId: `run-${id}-${attempt}-${version}-${action}`,
    msg: { action, agent: actor, pipeline: pipelineKey, workflow_run: runShape(run, action) },
    facts: { topic: 'workflow_run', kind: 'run', action, actor, summary },
  };
}

/** GitHub's words; what we broke reads failure, as in `needs`. */
const CONCLUSIONS: Readonly<Record<Result, string>> = {
  success: 'success',
  failure: 'failure',
  error: 'failure',
  canceled: 'cancelled',
  skipped: 'skipped',
};

function runShape(run: Run, action: ChainAction): JsonObject {
  const { resolved, result } = run;
  return {
    id: run.id,
    name: run.pipelineName,
    path: placeOfKey(run.pipelineKey),
    display_title: run.title,
    run_number: run.number,
    run_attempt: run.attempt,
    event: resolved.eventName,
    status: action,
    conclusion: action === 'completed' && result !== null ? CONCLUSIONS[result] : null,
    head_branch: headNameOf(resolved),
    head_sha: resolved.commit,
    actor: { login: run.actor ?? '' },
  };
}
