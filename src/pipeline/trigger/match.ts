/** Does an event start a pipeline, and if not, which filter said no on which value? */
import type { Pipeline, Trigger } from '../document/pipeline.js';
import type { EventKind } from '../../model/event.js';
import type { RunContexts } from '../../model/run.js';
import { conditionHolds } from '../expression/condition.js';
import { ExpressionError } from '../expression/expression-error.js';
import { statusFunctions, surroundingsOf } from '../expression/scope.js';
import { hasFilter, nameAnswer, pathsAnswer } from './filters.js';
import { GITHUB_EVENTS } from './github-events.js';
import { skipToken } from './skip.js';

export interface TriggerEvent {
  readonly topic: string;
  readonly kind: EventKind;
  readonly action: string | null;
  /** Full ref of the branch or tag that moved. */
  readonly ref: string | null;
  /** Of a pull-request: bare name. */
  readonly targetBranch: string | null;
  readonly actor: string | null;
  /** Null = not known yet. */
  readonly headMessage: string | null;
  /** Null = not computed yet; `unavailable` = may not be computed (a fork that is not fetched): path filters then count as matched. */
  readonly changedPaths: readonly string[] | null | 'unavailable';
  /** Of a schedule alone: the line of `on.schedule` that is due. */
  readonly schedule?: string;
  /** Of a `workflow_run` alone: the name of the pipeline that it tells of. */
  readonly workflow?: string;
  /** What an `if` of a topic is evaluated with. */
  readonly contexts?: RunContexts;
}

/** `reason` is one sentence. On `needs` the caller fills the field in and asks again. */
export type TriggerMatch =
  | { readonly kind: 'match'; readonly eventName: string; readonly action: string | null; readonly reason: string }
  /** `unmatchedPaths`: all else held, and no changed file matched. */
  | { readonly kind: 'no'; readonly reason: string; readonly unmatchedPaths?: boolean }
  | { readonly kind: 'needs'; readonly what: 'changed-paths' | 'head-message' | 'contexts' };

/** The first trigger of the file that matches wins. Throws nothing for a pipeline that `readPipeline` made. */
export function matchTrigger(pipeline: Pipeline, event: TriggerEvent): TriggerMatch {
  const answers = pipeline.triggers
    .filter((trigger) => isNamed(trigger, event))
    .map((trigger) => answerOf(trigger, event));
  const found = answers.find(({ kind }) => kind === 'match') ?? answers.find(({ kind }) => kind === 'needs');
  if (found) return found;
  const reasons = answers.flatMap((answer) => (answer.kind === 'no' ? [answer.reason] : []));
  const unmatchedPaths = answers.some((answer) => answer.kind === 'no' && answer.unmatchedPaths === true);
  if (reasons.length > 0) return { ...no(reasons.join('; ')), ...(unmatchedPaths && { unmatchedPaths }) };
  const names = pipeline.triggers.map(({ name }) => name).join(', ');
  return no(`on names ${names || 'nothing'}, this event is ${event.topic}`);
}

/** Kinds of the neutral event that each GitHub name stands for; what the house itself causes carries GitHub's name as topic. */
export const KINDS: Readonly<Record<string, readonly EventKind[]>> = {
  push: ['push', 'create'],
  create: ['create'],
  delete: ['delete'],
  pull_request: ['pull-request'],
  pull_request_target: ['pull-request'],
  issue_comment: ['comment'],
  issues: ['issue'],
};
const OWN_NAMES = ['schedule', 'workflow_dispatch', 'repository_dispatch', 'workflow_run'];

/** A message of the forge is never taken for one of the house, whatever it calls itself, and a topic never names one of the house. */
function isNamed(trigger: Trigger, event: TriggerEvent): boolean {
  if (isOwn(event)) return trigger.kind === 'github' && trigger.name === event.topic;
  if (trigger.topic !== null) return trigger.topic.matches(event.topic);
  if (OWN_NAMES.includes(trigger.name)) return false;
  return KINDS[trigger.name]?.includes(event.kind) ?? false;
}

function isOwn({ schedule, workflow, kind }: TriggerEvent): boolean {
  return schedule !== undefined || workflow !== undefined || kind === 'dispatch';
}

function answerOf(trigger: Trigger, event: TriggerEvent): TriggerMatch {
  const said =
    typesAnswer(trigger, event) ??
    ownAnswer(trigger, event) ??
    usersAnswer(trigger, event) ??
    refAnswer(trigger, event);
  if (said !== null) return no(`${trigger.name}: ${said}`);
  return (
    conditionAnswer(trigger, event) ??
    skipAnswer(trigger, event) ??
    pathAnswer(trigger, event) ??
    matched(trigger, event)
  );
}

