/** The envelope of a web-hook body, checked by hand: it is on the path of every delivery. */
import { oneLine } from '../../kernel/one-line.js';
import { Refusal } from '../../kernel/errors.js';
import { isJsonObject, type Json, type JsonObject } from '../../kernel/json.js';
import { holdsMoreValues, nestsDeeper } from '../../kernel/json-scan.js';
import type { ForgeProject } from '../forge.js';
import { textAt } from './fields.js';
import type { Envelope } from './message.js';
import { NESTING_LIMIT, VALUE_LIMIT } from './message-limits.js';
import { pullRequestOf } from './pull-request.js';

/** What is used of an envelope; other keys may be there, whatever they hold. */
export type ReadEnvelope = Omit<Envelope, 'i'>;

/** Parses signed bytes. Throws a Refusal of kind `invalid` that says what is missing; nested too deep or with too many values, they are not parsed. */
export function readEnvelope(body: Buffer): ReadEnvelope {
  if (nestsDeeper(body, NESTING_LIMIT))
    throw new Refusal('invalid', 'nested-too-deep', `The body nests deeper than ${NESTING_LIMIT}.`);
  if (holdsMoreValues(body, VALUE_LIMIT))
    throw new Refusal(
      'invalid',
      'too-many-values',
      `The body holds more than ${VALUE_LIMIT.toLocaleString('en')} values.`,
    );
  const envelope = parse(body);
  if (!isJsonObject(envelope)) throw notTheEnvelope('it is no JSON object');
  const { topic, msg, timestamp, msg_id: msgId } = envelope;
  if (typeof topic !== 'string' || !/^\P{Cc}{1,1000}$/u.test(topic))
    throw notTheEnvelope('`topic` is not 1 to 1,000 characters of text');
  if (!isJsonObject(msg)) throw notTheEnvelope('`msg` is no object');
  if (typeof timestamp !== 'number' || !Number.isFinite(timestamp)) throw notTheEnvelope('`timestamp` is no number');
  if (typeof msgId !== 'string' || !/^[ -~]{1,128}$/.test(msgId))
    throw notTheEnvelope('`msg_id` is not 1 to 128 printable ASCII characters');
  return { topic, msg, timestamp, msgId };
}

function parse(body: Buffer): Json {
  try {
    return JSON.parse(body.toString('utf8')) as Json;
  } catch {
    throw notTheEnvelope('it is no JSON');
  }
}

function notTheEnvelope(why: string): Refusal {
  return new Refusal('invalid', 'not-the-envelope', `The body is not what Pagure sends: ${why}.`);
}

/** The signed names of instance (as it is spelled) and project; null where they are missing. */
export function signedNames(msg: JsonObject): { readonly instance: string | null; readonly fullname: string | null } {
  return { instance: textAt(msg, 'pagure_instance'), fullname: textAt(msg, 'project_fullname') };
}

/** The other project that an object of the message names, as a note for people; null when all name `project` (TRUST.md §1). */
export function contradictionIn(msg: JsonObject, project: Pick<ForgeProject, 'fullname'>): string | null {
  const pull = pullRequestOf(msg) ?? {};
  const named = [
    textAt(msg, 'repo', 'fullname'),
    textAt(msg, 'project', 'fullname'),
    textAt(pull, 'project', 'fullname'),
  ];
  const other = named.find((fullname) => fullname !== null && fullname !== project.fullname);
  return other === undefined || other === null
    ? null
    : `it is signed for ${project.fullname} and tells of ${oneLine(other, 100)}`;
}
