/** `send`: signs one message and posts it to a web-hook exactly as Pagure does, to try a hook by hand. */
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Command } from 'commander';
import { type MadeWebHook, makeWebHook } from '../forge/pagure-web-hook.js';
import { type Clock, SystemClock } from '../kernel/clock.js';
import { messageOf } from '../kernel/errors.js';
import { type Random, SystemRandom } from '../kernel/random.js';
import { Unreachable } from './api/api-errors.js';
import { acting, type Desk, helpTail, verbOf } from './desk.js';
import { describeAnswer, type HookAnswer } from './send-answer.js';
import { readSendInput, type SendInput, type SendOptions } from './send-input.js';
import { EXIT, type Verb } from './verb.js';

/** As long as Pagure waits. */
const TIME_LIMIT_MS = 60_000;
const LARGEST_ANSWER = 64 * 1024;

interface World {
  readonly clock: Clock;
  readonly random: Random;
}

/** Exit code 0 when the message was taken, 2 for a wrong command, 5 when it was refused or not answered. */
export const send = sendIn({ clock: new SystemClock(), random: new SystemRandom() });

/** The verb in a world of one's choice. */
export function sendIn(world: World): Verb {
  return verbOf('send', (command, desk) => defineSend(command, desk, world), world.clock);
}

export function defineSend(command: Command, desk: Desk, world: World): void {
  command
    .description('Sign a message and post it to a web-hook, as Pagure does.')
    .requiredOption('--project <fullname>', 'full name of the project: lab, rpms/bash, forks/bob/lab')
    .requiredOption('--topic <topic>', "Pagure's name of what happened: git.receive, pull-request.new …")
    .requiredOption('--key-file <file>', "file with the project's web-hook key")
    .option('--msg <file>', 'JSON file with the message (what stands under "msg")')
    .option('--instance <url>', 'address of the Pagure; default: what the message says, else https://pagure.io')
    .argument('<url>', 'address of the web-hook: http://127.0.0.1:8080/hooks/pagure')
    .addHelpText('after', helpTail(EXAMPLES))
    .action(
      acting(desk, async (url: string, options: SendOptions) =>
        sendOnce(desk, await readSendInput(desk.call, options, url), world),
      ),
    );
}

const EXAMPLES = [
  'send --project lab --topic Test.notification --key-file key http://127.0.0.1:8080/hooks/pagure',
  'send --project lab --topic git.receive --msg push.json --key-file key http://127.0.0.1:8080/hooks/pagure',
];

async function sendOnce({ call, screen }: Desk, input: SendInput, world: World): Promise<number> {
  const made = makeWebHook(input.project, envelope(input, world));
  const answer = await post(input.url, made, { clock: world.clock, interrupted: call.interrupted });
  screen.line(describeAnswer(answer, input));
  return answer.status >= 200 && answer.status < 300 ? EXIT.done : EXIT.refused;
}

/** `i` counts what a process has sent: this one sends one. */
function envelope({ topic, msg }: SendInput, { clock, random }: World) {
  const now = clock.now();
  const msgId = `${new Date(now).getUTCFullYear()}-${uuid4(random)}`;
  return { topic, msg, msgId, timestamp: Math.floor(now / 1000), i: 1 };
}

function uuid4(random: Random): string {
  const bytes = random.bytes(16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

interface Patience {
  readonly clock: Clock;
  readonly interrupted?: AbortSignal;
}

/** Throws Unreachable. */
async function post(url: URL, { headers, body }: MadeWebHook, { clock, interrupted }: Patience): Promise<HookAnswer> {
  const limit = new AbortController();
  const stop = clock.after(TIME_LIMIT_MS, () => limit.abort());
  try {
    return await new Promise((resolve, reject) => {
      const start = url.protocol === 'https:' ? httpsRequest : httpRequest;
      const signal = AbortSignal.any([limit.signal, ...(interrupted === undefined ? [] : [interrupted])]);
      const request = start(url, { method: 'POST', headers, agent: false, signal });
      request.on('error', reject);
      request.on('response', (response) => void readAnswer(response).then(resolve, reject));
      request.end(body);
    });
  } catch (error) {
    const why = limit.signal.aborted ? `it did not answer in ${TIME_LIMIT_MS / 1000} s` : messageOf(error);
    throw new Unreachable(`no answer from ${url.host}: ${why}`);
  } finally {
    stop();
  }
}

async function readAnswer(response: IncomingMessage): Promise<HookAnswer> {
  let body = '';
  response.setEncoding('utf8');
  for await (const text of response as AsyncIterable<string>) {
    body += text;
    if (body.length > LARGEST_ANSWER) break;
  }
  return { status: response.statusCode ?? 0, body };
}
