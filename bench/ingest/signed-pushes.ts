/** Makes signed deliveries in the shape of a recorded push, each with a msg_id of its own. */
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeWebHook } from '../../src/forge/pagure-web-hook.js';
import type { JsonObject } from '../../src/kernel/json.js';

/** The project that every server of the bench knows. */
export const PROJECT = { instance: 'http://127.0.0.1:15000/', fullname: 'forks/bob/lab', key: 'K'.repeat(40) } as const;

/** A push of five commits by two authors to a fork: 2.2 KB. */
const RECORDING = 'test/fixtures/deliveries/047-git.receive.json';

export interface SignedPush {
  readonly msgId: string;
  /** The whole request as it goes over the wire. */
  readonly request: Buffer;
}

/** `root` is the project's folder, `series` keeps the ids of several makers apart. */
export function pushMaker(options: { readonly root: string; readonly series: number; readonly nowMs: number }) {
  const idOf = (count: number) => `2026-${hex(options.series, 8)}-0000-4000-8000-${hex(count, 12)}`;
  const envelope = { topic: 'git.receive', msg: recordedMsg(options.root), i: 1, msgId: idOf(0) };
  const template = makeWebHook(PROJECT, { ...envelope, timestamp: Math.floor(options.nowMs / 1000) });
  const idAt = template.body.indexOf(envelope.msgId);
  let made = 0;
  return (): SignedPush => {
    made += 1;
    const msgId = idOf(made);
    const body = Buffer.from(template.body);
    body.write(msgId, idAt, 'latin1');
    return { msgId, request: Buffer.concat([headOf(body, template.headers), body]) };
  };
}

function headOf(body: Buffer, headers: Readonly<Record<string, string>>): Buffer {
  const sign = (hash: string) => createHmac(hash, PROJECT.key).update(body).digest('hex');
  const signed = { ...headers, 'X-Pagure-Signature': sign('sha1'), 'X-Pagure-Signature-256': sign('sha256') };
  const lines = Object.entries({ Host: '127.0.0.1', ...signed }).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`POST /hooks/pagure HTTP/1.1\r\n${lines.join('')}\r\n`, 'latin1');
}

function recordedMsg(root: string): JsonObject {
  const stored = JSON.parse(readFileSync(join(root, RECORDING), 'utf8')) as { body_base64: string };
  return (JSON.parse(Buffer.from(stored.body_base64, 'base64').toString('utf8')) as { msg: JsonObject }).msg;
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
