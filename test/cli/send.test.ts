/** `send` posts what Pagure would post, byte for byte, and says what became of it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sendIn } from '../../src/cli/send.js';
import { PagureWebHook } from '../../src/forge/pagure-web-hook.js';
import { Random, SystemRandom } from '../../src/kernel/random.js';
import { recording } from '../forge/recordings.js';
import { StillClock } from '../kernel/still-clock.js';

interface Got {
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
}

const KEY = 'K'.repeat(40);
const clock = new StillClock(1_795_473_550_900);
const random = new SystemRandom();

let cwd: string;
let server: Server;
let got: Got[];
let answer: { status: number; body: string; location?: string } | 'silence';

beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'send-'));
  await writeFile(join(cwd, 'key'), `${KEY}\n`);
  got = [];
  answer = { status: 202, body: '' };
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      got.push({ headers: request.headers, rawHeaders: request.rawHeaders, body: Buffer.concat(chunks) });
      if (answer !== 'silence') response.writeHead(answer.status, { location: '/elsewhere' }).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(cwd, { recursive: true });
});

const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/pagure`;
const usual = (...more: string[]) => ['--project', 'lab', '--topic', 'git.receive', '--key-file', 'key', ...more];

async function run(args: readonly string[], world = { clock, random: random as Random }) {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const code = await sendIn(world)({ args, env: {}, cwd, streams: { stdin, stdout, stderr } });
  return { code, out: String(stdout.read() ?? ''), err: String(stderr.read() ?? '') };
}

describe('send', () => {
  it('sends a recorded message byte for byte, with the headers of the recording', async () => {
    const { message, key, body, headers } = recording('001');
    const { pagure_instance: _i, project_fullname: _f, ...msg } = message.msg;
    await writeFile(join(cwd, 'key'), key);
    await writeFile(join(cwd, 'msg.json'), JSON.stringify(msg));
    const world = { clock: new StillClock(message.timestamp * 1000 + 999), random: new OneUuid(message.msg_id) };
    const args = ['--project', 'lab', '--topic', message.topic, '--key-file', 'key', '--msg', 'msg.json'];
    expect((await run([...args, '--instance', 'http://127.0.0.1:15000', url()], world)).code).toBe(0);
    expect(got[0]?.body.equals(body)).toBe(true);
    const names = got[0]?.rawHeaders.filter((_, at) => at % 2 === 0) ?? [];
    expect([...names].sort()).toEqual(Object.keys(headers).sort());
    const { Host: _host, ...sent } = headers;
    const lowered = Object.fromEntries(Object.entries(sent).map(([name, value]) => [name.toLowerCase(), value]));
    expect(got[0]?.headers).toMatchObject(lowered);
  });

  it('signs with the key of the file, whatever blank is around it', async () => {
    await run([...usual(), url()]);
    const { headers, body } = got[0] as Got;
    const presented = { sha1: undefined, sha256: String(headers['x-pagure-signature-256']) };
    const hook = new PagureWebHook(random);
    expect(hook.isSignedBy({ keys: [KEY], allowSha1: false }, body, presented)).toBe(true);
    expect(hook.read(body)).toMatchObject({ topic: 'git.receive', timestamp: 1_795_473_550 });
    expect(hook.read(body).msgId).toMatch(/^2026-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('takes the instance of the message, else pagure.io', async () => {
    await writeFile(join(cwd, 'msg.json'), JSON.stringify({ pagure_instance: 'https://src.example.org' }));
    await run([...usual('--msg', 'msg.json'), url()]);
    await run([...usual(), url()]);
    expect(got.map(({ headers }) => headers['x-pagure'])).toEqual(['https://src.example.org/', 'https://pagure.io/']);
  });

  it('sends the message of the test button for Test.notification', async () => {
    await run(['--project', 'lab', '--topic', 'Test.notification', '--key-file', 'key', url()]);
    expect(JSON.parse(String(got[0]?.body))).toMatchObject({
      msg: { content: 'Test message', project_fullname: 'lab' },
    });
  });

  it.each([
    [202, 0, /stored \(202\)/],
    [200, 0, /already/],
    [401, 5, /knows no project lab of https:\/\/pagure.io\/, or the key/],
    [404, 5, /no web-hook at \/hooks\/pagure/],
    [302, 5, /redirects/],
    [413, 5, /refused \(413\)/],
    [503, 5, /the server has a problem/],
  ])('says what %i means', async (status, code, words) => {
    answer = { status, body: '' };
    const { code: got, out } = await run([...usual(), url()]);
    expect(out).toMatch(words);
    expect(got).toBe(code);
  });

  it('shows the detail of a problem without control characters', async () => {
    answer = { status: 400, body: JSON.stringify({ detail: 'no \u001b[31menvelope' }) };
    expect((await run([...usual(), url()])).out).toBe('refused (400): no  [31menvelope\n');
  });

  it('ends with 5 when nobody listens', async () => {
    const { code, err } = await run([...usual(), 'http://127.0.0.1:1/hooks/pagure']);
    expect(code).toBe(5);
    expect(err).toMatch(/no answer from 127\.0\.0\.1:1: .*ECONNREFUSED/);
  });

  it('ends with 5 after 60 s without an answer', async () => {
    answer = 'silence';
    const ended = run([...usual(), url()]);
    await expect.poll(() => got.length).toBe(1);
    clock.advance(60_000);
    expect(await ended).toMatchObject({ code: 5, err: expect.stringContaining('did not answer in 60 s') });
  });

  it.each<[string, string[], RegExp]>([
    ['no arguments', [], /--project <fullname>/],
    ['no url', usual(), /url/],
    ['an unknown option', usual('--nope', 'http://x.example/'), /--nope/],
    ['a url that is none', usual('localhost:8080'), /is no web address; write it like http/],
    [
      'a topic with a blank',
      ['--project', 'lab', '--topic', 'a b', '--key-file', 'key', 'http://x.example/'],
      /--topic/,
    ],
    [
      'an impossible project',
      ['--project', 'a"b', '--topic', 'x.y', '--key-file', 'key', 'http://x.example/'],
      /--project/,
    ],
    ['an instance that is none', usual('--instance', 'pagure.io', 'http://x.example/'), /--instance/],
    [
      'a missing key file',
      ['--project', 'l', '--topic', 'x', '--key-file', 'no', 'http://x.example/'],
      /no cannot be read/,
    ],
    ['a missing message', usual('--msg', 'no.json', 'http://x.example/'), /--msg: no.json cannot be read/],
  ])('with %s says how to write it and ends with 2', async (_what, args, words) => {
    const { code, err } = await run(args);
    expect(err).toMatch(words);
    expect(code).toBe(2);
    expect(got).toEqual([]);
  });

  it.each([
    ['{', /is no JSON/],
    ['[]', /must hold one JSON object/],
    [JSON.stringify({ topic: 'x', msg: {}, msg_id: 'a' }), /holds a whole message/],
  ])('with the message %s says what belongs there', async (text, words) => {
    await writeFile(join(cwd, 'msg.json'), text);
    const { code, err } = await run([...usual('--msg', 'msg.json'), url()]);
    expect([code, err]).toEqual([2, expect.stringMatching(words)]);
  });

  it.each(['', '\n', 'two words'])('with the key file %j says what belongs there', async (text) => {
    await writeFile(join(cwd, 'key'), text);
    const { code, err } = await run([...usual(), url()]);
    expect([code, err]).toEqual([2, expect.stringContaining('web-hook key')]);
  });

  it('shows its help and ends with 0', async () => {
    expect(await run(['--help'])).toMatchObject({ code: 0, out: expect.stringContaining('as Pagure does') });
  });
});

/** Gives the bytes of one uuid. */
class OneUuid extends Random {
  constructor(private readonly msgId: string) {
    super();
  }

  bytes(): Buffer {
    return Buffer.from(this.msgId.slice(5).replaceAll('-', ''), 'hex');
  }
}
