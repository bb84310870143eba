/** The verbs as somebody types them, against the API as it is served; and a server that answers whatever a test wants. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { onTestFinished } from 'vitest';
import { completeIn } from '../../src/cli/complete.js';
import { defineCompletion } from '../../src/cli/completion.js';
import { type DefineVerb, verbOf } from '../../src/cli/desk.js';
import { defineEvents } from '../../src/cli/events.js';
import { defineLint } from '../../src/cli/lint.js';
import { defineLogin } from '../../src/cli/login.js';
import { defineLogout } from '../../src/cli/logout.js';
import { defineLogs } from '../../src/cli/logs.js';
import { definePipelines } from '../../src/cli/pipelines.js';
import { defineSecrets } from '../../src/cli/secrets.js';
import { definePlan } from '../../src/cli/plan.js';
import { defineProjects } from '../../src/cli/projects.js';
import { defineRuns } from '../../src/cli/runs.js';
import type { VerbCall } from '../../src/cli/verb.js';
import { type StopTimer, SystemClock } from '../../src/kernel/clock.js';
import { openApi } from '../api/open-api.js';
import { NOW, temporaryFolder } from '../store/open-store.js';

const VERBS: Readonly<Record<string, DefineVerb>> = {
  ...{ login: defineLogin, logout: defineLogout, projects: defineProjects, pipelines: definePipelines },
  ...{
    secrets: defineSecrets,
    events: defineEvents,
    runs: defineRuns,
    logs: defineLogs,
    completion: defineCompletion,
    lint: defineLint,
    plan: definePlan,
  },
};

/** Shows the time of the stored rows, and passes the pauses between two questions in a fiftieth of their time. */
export class QuickClock extends SystemClock {
  constructor(private readonly timeMs = NOW + 3 * 60_000) {
    super();
  }

  override now(): number {
    return this.timeMs;
  }

  override after(delayMs: number, act: () => void): StopTimer {
    return super.after(delayMs > 1_000 ? delayMs : delayMs / 50, act);
  }
}

export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface Surroundings {
  /** Piped into stdin. */
  readonly input?: string | Uint8Array;
  /** The folder below the home that it is called in. */
  readonly folder?: string;
  /** Of a terminal; without it stdout is a pipe. */
  readonly columns?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly interrupted?: AbortSignal;
  /** Told of everything that is written to stdout, as it is. */
  readonly onOutput?: (text: string) => void;
}

export class Scene {
  readonly home = temporaryFolder();
  readonly clock = new QuickClock();

  constructor(readonly url: string) {}

  /** Runs `pagure-actions <words>`; a word with a blank is given as one of a list. */
  async say(words: string | readonly string[], around: Surroundings = {}): Promise<Said> {
    const [verb = '', ...args] = typeof words === 'string' ? words.split(' ') : words;
    const { call, told } = this.call(args, around);
    const run = verb === 'complete' ? completeIn(this.clock) : verbOf(verb, VERBS[verb] as DefineVerb, this.clock);
    const code = await run(call);
    return { code, ...told() };
  }

  async signIn(token: string): Promise<void> {
    const { code, err } = await this.say(`login --url ${this.url}`, { input: token });
    if (code !== 0) throw new Error(err);
  }

  file(path: string): Promise<string> {
    return readFile(`${this.home}/${path}`, 'utf8');
  }

  /** Makes the folders that it needs. */
  async write(path: string, text: string | Uint8Array): Promise<void> {
    await mkdir(dirname(`${this.home}/${path}`), { recursive: true });
    await writeFile(`${this.home}/${path}`, text);
  }

  private call(
    args: readonly string[],
    { input = '', folder = '', columns, env = {}, interrupted, onOutput }: Surroundings,
  ) {
    const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
    stdin.end(input);
    if (columns !== undefined) Object.assign(stdout, { isTTY: true, columns, rows: 40 });
    const [out, err] = [[] as Buffer[], [] as Buffer[]];
    stdout.on('data', (piece: Buffer) => {
      out.push(piece);
      onOutput?.(piece.toString());
    });
    stderr.on('data', (piece: Buffer) => err.push(piece));
    const call: VerbCall = {
      args,
      env: { HOME: this.home, ...env },
      cwd: join(this.home, folder),
      streams: { stdin, stdout, stderr },
      interrupted,
    };
    return { call, told: () => ({ out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() }) };
  }
}

/** The real API with somebody of a role signed in. */
export async function openScene(role: 'read' | 'write' | 'maintain' = 'maintain') {
  const api = await openApi();
  await api.app.listen(0, '127.0.0.1');
  const { port } = api.app.getHttpServer().address() as AddressInfo;
  const scene = new Scene(`http://localhost:${port}`);
  const token = await api.token(role);
  await scene.signIn(token);
  return { api, scene, token };
}

export interface Canned {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON unless it is a text or bytes. */
  readonly body?: unknown;
}

export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A server that answers as told, and remembers what it was asked; somebody is signed in to it. */
export async function openStub(
  answer: (asked: Asked) => Canned | 'silence' | 'cut',
): Promise<{ scene: Scene; asked: Asked[] }> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const seen = { method, url, headers, body: Buffer.concat(pieces).toString() };
      asked.push(seen);
      const canned = answer(seen);
      if (canned === 'cut') request.socket.destroy();
      else if (canned !== 'silence') response.writeHead(canned.status ?? 200, canned.headers).end(bytesOf(canned.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const scene = new Scene(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return { scene, asked };
}

/** Somebody without a server, in a folder of its own. */
export function serverless(): Scene {
  return new Scene('http://127.0.0.1:10001');
}

/** The environment that signs in without a file. */
export function signedIn({ url }: Scene, token = 'pa_test'): { env: Record<string, string> } {
  return { env: { PAGURE_ACTIONS_URL: url, PAGURE_ACTIONS_TOKEN: token } };
}

function bytesOf(body: unknown): string | Buffer {
  return typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
}
