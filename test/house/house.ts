/** The whole house in this process: the real rooms, real git and processes, and the stand-in Pagure with git over http. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { expect, onTestFinished, vi } from 'vitest';
import type { RunningSettings } from '../../src/config/running-settings.js';
import { createApp } from '../../src/create-app.js';
import { type Clock, type StopTimer, SystemClock } from '../../src/kernel/clock.js';
import { isJsonObject, type JsonObject } from '../../src/kernel/json.js';
import { SystemRandom } from '../../src/kernel/random.js';
import type { Role } from '../../src/model/token.js';
import type { Job, Run } from '../../src/model/run.js';
import { DEFAULT_PROJECT_SETTINGS } from '../../src/model/project.js';
import { openWorld, type OpenedWorld } from '../../src/open-world.js';
import { hashToken } from '../../src/projects/token-text.js';
import { ApproveRun } from '../../src/runs/approve-run.js';
import { Deliveries } from '../../src/store/deliveries.js';
import { Events } from '../../src/store/events.js';
import { Flags } from '../../src/store/flags.js';
import { Pipelines } from '../../src/store/pipelines.js';
import { Projects } from '../../src/store/projects.js';
import { Runs } from '../../src/store/runs.js';
import { Store } from '../../src/store/store.js';
import { Tokens } from '../../src/store/tokens.js';
import { type GitHttpHandler, gitHttpHandler } from '../stand-in/git-http.js';
import { StandInPagure } from '../stand-in/pagure.js';
import type { StandInProject } from '../stand-in/projects.js';
import { RECORDED_INSTANCE, type Recording } from '../forge/recordings.js';

/** A clock that runs at the machine's pace from a time of our choice. */
export class ShiftedClock extends SystemClock {
  private shiftMs: number;

  constructor(startMs: number) {
    super();
    this.shiftMs = startMs - super.now();
  }

  override now(): number {
    return super.now() + this.shiftMs;
  }

  /** From now on it is so much later; what waits for a delay waits on. */
  advance(byMs: number): void {
    this.shiftMs += byMs;
  }

  override after(delayMs: number, run: () => void): StopTimer {
    return super.after(delayMs, run);
  }
}

export interface HouseOptions {
  readonly clock?: Clock;
  /** Folder of bare repositories that the stand-in serves. */
  readonly repositories: string;
}

export function temporaryFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `pagure-actions-${name}-`));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Opened with the test, closed with it. */
export async function openHouse(options: HouseOptions): Promise<TestHouse> {
  const clock = options.clock ?? new SystemClock();
  const serveGit = gitHttpHandler(options.repositories);
  const world = { isGitDown: false };
  const git: GitHttpHandler = (request, response) => {
    if (!world.isGitDown || !request.url?.includes('.git/')) return serveGit(request, response);
    response.writeHead(503).end('down for maintenance');
    return true;
  };
  const pagure = await StandInPagure.start({ clock, random: new SystemRandom(), git });
  const house = new TestHouse(pagure, clock, temporaryFolder('house'), world);
  onTestFinished(async () => {
    await house.stop();
    await pagure.close();
  });
  await house.start();
  return house;
}

