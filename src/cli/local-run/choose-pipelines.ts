/** Which pipelines run for which event: those that are named, or those that the event starts. */
import type { RunContexts } from '../../model/run.js';
import { matchTrigger, type Pipeline, type TriggerEvent, type TriggerMatch } from '../../pipeline/index.js';
import { eventNameFor } from './chosen-event.js';
import { contextsOf, type LocalEvent } from './local-event.js';
import type { LocalPipeline } from './local-pipelines.js';

export interface ChosenPipeline extends LocalPipeline {
  readonly event: LocalEvent;
  /** The trigger that it stands for. */
  readonly eventName: string;
}

export interface Chosen {
  readonly pipelines: readonly ChosenPipeline[];
  /** Sentences: what a server would do otherwise, or why nothing starts. */
  readonly notes: readonly string[];
}

/** Paths that a push of HEAD changes; asked only where a filter wants to know. */
export type ChangedPaths = () => Promise<readonly string[]>;

/** A pipeline that is named runs, whatever its filters say; but it is said when a server would not start it. Throws a UsageError. */
export async function named(one: LocalPipeline, event: LocalEvent, changed: ChangedPaths): Promise<Chosen> {
  const eventName = eventNameFor(one.pipeline, event);
  const answer = await ask(one, event, changed);
  const isFiltered = answer.kind === 'no' && event.payload === null;
  return {
    pipelines: [{ ...one, event, eventName }],
    notes: isFiltered ? [`a server would not start it for this: ${answer.reason}`] : [],
  };
}

/** Those that the event starts; when there are none, why not. */
export async function started(
  all: readonly LocalPipeline[],
  event: LocalEvent,
  changed: ChangedPaths,
): Promise<Chosen> {
  const pipelines: ChosenPipeline[] = [];
  const notes: string[] = [];
  for (const one of all) {
    const answer = await ask(one, event, changed);
    if (answer.kind === 'match') pipelines.push({ ...one, event, eventName: answer.eventName });
    else
      notes.push(
        `${one.pipeline.file} does not start: ${answer.kind === 'no' ? answer.reason : `it needs ${answer.what}`}`,
      );
  }
  return { pipelines, notes: pipelines.length === 0 ? notes : [] };
}

async function ask(one: LocalPipeline, event: LocalEvent, changed: ChangedPaths): Promise<TriggerMatch> {
  const { facts, tree, name } = event;
  if (OWN.includes(name)) return ownAnswer(one.pipeline, name);
  const { topic, kind, action, ref, pullRequest, actor } = facts;
  const asked: TriggerEvent = {
    ...{ topic, kind, action, ref, actor, changedPaths: null },
    ...{ targetBranch: pullRequest?.targetBranch ?? null, headMessage: tree.message },
    contexts: contextsFor(one, event),
  };
  const answer = matchTrigger(one.pipeline, asked);
  return answer.kind === 'needs' ? matchTrigger(one.pipeline, { ...asked, changedPaths: await changed() }) : answer;
}

/** For a topic's `if`. */
function contextsFor({ pipeline, path }: LocalPipeline, event: LocalEvent): RunContexts {
  return contextsOf(event, { pipeline, eventName: event.name, path, runId: 1 });
}

/** What no message of the forge tells: which of its lines or types is meant is made up to fit. */
const OWN: readonly string[] = [
  'schedule',
  'workflow_dispatch',
  'repository_dispatch',
  'workflow_run',
  'workflow_call',
];

function ownAnswer({ callable, triggers }: Pipeline, name: string): TriggerMatch {
  const isThere = name === 'workflow_call' ? callable !== null : triggers.some((one) => one.name === name);
  if (!isThere) return { kind: 'no', reason: `on does not name ${name}` };
  return { kind: 'match', eventName: name, action: null, reason: `on names ${name}` };
}
