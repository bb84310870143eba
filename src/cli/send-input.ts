/** Reads and checks what `send` was told to send. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { messageOf } from '../kernel/errors.js';
import { isJsonObject, type Json, type JsonObject } from '../kernel/json.js';
import { normaliseInstance } from '../model/project.js';
import { UsageError, type VerbCall } from './verb.js';

/** As typed. */
export interface SendOptions {
  readonly project: string;
  readonly topic: string;
  readonly keyFile: string;
  readonly msg?: string;
  readonly instance?: string;
}

export interface SendInput {
  readonly url: URL;
  readonly topic: string;
  readonly msg: JsonObject;
  /** Its instance with a slash at the end, as Pagure writes it. */
  readonly project: { readonly instance: string; readonly fullname: string; readonly key: string };
}

/** The Pagure that most projects are on. */
const DEFAULT_INSTANCE = 'https://pagure.io/';

/** Throws a UsageError that says what to write instead. */
export async function readSendInput(call: VerbCall, options: SendOptions, url: string): Promise<SendInput> {
  const msg = await readMsg(call, options);
  const named = msg['pagure_instance'];
  const instance = options.instance ?? (typeof named === 'string' ? named : DEFAULT_INSTANCE);
  return {
    url: checkUrl(url),
    topic: checkTopic(options.topic),
    msg,
    project: {
      instance: checkInstance(instance),
      fullname: checkFullname(options.project),
      key: await readKey(call, options.keyFile),
    },
  };
}

function checkUrl(url: string): URL {
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return new URL(url);
  throw new UsageError(`URL: "${url}" is no web address; write it like http://127.0.0.1:8080/hooks/pagure`);
}

function checkInstance(instance: string): string {
  const normal = normaliseInstance(instance);
  if (normal === null)
    throw new UsageError(`--instance: "${instance}" is no web address; write it like https://pagure.io`);
  return `${normal}/`;
}

function checkTopic(topic: string): string {
  if (/^[!-~]{1,200}$/.test(topic)) return topic;
  throw new UsageError('--topic: a topic is one word like git.receive or pull-request.new');
}

function checkFullname(fullname: string): string {
  if (/^[!-~]{1,255}$/.test(fullname) && !/^\/|\/$|["\\]/.test(fullname)) return fullname;
  throw new UsageError('--project: a full name is like lab, rpms/bash or forks/bob/lab');
}

async function readKey(call: VerbCall, file: string): Promise<string> {
  const key = (await readText(call, '--key-file', file)).trim();
  if (key !== '' && !/\s/.test(key)) return key;
  throw new UsageError(
    `--key-file: ${file} does not hold one web-hook key (the 40 characters of the project's settings page)`,
  );
}

/** Without a file the message is that of Pagure's own test button. */
async function readMsg(call: VerbCall, { msg: file, topic }: SendOptions): Promise<JsonObject> {
  if (file === undefined) return topic === 'Test.notification' ? { content: 'Test message' } : {};
  const msg = parseMsg(file, await readText(call, '--msg', file));
  if (!isJsonObject(msg)) throw new UsageError(`--msg: ${file} must hold one JSON object`);
  if (isJsonObject(msg['msg']) && 'topic' in msg)
    throw new UsageError(`--msg: ${file} holds a whole message; put only what stands under its "msg" into the file`);
  return msg;
}

function parseMsg(file: string, text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw new UsageError(`--msg: ${file} is no JSON: ${messageOf(error)}`);
  }
}

async function readText({ cwd }: VerbCall, option: string, file: string): Promise<string> {
  try {
    return await readFile(resolve(cwd, file), 'utf8');
  } catch (error) {
    throw new UsageError(`${option}: ${file} cannot be read: ${messageOf(error)}`);
  }
}
