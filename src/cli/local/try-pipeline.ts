/** Tries a pipeline with an event: what a server would do, as a value. */
import { contextsOfMessage } from '../../forge/pagure-message.js';
import type { Problem } from '../../kernel/errors.js';
import type { RunContexts } from '../../model/run.js';
import {
  checkInputs,
  foreseeJobs,
  type ForeseenJob,
  matchTrigger,
  type Pipeline,
  planRun,
  readPipeline,
  type Trigger,
} from '../../pipeline/index.js';
import { runContexts } from '../../runs/contexts.js';
import { linkLocalCalls } from './local-calls.js';
import type { SourceFile } from './source-file.js';
import { resolveTried, type TriedEvent, triggerEventOf } from './tried-event.js';

/** What `--json` prints. */
export interface TriedPipeline {
  readonly file: string;
  readonly pipeline: string;
  readonly event: TriedEventAnswer;
  /** Does any trigger match? */
  readonly starts: boolean;
  readonly triggers: readonly TriggerAnswer[];
  /** `run-name`; null when nothing starts, or the file gives none. */
  readonly title: string | null;
  /** The concurrency group of the whole run; null when it has none, or nothing starts. */
  readonly group: string | null;
  readonly jobs: readonly ForeseenJob[];
  /** Sentences: what a server would know and this does not. */
  readonly notes: readonly string[];
}

export interface TriedEventAnswer {
  readonly topic: string;
  readonly kind: string;
  readonly action: string | null;
  readonly ref: string;
  readonly actor: string | null;
  readonly summary: string;
}

export interface TriggerAnswer {
  /** A name of `on`. */
  readonly name: string;
  readonly matches: boolean;
  readonly reason: string;
}

export type Tried =
  | { readonly kind: 'tried'; readonly answer: TriedPipeline }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] };

/** Reads the files that the pipeline calls in its repository. */
export async function tryPipeline({ name, bytes, root }: SourceFile, event: TriedEvent): Promise<Tried> {
  const { pipeline: read, problems } = readPipeline(bytes, { file: name });
  if (read === null) return { kind: 'problems', problems };
  const linked = await linkLocalCalls(read, root);
  if (linked.kind !== 'linked')
    return { kind: 'problems', problems: linked.kind === 'problems' ? linked.problems : [] };
  return tryLinked(linked.pipeline, event);
}

function tryLinked(pipeline: Pipeline, event: TriedEvent): Tried {
  const answers = pipeline.triggers.map((trigger) => ({ trigger, answer: askTrigger(pipeline, trigger, event) }));
  const match = answers.find(({ answer }) => answer.matches);
  const shown = {
    ...{ file: pipeline.file, pipeline: pipeline.name, event: shownEvent(event), starts: match !== undefined },
    triggers: answers.map(({ answer }) => answer),
  };
  if (!match)
    return { kind: 'tried', answer: { ...shown, title: null, group: null, jobs: [], notes: notesOf(pipeline, event) } };
  const contexts = contextsFor(pipeline, match.trigger, event);
  const planned = planRun(pipeline, contexts, { checkout: false });
  if (planned.kind === 'problems') return planned;
  const { plan } = planned;
  const jobs = foreseeJobs(plan, contexts);
  const group = plan.concurrency?.group ?? null;
  return { kind: 'tried', answer: { ...shown, title: plan.runName, group, jobs, notes: notesOf(pipeline, event) } };
}

/** Each is asked alone, so that each says why. */
function askTrigger(pipeline: Pipeline, trigger: Trigger, event: TriedEvent): TriggerAnswer {
  const alone = { ...pipeline, triggers: [trigger] };
  const asked = {
    ...triggerEventOf(event),
    ...ownPart(trigger, event),
    contexts: contextsFor(pipeline, trigger, event),
  };
  const answer = matchTrigger(alone, asked);
  const reason = answer.kind === 'needs' ? `cannot be decided without ${answer.what}` : answer.reason;
  return { name: trigger.name, matches: answer.kind === 'match', reason };
}

/** What is made up here is made up to fit: the first line, the first name, the first type that the trigger names. */
function ownPart(trigger: Trigger, { own, defaultBranch }: TriedEvent) {
  const [type] = trigger.types ?? [];
  if (own === 'schedule') return { schedule: trigger.schedules[0] ?? '' };
  if (own === 'repository_dispatch') return { action: type ?? null };
  if (own !== 'workflow_run') return {};
  const ref = `refs/heads/${defaultBranch}`;
  return { workflow: trigger.workflows?.[0] ?? '', action: type ?? 'completed', ref };
}

function contextsFor(pipeline: Pipeline, trigger: Trigger, event: TriedEvent): RunContexts {
  const eventName = trigger.kind === 'topic' ? event.facts.topic : trigger.name;
  const resolved = resolveTried(event, eventName);
  const { message, project } = event;
  const run = {
    ...{ id: 1, number: 1, attempt: 1, pipelineCommit: resolved.commit, resolved },
    ...{ pipelineKey: `repo:${pipeline.file}`, pipelineName: pipeline.name },
  };
  const contexts = runContexts(run, project, contextsOfMessage(message, project, resolved));
  return event.own === 'workflow_dispatch' ? { ...contexts, inputs: givenInputs(pipeline) } : contexts;
}

/** Their defaults; nobody gives any here. */
function givenInputs(pipeline: Pipeline): RunContexts['inputs'] {
  const checked = checkInputs(pipeline, {});
  return checked.kind === 'inputs' ? checked.inputs : {};
}

function shownEvent(event: TriedEvent): TriedEventAnswer {
  const { topic, kind, action, actor, summary } = event.facts;
  return { topic, kind, action, ref: resolveTried(event, topic).ref, actor, summary };
}

function notesOf(pipeline: Pipeline, { facts, own }: TriedEvent): readonly string[] {
  const { pullRequest } = facts;
  const checked = own === 'workflow_dispatch' ? checkInputs(pipeline, {}) : null;
  return [
    ...(pullRequest !== null && pullRequest.source !== 'own' && facts.kind === 'pull-request'
      ? ['the pull-request comes from another project: its runs are held until somebody approves them']
      : []),
    ...(checked?.kind === 'faults' && pipeline.dispatch !== null
      ? checked.faults.map(({ path, message }) => `${path}: ${message}`)
      : []),
    ...(facts.notification ? ['Pagure wrote the comment itself'] : []),
  ];
}
