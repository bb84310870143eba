/** The deliveries of a storm: recorded ones, each told of one of many projects, some twice, in no order. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeWebHook } from '../../src/forge/pagure-web-hook.js';
import { isJsonObject, type Json, type JsonObject } from '../../src/kernel/json.js';
import type { StandInProject } from '../../test/stand-in/projects.js';
import type { Chance } from '../history/chance.js';

/** Below the project's folder. */
const RECORDINGS = 'test/fixtures/deliveries';
/** The recorded project whose place each of the storm's takes. */
const RECORDED = 'lab';

export interface StormOrder {
  /** The project's folder. */
  readonly root: string;
  readonly instance: string;
  readonly projects: readonly StandInProject[];
  readonly deliveries: number;
  /** Of a hundred, how many are sent a second time, byte for byte. */
  readonly duplicates: number;
  readonly nowMs: number;
  readonly chance: Chance;
}

/** Whole requests as they go over the wire. */
export function makeStorm(order: StormOrder): readonly Buffer[] {
  const { deliveries, duplicates, projects, chance } = order;
  const twice = Math.floor((deliveries * duplicates) / 100);
  const decks = projects.map(() => shuffled(recordedMessages(order.root), chance));
  const once = Array.from({ length: deliveries - twice }, (_, at) => {
    const place = at % projects.length;
    const deck = decks[place]!;
    const message = deck[Math.floor(at / projects.length) % deck.length]!;
    return requestOf(order, projects[place]!, message, at);
  });
  return shuffled([...once, ...shuffled(once, chance).slice(0, twice)], chance);
}

interface Recorded {
  readonly topic: string;
  readonly msg: JsonObject;
}

/** Those of the recorded project, as they were signed. */
export function recordedMessages(root: string): readonly Recorded[] {
  const folder = join(root, RECORDINGS);
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  const bodies = files.sort().map((name) => {
    const stored = JSON.parse(readFileSync(join(folder, name), 'utf8')) as { readonly body_base64: string };
    return JSON.parse(Buffer.from(stored.body_base64, 'base64').toString('utf8')) as Recorded;
  });
  return bodies.filter(({ msg }) => msg['project_fullname'] === RECORDED);
}

function requestOf({ instance, nowMs }: StormOrder, project: StandInProject, { topic, msg }: Recorded, at: number) {
  const msgId = `2026-00000000-0000-4000-8000-${at.toString(16).padStart(12, '0')}`;
  const told = renamed(msg, project.fullname) as JsonObject;
  const hook = { instance, fullname: project.fullname, key: project.key };
  const { headers, body } = makeWebHook(hook, { topic, msg: told, msgId, timestamp: Math.floor(nowMs / 1000), i: at });
  const lines = Object.entries({ Host: '127.0.0.1', ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`POST /hooks/pagure HTTP/1.1\r\n${lines.join('')}\r\n`, 'latin1'), body]);
}

/** Every object that tells of the recorded project tells of the other one; forks of it stay what they are. */
function renamed(value: Json, fullname: string): Json {
  if (Array.isArray(value)) return value.map((one: Json) => renamed(one, fullname));
  if (!isJsonObject(value)) return value;
  const whole = Object.fromEntries(Object.entries(value).map(([key, one]) => [key, renamed(one, fullname)]));
  return value['fullname'] === RECORDED ? { ...whole, fullname, name: fullname, url_path: fullname } : whole;
}

function shuffled<T>(items: readonly T[], chance: Chance): readonly T[] {
  const mixed = [...items];
  for (let at = mixed.length - 1; at > 0; at -= 1) {
    const other = chance.below(at + 1);
    [mixed[at], mixed[other]] = [mixed[other]!, mixed[at]!];
  }
  return mixed;
}
