/** The recorded deliveries of a real Pagure, byte for byte. */
import { readdirSync, readFileSync } from 'node:fs';
import type { JsonObject } from '../../src/kernel/json.js';

export interface Recording {
  /** `029-pull-request.new`. */
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly key: string;
  readonly message: RecordedMessage;
}

export interface RecordedMessage {
  readonly topic: string;
  readonly msg: JsonObject & { readonly project_fullname: string };
  readonly timestamp: number;
  readonly msg_id: string;
  readonly i: number;
}

const FOLDER = new URL('../fixtures/deliveries/', import.meta.url);

export const RECORDINGS: readonly Recording[] = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json'))
  .sort()
  .map(read);

/** `recording('029')`. */
export function recording(number: string): Recording {
  const found = RECORDINGS.find(({ name }) => name.startsWith(number));
  if (!found) throw new Error(`no recording ${number}`);
  return found;
}

/** The instance of all recordings, normalised. */
export const RECORDED_INSTANCE = 'http://127.0.0.1:15000';

function read(file: string): Recording {
  const stored = JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as {
    headers: Record<string, string>;
    body_base64: string;
    key: string;
  };
  const body = Buffer.from(stored.body_base64, 'base64');
  const message = JSON.parse(body.toString('utf8')) as RecordedMessage;
  return { name: file.replace(/\.json$/, ''), headers: stored.headers, body, key: stored.key, message };
}
