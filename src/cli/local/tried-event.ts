/** The event that a pipeline is tried with: a recorded message, or a made-up one. */
import { resolve } from 'node:path';
import type { ForgeMessage, ForgeProject } from '../../forge/forge.js';
import {
  changedFilesOf,
  factsOfMessage,
  messageOfRecord,
  PAGURE_TOPICS,
  projectOfMessage,
  sampleMessage,
} from '../../forge/pagure-message.js';
import type { Json } from '../../kernel/json.js';
import { nearestWord } from '../../kernel/suggest.js';
import type { EventFacts, EventKind, ResolvedEvent } from '../../model/event.js';
import type { TriggerEvent } from '../../pipeline/index.js';
import { UsageError, type VerbCall } from '../verb.js';
import { LARGEST, readBytes } from './source-file.js';

export interface TriedEvent {
  readonly message: ForgeMessage;
  readonly project: ForgeProject;
  readonly facts: EventFacts;
  /** Bare name. */
  readonly defaultBranch: string;
  /** Set for what no message of the forge tells: the clock, somebody's hand, the end of another pipeline. */
  readonly own: OwnTopic | null;
  /** `unavailable`: the message does not say it. */
  readonly changedPaths: readonly string[] | 'unavailable';
}

export type OwnTopic = keyof typeof OWN_KINDS;

export const OWN_KINDS = {
  schedule: 'schedule',
  workflow_dispatch: 'dispatch',
  repository_dispatch: 'dispatch',
  workflow_run: 'run',
} as const satisfies Readonly<Record<string, EventKind>>;

/** GitHub's words for what Pagure calls otherwise. */
export const MEANT: Readonly<Record<string, string>> = {
  push: 'git.receive',
  create: 'git.branch.creation',
  delete: 'git.branch.deletion',
  pull_request: 'pull-request.new',
  pull_request_target: 'pull-request.new',
  issues: 'issue.new',
  issue_comment: 'pull-request.comment.added',
};

export interface EventWords {
  readonly event?: string;
  readonly topic?: string;
}

/** `branch` is the one that is checked out: a made-up event is about it. Throws a UsageError or Unreadable. */
export async function readTriedEvent(call: VerbCall, words: EventWords, branch: string): Promise<TriedEvent> {
  const { event, topic } = words;
  if (topic !== undefined) checkTopic(topic);
  if (event !== undefined) return triedEvent(await readMessage(call, event, topic ?? null), branch, null);
  if (topic === undefined)
    throw new UsageError('say what happened: --event FILE, or --topic git.receive for a made-up event');
  return triedEvent(sampleMessage(topic, branch), branch, isOwnTopic(topic) ? topic : null);
}

/** As a server would resolve it, without a repository: commits are those that the message names. */
export function resolveTried({ facts, defaultBranch }: TriedEvent, eventName: string): ResolvedEvent {
  const { kind, action, pullRequest } = facts;
  const isMove = (kind === 'push' || kind === 'create') && facts.ref !== null;
  const isPull = kind === 'pull-request' && pullRequest !== null && eventName !== 'pull_request_target';
  const ref = isMove ? facts.ref : isPull ? `refs/pull/${pullRequest.number}/merge` : `refs/heads/${defaultBranch}`;
  const commit = isMove || isPull ? facts.commit : null;
  return { eventName, action, ref, commit, before: facts.before, defaultBranch, headMessage: '' };
}

/** What the filters of a trigger look at. */
export function triggerEventOf({ facts, changedPaths }: TriedEvent): TriggerEvent {
  const { topic, kind, action, ref, pullRequest, actor } = facts;
  const targetBranch = pullRequest?.targetBranch ?? null;
  return { topic, kind, action, ref, targetBranch, actor, headMessage: '', changedPaths };
}

function triedEvent(message: ForgeMessage, defaultBranch: string, own: OwnTopic | null): TriedEvent {
  const project = projectOfMessage(message);
  const said = factsOfMessage(message, project);
  const facts = own === null ? said : { ...said, kind: OWN_KINDS[own], summary: `${own}, made up` };
  return {
    ...{ message, project, facts, defaultBranch, own },
    changedPaths: changedFilesOf(facts, message) ?? 'unavailable',
  };
}

async function readMessage(call: VerbCall, file: string, topic: string | null): Promise<ForgeMessage> {
  const bytes = await readBytes(resolve(call.cwd, file), file, LARGEST.event);
  const message = messageOfRecord(parse(file, bytes.toString('utf8')), topic);
  if (message !== null) return message;
  throw new UsageError(`--event: ${file} holds no whole message of Pagure: name the topic of what it holds by --topic`);
}

function parse(file: string, text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw new UsageError(`--event: ${file} is no JSON`);
  }
}

function checkTopic(topic: string): void {
  if (!/^[!-~]{1,200}$/.test(topic)) throw new UsageError('--topic: a topic is one word like git.receive');
  if (isOwnTopic(topic) || topic.includes('.')) return;
  const meant = (Object.hasOwn(MEANT, topic) ? MEANT[topic] : null) ?? nearestWord(topic, knownTopics());
  const hint = meant === null ? 'a topic is one word like git.receive' : `did you mean ${meant}?`;
  throw new UsageError(`--topic: Pagure sends no ${topic}: ${hint}`);
}

function isOwnTopic(topic: string): topic is OwnTopic {
  return Object.hasOwn(OWN_KINDS, topic);
}

function knownTopics(): readonly string[] {
  return [...PAGURE_TOPICS, ...Object.keys(OWN_KINDS)];
}
