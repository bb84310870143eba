/** What happened, for a run without a server: a made-up event about the working tree, or what a file says. */
import { resolve } from 'node:path';
import type { ForgeMessage, ForgeProject } from '../../forge/forge.js';
import {
  contextsOfMessage,
  factsOfMessage,
  messageOfRecord,
  projectOfMessage,
  sampleMessage,
} from '../../forge/pagure-message.js';
import type { TreeFacts } from '../../git/working-tree.js';
import { isJsonObject, type Json, type JsonObject } from '../../kernel/json.js';
import { type EventFacts, NO_COMMIT, type ResolvedEvent } from '../../model/event.js';
import type { RunContexts } from '../../model/run.js';
import type { Pipeline } from '../../pipeline/index.js';
import { runContexts } from '../../runs/contexts.js';
import { LARGEST, readBytes } from '../local/source-file.js';
import { MEANT, OWN_KINDS } from '../local/tried-event.js';
import { UsageError, type VerbCall } from '../verb.js';
import { originOf } from './origin.js';

export interface LocalEvent {
  /** As it was asked for: GitHub's name, or a topic. */
  readonly name: string;
  readonly message: ForgeMessage;
  readonly project: ForgeProject;
  readonly facts: EventFacts;
  /** What `github.event` is instead of what the message gives; null: nothing else. */
  readonly payload: JsonObject | null;
  readonly tree: TreeFacts;
  /** Bare name of the branch that the event is about. */
  readonly branch: string;
}

export interface EventOptions {
  readonly eventName?: string;
  readonly event?: string;
  readonly actor?: string;
  readonly repository?: string;
}

/** What `--event` holds; null without it. */
export type GivenEvent =
  | { readonly kind: 'message'; readonly message: ForgeMessage }
  | { readonly kind: 'payload'; readonly payload: JsonObject }
  | null;

/** A whole message of Pagure, or the payload as GitHub sends it. Throws a UsageError or Unreadable. */
export async function readGivenEvent(call: VerbCall, file: string | undefined): Promise<GivenEvent> {
  if (file === undefined) return null;
  const text = (await readBytes(resolve(call.cwd, file), file, LARGEST.event)).toString('utf8');
  const payload = parsed(file, text);
  const message = messageOfRecord(payload, null);
  return message === null ? { kind: 'payload', payload } : { kind: 'message', message };
}

export interface EventParts extends Pick<EventOptions, 'actor' | 'repository'> {
  readonly name: string;
  readonly given: GivenEvent;
  readonly tree: TreeFacts;
  /** Absolute; its name is the project's where nothing else tells it. */
  readonly folder: string;
  readonly env: VerbCall['env'];
}

