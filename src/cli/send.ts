/** `send`: signs one message and posts it to a web-hook exactly as Pagure does, to try a hook by hand. */
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { Command, CommanderError } from 'commander';
import { type MadeWebHook, makeWebHook } from '../forge/pagure-web-hook.js';
import { type Clock, SystemClock } from '../kernel/clock.js';
import { messageOf } from '../kernel/errors.js';
import { type Random, SystemRandom } from '../kernel/random.js';
import { describeAnswer, type HookAnswer } from './send-answer.js';
import { readSendInput, type SendInput, type SendOptions } from './send-input.js';
import { EXIT, UsageError, type VerbCall } from './verb.js';

/** As long as Pagure waits. */
const TIME_LIMIT_MS = 60_000;
const LARGEST_ANSWER = 64 * 1024;

interface World {
  readonly clock: Clock;
  readonly random: Random;
}

/** Exit code 0 when the message was taken, 1 when it was refused, 2 for a wrong command, 3 without an answer. */
export async function send(
  call: VerbCall,
  world: World = { clock: new SystemClock(), random: new SystemRandom() },
): Promise<number> {
  try {
    const { options, url } = parse(call);
    return await sendOnce(call, await readSendInput(call, options, url), world);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    if (!(error instanceof UsageError)) throw error;
    call.streams.stderr.write(`send: ${error.message}\n`);
    return EXIT.usage;
  }
}

function parse({ args, streams }: VerbCall): { options: SendOptions; url: string } {
  const command = new Command('pagure-actions send')
    .description('Sign a message and post it to a web-hook, as Pagure does.')
    .requiredOption('--project <fullname>', 'full name of the project: lab, rpms/bash, forks/bob/lab')
    .requiredOption('--topic <topic>', "Pagure's name of what happened: git.receive, pull-request.new …")
    .requiredOption('--key-file <file>', "file with the project's web-hook key")
    .option('--msg <file>', 'JSON file with the message (what stands under "msg")')
    .option('--instance <url>', 'address of the Pagure; default: what the message says, else https://pagure.io')
    .argument('<url>', 'address of the web-hook: http://127.0.0.1:8080/hooks/pagure')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void streams.stdout.write(text),
      writeErr: (text) => void streams.stderr.write(text),
    });
  command.parse([...args], { from: 'user' });
  return { options: command.opts<SendOptions>(), url: command.args[0] ?? '' };
}

async function sendOnce({ streams }: VerbCall, input: SendInput, world: World): Promise<number> {
  const made = makeWebHook(input.project, envelope(input, world));
  try {
    const answer = await post(input.url, made, world.clock);
    streams.stdout.write(`${describeAnswer(answer, input)}\n`);
    return answer.status >= 200 && answer.status < 300 ? EXIT.done : EXIT.refused;
  } catch (error) {
    streams.stderr.write(`send: no answer from ${input.url.host}: ${messageOf(error)}\n`);
    return EXIT.network;
  }
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

async function post(url: URL, { headers, body }: MadeWebHook, clock: Clock): Promise<HookAnswer> {
  const limit = new AbortController();
  const stop = clock.after(TIME_LIMIT_MS, () => limit.abort());
  try {
    return await new Promise((resolve, reject) => {
      const start = url.protocol === 'https:' ? httpsRequest : httpRequest;
      const request = start(url, { method: 'POST', headers, agent: false, signal: limit.signal });
      request.on('error', reject);
      request.on('response', (response) => void readAnswer(response).then(resolve, reject));
      request.end(body);
    });
  } catch (error) {
    throw limit.signal.aborted ? new Error(`it did not answer in ${TIME_LIMIT_MS / 1000} s`) : error;
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
