/** An event as the triggers of a pipeline see it: pure. */
import type { Json } from '../kernel/json.js';
import { headNameOf, type ResolvedEvent } from '../model/event.js';
import type { TriggerEvent, TriggerMatch } from '../pipeline/index.js';
import { readDispatched } from './dispatched.js';
import type { FoundPipeline } from './read-pipelines.js';
import type { Scene } from './scene.js';

/** What the filters of `on` are compared with; changed paths and contexts are filled in when a filter asks for them. */
export function triggerEvent(scene: Scene): TriggerEvent {
  const { event, facts, situation, headMessage } = scene;
  return {
    topic: event.topic,
    kind: event.kind,
    action: event.action,
    ref: event.kind === 'push' || event.kind === 'create' ? situation.ref : event.ref,
    targetBranch: facts.pullRequest?.targetBranch ?? null,
    actor: event.actor,
    headMessage,
    changedPaths: null,
    ...ownPart(scene),
  };
}

/** What the house itself told; the kind and source of a stored event are ours, whatever its message says. */
function ownPart({ event, message: { msg }, chained }: Scene): Partial<TriggerEvent> {
  if (chained !== null) return { workflow: chained.run.pipelineName, ref: headRef(chained.run.resolved) };
  return event.kind === 'schedule' ? { schedule: textOf(msg['schedule']) } : {};
}

/** GitHub compares the branch filters of `workflow_run` with the branch that the other run was about, or its tag. */
function headRef(resolved: ResolvedEvent): string {
  return `refs/heads/${headNameOf(resolved)}`;
}

/** A line of a schedule is due for the pipeline in which it stands alone. */
export function notMeant(
  { event, message: { msg }, chained }: Scene,
  found: FoundPipeline,
): Extract<TriggerMatch, { kind: 'no' }> | null {
  const { key } = found;
  if (chained?.run.pipelineKey === key && !namesOthers(found))
    return { kind: 'no', reason: 'workflow_run: without `workflows` a pipeline follows all others, not itself' };
  const meant = readDispatched(event, msg)?.pipeline ?? key;
  if (meant !== key) return { kind: 'no', reason: `${meant} was started by hand, not this pipeline` };
  if (event.kind !== 'schedule' || msg['pipeline'] === key) return null;
  return { kind: 'no', reason: `the time of ${textOf(msg['pipeline'])} has come, not of this pipeline` };
}

function namesOthers({ pipeline }: FoundPipeline): boolean {
  return pipeline?.triggers.every(({ name, workflows }) => name !== 'workflow_run' || workflows !== null) ?? true;
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
