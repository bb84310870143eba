/** What a message of Pagure means, for whoever has one and no server: read from a file, or made up by its topic. */
import { isJsonObject, type Json, type JsonObject } from '../kernel/json.js';
import type { EventFacts, ResolvedEvent } from '../model/event.js';
import { normaliseInstance } from '../model/project.js';
import type { ForgeContexts, ForgeMessage, ForgeProject } from './forge.js';
import { readContexts } from './pagure/contexts.js';
import { readFacts } from './pagure/facts.js';
import { objectAt, textAt } from './pagure/fields.js';
import { SAMPLE_PROJECT, sampleMsg } from './pagure/sample-msg.js';
import { LISTED_TOPICS } from './pagure/topics.js';

/** The topics that Pagure is known to send. */
export const PAGURE_TOPICS: readonly string[] = LISTED_TOPICS;

/** Pure, as `Forge.facts`. */
export function factsOfMessage(message: ForgeMessage, project: ForgeProject): EventFacts {
  return readFacts(message, project);
}

/** Pure, as `Forge.contexts`. */
export function contextsOfMessage(
  message: ForgeMessage,
  project: ForgeProject,
  resolved: ResolvedEvent,
): ForgeContexts {
  return readContexts(message, project, resolved);
}

/** The project that the message says it is about; a made-up one where it says nothing. Proves nothing. */
export function projectOfMessage({ msg }: ForgeMessage): ForgeProject {
  const named = [textAt(msg, 'project_fullname'), textAt(msg, 'repo', 'fullname'), textAt(msg, 'project', 'fullname')];
  return {
    instance: normaliseInstance(textAt(msg, 'pagure_instance') ?? '') ?? SAMPLE_PROJECT.instance,
    fullname: named.find((name) => name !== null) ?? SAMPLE_PROJECT.fullname,
  };
}

/**
 * A recorded message in any form in which one is kept: the delivery with its body in base64, the envelope, or what stands
 * under `msg` (`topic` then says what it is). Null for what is none of them.
 */
export function messageOfRecord(record: Json, topic: string | null): ForgeMessage | null {
  const envelope = isJsonObject(record) ? (envelopeOfDelivery(record) ?? record) : null;
  if (envelope === null) return null;
  const { topic: named, msg } = envelope;
  if (typeof named === 'string' && isJsonObject(msg)) return { topic: topic ?? named, msg };
  return topic === null ? null : { topic, msg: envelope };
}

/** A message of a topic as Pagure might send it; of a topic that is not listed nearly nothing is known. */
export function sampleMessage(topic: string, branch: string): ForgeMessage {
  return { topic, msg: sampleMsg(topic, branch) };
}

/** Paths that a push says it changed; null where it says nothing, or speaks of a whole new branch. */
export function changedFilesOf(facts: EventFacts, { msg }: ForgeMessage): readonly string[] | null {
  const files = objectAt(msg, 'changed_files');
  const isMove = facts.kind === 'push' && facts.before !== null && /[^0]/.test(facts.before);
  return files !== null && isMove ? Object.keys(files) : null;
}

function envelopeOfDelivery(record: JsonObject): JsonObject | null {
  const body = textAt(record, 'body_base64');
  if (body === null) return null;
  try {
    const parsed = JSON.parse(Buffer.from(body, 'base64').toString('utf8')) as Json;
    return isJsonObject(parsed) ? parsed : null;
  } catch {
    return null;
  }
}