/** Asks again and again, without a fixed wait, for at most a minute. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  await vi.waitUntil(holds, { timeout: 60_000, interval: 20 });
}

export class TestHouse {
  private readonly registered = new Map<string, StandInProject>();
  private app!: NestFastifyApplication;
  private opened!: OpenedWorld;

  constructor(
    readonly pagure: StandInPagure,
    private readonly clock: Clock,
    private readonly folder: string,
    /** What the test may break. */
    readonly world: { isGitDown: boolean },
  ) {}

  /** Starts (again) on the same data folder. */
  async start(): Promise<void> {
    const env = { PATH: process.env['PATH'] };
    const settings = this.settings();
    const { clock } = this;
    this.opened = await openWorld({ settings, masterKey: Buffer.alloc(32, 5), env, onError: console.error, clock });
    this.app = await createApp(this.opened.world, { log() {}, error: console.error, warn: console.warn });
    await this.app.listen(0, '127.0.0.1');
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.opened.close();
  }

  get<T>(room: { readonly prototype: T }): T {
    return this.app.get<T>(room as never);
  }

  /** Registers a project that the stand-in knows, under the recorded instance's name as well. */
  async register(fullname: string, key: string, pipelines: Readonly<Record<string, string>> = {}): Promise<number> {
    const { token } = this.pagure.addToken();
    this.registered.set(fullname, this.pagure.addProject({ fullname, key }));
    const [store, projects, texts] = [this.get(Store), this.get(Projects), this.get(Pipelines)];
    return store.commit(async (tx) => {
      const project = {
        instance: this.pagure.instance,
        instanceAliases: [RECORDED_INSTANCE],
        fullname,
        public: true,
        enabled: true,
        declaredBy: null,
        settings: DEFAULT_PROJECT_SETTINGS,
      };
      const nowMs = this.clock.now();
      const id = await projects.insert(tx, project, nowMs);
      await projects.replaceKeys(tx, id, [key], nowMs);
      await projects.setToken(tx, id, token);
      for (const [name, text] of Object.entries(pipelines)) {
        await texts.insert(tx, { projectId: id, name, text, declaredBy: null }, nowMs);
      }
      return id;
    });
  }

  /** As the stand-in Pagure knows it. */
  projectOf(fullname: string): StandInProject {
    return this.registered.get(fullname)!;
  }

  /** Posts a recorded delivery as it came, and shows its pull-request as Pagure does; resolves with the status. */
  async post(recording: Pick<Recording, 'body' | 'headers'>): Promise<number> {
    const { msg } = JSON.parse(recording.body.toString('utf8')) as { msg: JsonObject };
    this.showPull(String(msg['project_fullname']), msg);
    const answer = await this.app.inject({
      method: 'POST',
      url: '/hooks/pagure',
      headers: { ...recording.headers, host: '127.0.0.1' },
      payload: recording.body,
    });
    return answer.statusCode;
  }

  /** Asks the API as the holder of a token of this role. */
  async ask(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    { role, body }: { role: Role; body?: object },
  ) {
    const token = `pa_${role.padEnd(40, '0')}`;
    const [store, tokens] = [this.get(Store), this.get(Tokens)];
    const row = { name: role, hash: hashToken(token), role, projects: null, createdAt: 1, expiresAt: null };
    await store.commit(async (tx) => {
      if (!(await tokens.byHash(row.hash))) await tokens.insert(tx, row);
    });
    const headers = { host: '127.0.0.1', authorization: `Bearer ${token}` };
    const answer = await this.app.inject({ method, url: `/api/v1${url}`, headers, ...(body && { payload: body }) });
    return {
      status: answer.statusCode,
      headers: answer.headers,
      json: answer.payload === '' ? {} : answer.json<Record<string, unknown>>(),
    };
  }

  /** What a browser gets at an address of ours; resolves with the page. */
  async browse(path: string): Promise<string> {
    return (await this.app.inject({ method: 'GET', url: path, headers: { host: '127.0.0.1' } })).payload;
  }

  /** What a message says of a pull-request is what Pagure shows. */
  private showPull(fullname: string, { pullrequest }: JsonObject): void {
    if (isJsonObject(pullrequest)) this.pagure.rights.showPull(fullname, pullrequest);
  }

  /** Signs a message as the stand-in Pagure and posts it. */
  deliver(fullname: string, topic: string, msg: JsonObject): Promise<number> {
    this.showPull(fullname, msg);
    return this.sign(fullname, topic, msg);
  }

  /** The same, by somebody who knows the key: Pagure itself knows nothing of what it says. */
  async sign(fullname: string, topic: string, msg: JsonObject): Promise<number> {
    const { port } = this.app.getHttpServer().address() as { port: number };
    return (await this.pagure.deliver(this.projectOf(fullname), topic, msg, `http://127.0.0.1:${port}/hooks/pagure`))
      .status;
  }

  /** Resolves when nothing is under way any more: every id taken, every commit done. */
  async settle(): Promise<void> {
    const { queue, store } = this.opened.world;
    for (let round = 0; round < 3; round++) {
      await queue.settled();
      await store.settled();
    }
  }

  /** Resolves when a job's log holds a text. */
  untilLogged(jobId: number, text: string): Promise<void> {
    return until(async () => (await this.log({ id: jobId, attempt: 1 })).includes(text));
  }

  /** Resolves when a run is done and nothing is under way. */
  async untilDone(runId: number): Promise<void> {
    await until(async () => (await this.get(Runs).byId(runId))?.state === 'done');
    await this.settle();
  }

  untilFlagged(commit: string, status: string): Promise<void> {
    return until(async () => this.pagure.flagsOf(commit).some((flag) => flag.status === status));
  }

  /** Posts when nothing is taken from the queue any more, and stops. */
  async postWhileStopping(recorded: Pick<Recording, 'body' | 'headers'>): Promise<void> {
    await this.opened.world.queue.close();
    expect(await this.post(recorded)).toBe(202);
    await this.stop();
  }

  /** Approves when nothing is taken from the queue any more, and stops. */
  async approveWhileStopping(approval: Parameters<ApproveRun['approve']>[0]): Promise<void> {
    await this.opened.world.queue.close();
    expect(await this.get(ApproveRun).approve(approval)).toBe('approved');
    await this.stop();
  }

  /** Asks again and again, without a fixed wait. */
  until(holds: () => Promise<boolean>): Promise<void> {
    return until(holds);
  }

  /** Of the data folder of a house that is stopped or not. */
  async countRuns(): Promise<number> {
    const store = await Store.open(join(this.folder, 'store.sqlite'));
    const runs = await new Runs(store).list(1_000);
    await store.close();
    return runs.length;
  }

  /** All runs with their jobs, newest first. */
  async runs(): Promise<readonly (Run & { readonly jobs: readonly Job[] })[]> {
    const runs = await this.get(Runs).list(1_000);
    return Promise.all(runs.map(async (run) => ({ ...run, jobs: await this.get(Runs).jobsOf(run.id) })));
  }

  async decisions(eventId: number) {
    return this.get(Events).decisionsOf(eventId);
  }

  /** What a job printed. */
  async log(job: Pick<Job, 'id' | 'attempt'>): Promise<string> {
    const { blobs } = this.opened.world;
    return (await blobs.readLog(job.id, job.attempt, 0, Number.MAX_SAFE_INTEGER)).toString('utf8');
  }

  get stores() {
    return { deliveries: this.get(Deliveries), events: this.get(Events), flags: this.get(Flags), runs: this.get(Runs) };
  }

  private settings(): RunningSettings {
    return {
      dataDir: this.folder,
      stateDir: `${this.folder}-state`,
      address: '127.0.0.1',
      port: 0,
      publicUrl: 'http://127.0.0.1:8080',
      allowedHosts: ['127.0.0.1', 'localhost'],
      slots: 2,
      drainMs: 500,
      hostSharesEverything: true,
      staleAfterMs: 7 * 24 * 3_600_000,
      aheadMs: 600_000,
      mirrorBytes: 16 * 1024 ** 3,
      logBytes: 1024 * 1024,
      logLevel: 'warn',
      metricsPublic: false,
      nodes: {},
      toolCacheMs: 90 * 86_400_000,
      egress: { allow: ['127.0.0.1'], fileRoot: null },
    };
  }
}
