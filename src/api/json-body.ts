/** Reads the JSON body of an API request: bounded in size and depth before it is parsed, and free of hostile keys. */
import type { Readable } from 'node:stream';
import { Refusal } from '../kernel/errors.js';

/** A request whose body was not read yet, as Node gives it. */
export interface UnreadJsonRequest extends Readable {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** A pipeline has at most 512 KiB; escaping doubles a text at worst. */
export const JSON_LIMIT_BYTES = 1024 * 1024;
/** Our inputs nest 4 deep. */
const NESTING_LIMIT = 32;

/**
 * The parsed body, or undefined when there is none. Throws a Refusal: `unsupported-media` for what is not said to be JSON in
 * UTF-8, `too-large`, `invalid` for what is no JSON. What is left of a refused body is not read: close the connection.
 */
export async function readJsonBody(request: UnreadJsonRequest): Promise<unknown> {
  refuseOtherMedia(request);
  if (Number(request.headers['content-length'] ?? 0) > JSON_LIMIT_BYTES) throw tooLarge();
  return parseJson(await readBytes(request));
}

/** The value of JSON bytes; undefined for none. Throws a Refusal. */
export function parseJson(bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined;
  const text = decode(bytes);
  if (nestsTooDeep(text)) throw badJson(`The body nests deeper than ${NESTING_LIMIT}.`);
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

function readBytes(request: Readable): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const end = (settle: () => void) => {
      request.off('data', take).off('end', finish).off('close', leave).pause();
      settle();
    };
    const take = (chunk: Buffer) => {
      size += chunk.length;
      if (size > JSON_LIMIT_BYTES) end(() => reject(tooLarge()));
      else chunks.push(chunk);
    };
    const finish = () => end(() => resolve(Buffer.concat(chunks, size)));
    const leave = () => end(() => reject(incomplete()));
    request.on('data', take).on('end', finish).on('close', leave).on('error', leave);
  });
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw badJson('The body is not UTF-8.');
  }
}

/** One walk over the text, outside of strings: a million brackets would keep `JSON.parse` busy. */
function nestsTooDeep(text: string): boolean {
  let depth = 0;
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charAt(at);
    if (isQuoted && letter === '\\') at += 1;
    else if (letter === '"') isQuoted = !isQuoted;
    else if (!isQuoted) depth += depthStep(letter);
    if (depth > NESTING_LIMIT) return true;
  }
  return false;
}

function depthStep(letter: string): number {
  if (letter === '[' || letter === '{') return 1;
  return letter === ']' || letter === '}' ? -1 : 0;
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

function incomplete(): Refusal {
  return new Refusal('invalid', 'body-incomplete', 'The connection ended before the body was complete.');
}