/** An event whose types GitHub knows needs one of them; without a list its default types count, else all. */
function typesAnswer(trigger: Trigger, event: TriggerEvent): string | null {
  if (trigger.kind === 'topic') return null;
  const known = GITHUB_EVENTS.get(trigger.name);
  const types = trigger.types ?? known?.defaultTypes ?? known?.types ?? [];
  if (types.length === 0 || (event.action !== null && types.includes(event.action))) return null;
  return `types [${types.join(', ')}] do not hold ${event.action ?? event.topic}`;
}

/** `workflow_run` follows named pipelines, `schedule` its own lines. */
function ownAnswer(trigger: Trigger, event: TriggerEvent): string | null {
  const { workflow = '', schedule } = event;
  if (trigger.workflows !== null && !trigger.workflows.includes(workflow)) {
    return `workflows [${trigger.workflows.join(', ')}] do not hold ${workflow}`;
  }
  if (trigger.name !== 'schedule' || schedule === undefined || trigger.schedules.includes(schedule)) return null;
  return `no line of it is \`${schedule}\``;
}

function usersAnswer(trigger: Trigger, event: TriggerEvent): string | null {
  if (trigger.users === null || (event.actor !== null && trigger.users.includes(event.actor))) return null;
  return `users [${trigger.users.join(', ')}] do not hold ${event.actor ?? 'an unknown user'}`;
}

function refAnswer(trigger: Trigger, event: TriggerEvent): string | null {
  const { filters } = trigger;
  if (event.targetBranch !== null) return nameAnswer(filters, 'branches', event.targetBranch);
  if (event.ref === null) return noRefAnswer(trigger);
  const isTag = event.ref.startsWith('refs/tags/');
  const what = isTag ? 'tags' : 'branches';
  const other = isTag ? 'branches' : 'tags';
  const name = event.ref.replace(/^refs\/(heads|tags)\//, '');
  if (hasFilter(filters, other, `${other}-ignore`) && !hasFilter(filters, what, `${what}-ignore`)) {
    return `only ${other} are filtered, ${name} is a ${isTag ? 'tag' : 'branch'}`;
  }
  return nameAnswer(filters, what, name);
}

function noRefAnswer(trigger: Trigger): string | null {
  const filter = trigger.filters.find(({ key }) => !key.startsWith('paths') && !key.endsWith('-ignore'));
  return filter ? `${filter.key} cannot match: the event names no ref` : null;
}

function conditionAnswer(trigger: Trigger, event: TriggerEvent): TriggerMatch | null {
  if (trigger.if === null) return null;
  if (event.contexts === undefined) return { kind: 'needs', what: 'contexts' };
  const surroundings = surroundingsOf(event.contexts, {}, statusFunctions({ success: () => true }));
  try {
    return conditionHolds(trigger.if, surroundings)
      ? null
      : no(`${trigger.name}: its if does not hold: ${trigger.if.slice(0, 200)}`);
  } catch (thrown) {
    if (!(thrown instanceof ExpressionError)) throw thrown;
    return no(`${trigger.name}: its if cannot be evaluated: ${thrown.message}`);
  }
}

function skipAnswer(trigger: Trigger, event: TriggerEvent): TriggerMatch | null {
  if (trigger.name !== 'push' && trigger.name !== 'pull_request') return null;
  if (event.headMessage === null) return { kind: 'needs', what: 'head-message' };
  const token = skipToken(event.headMessage);
  return token ? no(`${trigger.name}: the head commit says ${token}`) : null;
}

function pathAnswer(trigger: Trigger, event: TriggerEvent): TriggerMatch | null {
  if (!looksAtPaths(trigger, event) || event.changedPaths === 'unavailable') return null;
  if (event.changedPaths === null) return { kind: 'needs', what: 'changed-paths' };
  const said = pathsAnswer(trigger.filters, event.changedPaths);
  return said === null ? null : { ...no(`${trigger.name}: ${said}`), unmatchedPaths: true };
}

/** Paths are not looked at for tags. */
function looksAtPaths(trigger: Trigger, event: TriggerEvent): boolean {
  const isTag = event.targetBranch === null && (event.ref?.startsWith('refs/tags/') ?? false);
  return !isTag && hasFilter(trigger.filters, 'paths', 'paths-ignore');
}

function matched(trigger: Trigger, event: TriggerEvent): TriggerMatch {
  const eventName = trigger.kind === 'topic' ? event.topic : trigger.name;
  const unseen = looksAtPaths(trigger, event) && event.changedPaths === 'unavailable';
  const about = event.action ? `${event.topic} (${event.action})` : event.topic;
  const held = trigger.if === null ? '' : '; its if holds';
  const note = unseen ? '; its path filters count as matched, as the changed files are not known' : '';
  return {
    kind: 'match',
    eventName,
    action: event.action,
    reason: `on ${trigger.name} matches ${about}${held}${note}`,
  };
}

function no(reason: string): Extract<TriggerMatch, { kind: 'no' }> {
  return { kind: 'no', reason };
}