/** Pure. */
export function makeEvent(parts: EventParts): LocalEvent {
  const { name, given, tree, folder, env } = parts;
  const origin = originOf(tree.url, folder);
  const project = { instance: origin.instance, fullname: parts.repository ?? origin.fullname };
  const actor = parts.actor ?? env['USER'] ?? env['LOGNAME'] ?? 'you';
  const branch = tree.branch?.replace(/^refs\/heads\//, '') ?? 'main';
  const made = given?.kind === 'message' ? given.message : madeUp(topicOf(name), { tree, project, actor, branch });
  const isRaw = given?.kind === 'payload' && name.includes('.');
  const message = isRaw ? { topic: name, msg: given.payload } : made;
  const about =
    given?.kind === 'message'
      ? { ...projectOfMessage(message), ...(parts.repository && { fullname: parts.repository }) }
      : project;
  const said = factsOfMessage(message, about);
  const own = Object.hasOwn(OWN_KINDS, name) ? { kind: OWN_KINDS[name as keyof typeof OWN_KINDS] } : {};
  const facts = { ...said, ...own, actor: parts.actor ?? said.actor ?? actor };
  const payload = given?.kind === 'payload' && !isRaw ? given.payload : null;
  return { name, message, project: about, facts, payload, tree, branch };
}

/** What is known before a job starts. `eventName` is the trigger's: GitHub's name, or the topic. */
export function contextsOf(
  { message, project, facts, payload, tree, branch }: LocalEvent,
  { pipeline, eventName, path, runId }: { pipeline: Pipeline; eventName: string; path: string; runId: number },
): RunContexts {
  const resolved = resolvedOf({ facts, tree, branch, eventName });
  const identity = {
    ...{ id: runId, number: runId, attempt: 1, pipelineCommit: resolved.commit, resolved },
    ...{ pipelineKey: `repo:${path}`, pipelineName: pipeline.name },
  };
  const contexts = runContexts(identity, project, contextsOfMessage(message, project, resolved));
  const actor = { actor: facts.actor ?? '', triggering_actor: facts.actor ?? '' };
  const own = payload === null ? {} : { event: payload, ...saidByPayload(payload, eventName) };
  return { ...contexts, github: { ...contexts.github, ...actor, ...own } };
}

function resolvedOf({
  facts,
  tree,
  branch,
  eventName,
}: Pick<LocalEvent, 'facts' | 'tree' | 'branch'> & { eventName: string }): ResolvedEvent {
  const { kind, action, pullRequest, ref } = facts;
  const isMove = (kind === 'push' || kind === 'create') && ref !== null;
  const isPull = kind === 'pull-request' && pullRequest !== null;
  return {
    ...{ eventName, action, before: facts.before, defaultBranch: branch, headMessage: tree.message },
    ref: isMove ? ref : isPull ? `refs/pull/${pullRequest.number}/merge` : `refs/heads/${branch}`,
    commit: ((isMove || isPull) && facts.commit) || tree.head,
  };
}

/** The few names of `github` that GitHub takes from the payload itself; what it does not say stays. */
function saidByPayload(payload: JsonObject, eventName: string): JsonObject {
  const pull = payload['pull_request'];
  const names = {
    head_ref: textAt(pull, 'head', 'ref'),
    base_ref: textAt(pull, 'base', 'ref'),
    sha: eventName === 'push' ? textAt(payload, 'after') : textAt(pull, 'head', 'sha'),
    ...refNames(eventName === 'push' ? textAt(payload, 'ref') : null),
  };
  return Object.fromEntries(Object.entries(names).filter(([, value]) => value !== null && value !== NO_COMMIT));
}

function refNames(ref: string | null): JsonObject {
  if (ref === null || !/^refs\/(heads|tags)\/./.test(ref)) return {};
  return {
    ref,
    ref_name: ref.replace(/^refs\/(heads|tags)\//, ''),
    ref_type: ref.startsWith('refs/tags/') ? 'tag' : 'branch',
  };
}

function textAt(value: Json | undefined, ...path: readonly string[]): string | null {
  let found: Json | undefined = value;
  for (const name of path) found = found !== undefined && isJsonObject(found) ? found[name] : undefined;
  return typeof found === 'string' ? found : null;
}

/** What Pagure would send; what is of the house itself has GitHub's name as topic. */
function topicOf(name: string): string {
  return (Object.hasOwn(MEANT, name) ? MEANT[name] : null) ?? name;
}

interface Known {
  readonly tree: TreeFacts;
  readonly project: ForgeProject;
  readonly actor: string;
  readonly branch: string;
}

/** A sample with the names and commits of this repository in the place of the made-up ones. */
function madeUp(topic: string, { tree, project, actor, branch }: Known): ForgeMessage {
  const push = sampleMessage('git.receive', 'main').msg;
  const of = sampleMessage(topic, topic.startsWith('pull-request.') ? tree.mainBranch : branch);
  const real = new Map<unknown, string>([
    [push['end_commit'], tree.head],
    [push['old_commit'], tree.before],
    [push['agent'], actor],
    [push['project_fullname'], project.fullname],
    [push['pagure_instance'], `${project.instance}/`],
    ['feature', branch],
  ]);
  const exchanged = JSON.parse(JSON.stringify(of.msg), (_key, value: Json) => real.get(value) ?? value) as JsonObject;
  return { topic, msg: exchanged };
}

function parsed(file: string, text: string): JsonObject {
  try {
    const value = JSON.parse(text) as Json;
    if (isJsonObject(value)) return value;
  } catch {
    throw new UsageError(`--event: ${file} is no JSON`);
  }
  throw new UsageError(`--event: ${file} holds no object`);
}
