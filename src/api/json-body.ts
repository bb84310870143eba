/** Reads the JSON body of an API request: bounded in size, depth and values before it is parsed, and free of hostile keys. */
import type { Readable } from 'node:stream';
import { ByteCollection } from '../kernel/byte-collection.js';
import type { Clock } from '../kernel/clock.js';
import { Refusal } from '../kernel/errors.js';
import { holdsMoreValues, nestsDeeper } from '../kernel/json-scan.js';

/** A request whose body was not read yet, as Node gives it. */
export interface UnreadJsonRequest extends Readable {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** A pipeline has at most 512 KiB; escaping doubles a text at worst. */
export const JSON_LIMIT_BYTES = 1024 * 1024;
const SLOWEST_BODY_MS = 20_000;
/** Our inputs nest 4 deep. */
const NESTING_LIMIT = 32;
/** The largest input, a token for a hundred projects, holds a fifth of these; each costs a check, and a sentence when it is wrong. */
const VALUE_LIMIT = 500;

/**
 * The parsed body, or undefined when there is none. Throws a Refusal: `unsupported-media` for what is not said to be JSON in
 * UTF-8, `too-large`, `too-slow` after 20 s, `invalid` for what is no JSON. What is left of a refused body is not read: close the connection.
 */
export async function readJsonBody(request: UnreadJsonRequest, clock: Clock): Promise<unknown> {
  refuseOtherMedia(request);
  if (Number(request.headers['content-length'] ?? 0) > JSON_LIMIT_BYTES) throw tooLarge();
  return parseJson(await readBytes(request, clock));
}

/** The value of JSON bytes; undefined for none. Throws a Refusal. */
export function parseJson(bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined;
  const text = decode(bytes);
  const tooMuch = excessOf(bytes);
  if (tooMuch !== null) throw badJson(tooMuch);
  try {
    return JSON.parse(text, refuseHostileKey);
  } catch (thrown) {
    if (thrown instanceof Refusal) throw thrown;
    throw badJson('The body is not JSON.');
  }
}

function refuseOtherMedia({ headers }: UnreadJsonRequest): void {
  const type = String(headers['content-type'] ?? '');
  const isJson = /^application\/json\s*(?:;\s*charset\s*=\s*"?utf-?8"?\s*)?;?\s*$/i.test(type);
  const coding = headers['content-encoding'] ?? 'identity';
  if (isJson && coding === 'identity') return;
  throw new Refusal('unsupported-media', 'not-json', 'A body is sent as application/json in UTF-8, uncompressed.');
}

function readBytes(request: Readable, clock: Clock): Promise<Buffer> {
  const stop = clock.after(SLOWEST_BODY_MS, () => collection.fail(tooSlow()));
  const collection = new ByteCollection(request, { limitBytes: JSON_LIMIT_BYTES, tooLarge, incomplete, ended: stop });
  return collection.whole;
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw badJson('The body is not UTF-8.');
  }
}

/** A million brackets or commas would keep `JSON.parse` and all checks busy. */
function excessOf(bytes: Buffer): string | null {
  if (nestsDeeper(bytes, NESTING_LIMIT)) return `The body nests deeper than ${NESTING_LIMIT}.`;
  if (holdsMoreValues(bytes, VALUE_LIMIT))
    return `The body holds more than ${VALUE_LIMIT.toLocaleString('en')} values.`;
  return null;
}

/** A key `__proto__` would change what an object is as soon as somebody copies it. */
function refuseHostileKey(key: string, value: unknown): unknown {
  if (key === '__proto__') throw badJson('The body has a key __proto__.');
  return value;
}

function badJson(message: string): Refusal {
  return new Refusal('invalid', 'bad-json', message);
}

function tooLarge(): Refusal {
  return new Refusal('too-large', 'body-too-large', `The body is larger than ${JSON_LIMIT_BYTES / 1024 / 1024} MiB.`);
}

function tooSlow(): Refusal {
  return new Refusal('too-slow', 'body-too-slow', `The body was not complete after ${SLOWEST_BODY_MS / 1000} seconds.`);
}

function incomplete(): Refusal {
  return new Refusal('invalid', 'body-incomplete', 'The connection ended before the body was complete.');
}
