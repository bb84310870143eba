/** A stand-in for a Pagure server: projects, tokens, flags, git over http and signed web-hooks. Tests and the demo use it. */
import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../src/kernel/clock.js';
import type { JsonObject } from '../../src/kernel/json.js';
import type { Random } from '../../src/kernel/random.js';
import { makeWebHook } from '../../src/forge/pagure-web-hook.js';
import { type ApiAnswer, type ApiRequest, answerApi, serverError } from './api.js';
import type { GitHttpHandler } from './git-http.js';
import { flagObject, projectObject, type StandInFlag, type StandInProject, type StandInToken } from './projects.js';
import { StandInComments } from './comments.js';
import { StandInRights } from './rights.js';

export interface StandInOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** Serves `/<fullname>.git`. */
  readonly git?: GitHttpHandler;
}

/**
 * What the next API call gets instead of its answer. `silence`: the connection stays open and nothing comes;
 * `deaf`: the call is done, but its answer never comes; `reset`: the connection is closed.
 */
export type ScriptedAnswer =
  'too-many' | 'html-500' | 'html-200' | 'redirect' | 'database-error' | 'silence' | 'deaf' | 'reset';

export type FlagListener = (flag: StandInFlag, change: 'added' | 'updated') => void;

/** What a receiver of a web-hook answered. */
export interface HookAnswer {
  readonly status: number;
  readonly body: string;
}

/** Listens on a free port of 127.0.0.1 until `close`. State is kept in memory. */
export class StandInPagure {
  /** Every API call, in order. */
  readonly requests: ApiRequest[] = [];
  readonly rights = new StandInRights();
  readonly comments = new StandInComments();
  private readonly projects = new Map<string, StandInProject>();
  private readonly tokens = new Map<string, StandInToken>();
  private readonly kept: StandInFlag[] = [];
  private readonly scripted: ScriptedAnswer[] = [];
  private readonly listeners: FlagListener[] = [];
  private readonly server: Server;
  private sent = 0;

  private constructor(private readonly options: StandInOptions) {
    this.server = createServer((request, response) => void this.serve(request, response));
  }

  static async start(options: StandInOptions): Promise<StandInPagure> {
    const pagure = new StandInPagure(options);
    await new Promise<void>((resolve) => pagure.server.listen(0, '127.0.0.1', resolve));
    return pagure;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** As Pagure's APP_URL: with a slash at its end. */
  get appUrl(): string {
    return `${this.instance}/`;
  }

  /** Normalised, without the slash. */
  get instance(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  addProject(project: Partial<StandInProject> & Pick<StandInProject, 'fullname'>): StandInProject {
    const { random, clock } = this.options;
    const made: StandInProject = {
      id: this.projects.size + 1,
      owner: 'alice',
      key: random.hex(20).toUpperCase(),
      isPublic: true,
      hooks: [],
      createdAt: clock.now(),
      ...project,
    };
    this.projects.set(made.fullname, made);
    this.rights.letCommit(made.fullname, made.owner);
    return made;
  }

  addToken(token: Partial<StandInToken> = {}): StandInToken {
    const acls = ['commit_flag', 'pull_request_flag', 'pull_request_comment'];
    const made = { token: this.options.random.hex(32), user: 'alice', acls, project: null, expiresAt: null, ...token };
    this.tokens.set(made.token, made);
    return made;
  }

  /** The flags of a commit as they stand now, oldest first. */
  flagsOf(commit: string): readonly StandInFlag[] {
    return this.kept.filter((flag) => flag.commit === commit);
  }

  /** Somebody deleted the flags of a commit: Pagure tells nobody. */
  loseFlags(commit: string): void {
    this.kept.splice(0, this.kept.length, ...this.kept.filter((flag) => flag.commit !== commit));
  }

  /** A flag as somebody else left it: Pagure tells nobody. */
  plantFlag(flag: StandInFlag): void {
    const others = this.kept.filter(({ commit, uid }) => commit !== flag.commit || uid !== flag.uid);
    this.kept.splice(0, this.kept.length, ...others, flag);
  }

  /** Called after each flag that was taken. */
  onFlag(listener: FlagListener): void {
    this.listeners.push(listener);
  }

  /** The next API calls get these, in order, instead of their answers. */
  answerNext(...answers: readonly ScriptedAnswer[]): void {
    this.scripted.push(...answers);
  }

  /** Signs and posts a message exactly as Pagure does: once, whatever comes back. */
  deliver(project: StandInProject, topic: string, msg: JsonObject, url: string): Promise<HookAnswer> {
    const { clock, random } = this.options;
    this.sent += 1;
    const msgId = `${new Date(clock.now()).getUTCFullYear()}-${uuid(random)}`;
    const envelope = { topic, msg, msgId, timestamp: Math.floor(clock.now() / 1000), i: this.sent };
    const { headers, body } = makeWebHook({ instance: this.appUrl, ...project }, envelope);
    return post(url, headers, body);
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.options.git?.(request, response)) return;
    const asked = await readRequest(request);
    this.requests.push(asked);
    const script = this.scripted.shift();
    if (script === 'silence') return;
    if (script === 'reset') return void request.socket.destroy();
    const answer = script === undefined || script === 'deaf' ? this.answer(asked) : scriptedAnswer(script);
    if (script === 'deaf') return;
    response.writeHead(answer.status, { 'content-type': answer.type, ...headersOf(script) }).end(answer.body);
  }

  private answer(request: ApiRequest): ApiAnswer {
    const state = {
      appUrl: this.appUrl,
      now: () => this.options.clock.now(),
      newUid: () => this.options.random.hex(16),
      project: (fullname: string) => this.projects.get(fullname) ?? null,
      token: (text: string) => this.tokens.get(text) ?? null,
      flagsOf: (commit: string) => this.flagsOf(commit),
      keepFlag: (flag: StandInFlag) => this.keepFlag(flag),
      rights: this.rights,
      comments: this.comments,
    };
    return answerApi(state, request) ?? { status: 404, type: 'text/html', body: '<html>Page not found</html>' };
  }

  private keepFlag(flag: StandInFlag): void {
    const at = this.kept.findIndex((one) => one.commit === flag.commit && one.uid === flag.uid);
    const change = at === -1 ? 'added' : 'updated';
    if (at === -1) this.kept.push(flag);
    else this.kept[at] = flag;
    for (const listener of this.listeners) listener(flag, change);
    const project = this.projects.get(flag.project);
    for (const url of project?.hooks ?? []) if (project) this.tellOfFlag(project, flag, `commit.flag.${change}`, url);
  }

  /** As Pagure does after a flag, ours included: without waiting, and a receiver that is away misses it. */
  private tellOfFlag(project: StandInProject, flag: StandInFlag, topic: string, url: string): void {
    const msg = {
      agent: flag.user,
      flag: flagObject(this.appUrl, flag),
      repo: projectObject(this.appUrl, project),
    };
    void this.deliver(project, topic, msg, url).catch(() => undefined);
  }
}

async function readRequest(request: IncomingMessage): Promise<ApiRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString('utf8');
  return { method: request.method ?? 'GET', path: request.url ?? '/', headers: request.headers, body };
}

function scriptedAnswer(script: Exclude<ScriptedAnswer, 'silence' | 'deaf' | 'reset'>): ApiAnswer {
  const html = { type: 'text/html', body: '<html>Please wait</html>' } as const;
  if (script === 'html-500') return serverError();
  if (script === 'html-200') return { status: 200, ...html };
  if (script === 'redirect') return { status: 302, ...html };
  if (script === 'too-many') return { status: 429, ...html };
  const body = JSON.stringify({ error: 'An error occurred at the database level', error_code: 'EDBERROR' });
  return { status: 400, type: 'application/json', body };
}

function headersOf(script: ScriptedAnswer | undefined): Record<string, string> {
  if (script === 'redirect') return { location: 'http://127.0.0.1:1/elsewhere' };
  return script === 'too-many' ? { 'retry-after': '7' } : {};
}

function uuid(random: Random): string {
  const hex = random.hex(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** One POST as `requests` does it, without following redirects. */
function post(url: string, headers: Readonly<Record<string, string>>, body: Buffer): Promise<HookAnswer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { method: 'POST', headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
      );
    });
    request.on('error', reject);
    request.end(body);
  });
}
