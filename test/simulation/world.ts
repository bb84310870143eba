/** The simulated world: the real house on models of everything around it, in virtual time, from one history. */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp } from '../../src/create-app.js';
import { Executors } from '../../src/executor/executors.js';
import { Forges } from '../../src/forge/forges.js';
import type { MadeWebHook } from '../../src/forge/pagure-web-hook.js';
import { Clock } from '../../src/kernel/clock.js';
import { Fault, Refusal } from '../../src/kernel/errors.js';
import { DEFAULT_PROJECT_SETTINGS } from '../../src/model/project.js';
import { CancelRun } from '../../src/runs/cancel-run.js';
import { Runner } from '../../src/runner/runner.js';
import { ArmedTables } from '../../src/store/armed-tables.js';
import { Flags } from '../../src/store/flags.js';
import { Pipelines } from '../../src/store/pipelines.js';
import { Projects } from '../../src/store/projects.js';
import { Runs } from '../../src/store/runs.js';
import { Store } from '../../src/store/store.js';
import { ArmServerPipelines } from '../../src/sweep/arm-server-pipelines.js';
import { DrawnQueue } from './drawn-queue.js';
import type { Blow, History, Move } from './history.js';
import { HousePeople, isOfHouse, type KeptPost } from './house-people.js';
import { Life, LifeClock } from './life.js';
import { LogDisk, MemoryBlobs } from './memory-blobs.js';
import { ModelExecutor, type SideEffect } from './model-executor.js';
import { type FlagBoard, ModelForge } from './model-forge.js';
import { type Mirrors, ModelGit } from './model-git.js';
import { ModelPagure } from './model-pagure.js';
import { INSTANCE, type Message } from './model-project.js';
import { placedStore } from './placed-store.js';
import { SeededRandom } from './seeded-random.js';
import { pipelinesOf } from './themes.js';
import { Timeline } from './timeline.js';
import { Trouble } from './trouble.js';
import { memoryFolder, SETTINGS, START_MS } from './world-settings.js';

/** A delivery that the house answered with 2xx. */
export interface Acknowledged {
  readonly message: Message;
  readonly status: number;
  readonly body: Buffer;
}

/** A delivery that fitted no key. */
export interface Unread {
  readonly message: Message;
  readonly atMs: number;
}

/** A cancel that the house said yes to. */
export interface Canceled {
  readonly runId: number;
  readonly atMs: number;
}

const MASTER_KEY = Buffer.alloc(32, 5);
const TOKEN = 'a-token-of-the-forge-that-is-good-for-a-while';
/** In this time every schedule comes at least once. */
const SCHEDULED_MS = 330_000;
/** Until whoever watches the server starts it again. */
const BOOT_MS = 5_000;

export class World {
  /** How much longer than usual something may take. */
  readonly patience: number = 1;
  readonly timeline = new Timeline(START_MS);
  readonly trouble: Trouble;
  readonly pagure: ModelPagure;
  readonly acknowledged: Acknowledged[] = [];
  /** All that was ever posted, by `msg_id`. */
  readonly posted = new Map<string, Message>();
  /** How many bodies were sent under an id. */
  readonly bodies = new Map<string, Set<Buffer>>();
  readonly canceled: Canceled[] = [];
  readonly unread: Unread[] = [];
  readonly people: HousePeople;
  /** What fitted no key and is held back, once it was looked at. */
  kept: readonly KeptPost[] = [];
  /** When each life ended. */
  readonly endedAtMs: number[] = [];
  readonly effects: SideEffect[] = [];
  readonly flags: FlagBoard = new Map();
  readonly logs = new LogDisk();
  /** One line for each thing that happened, the same for the same history. */
  readonly trace: string[] = [];
  readonly faults = { crashes: 0, stops: 0, refused: 0, lost: 0, doubled: 0 };
  /** What nobody should ever see: errors that the house reports, and rejections that nobody takes. */
  readonly surprises: string[] = [];
  private readonly mirrors: Mirrors = new Map();
  private readonly chance: SeededRandom;
  private readonly folder: string;
  private readonly crashes: { readonly fromMs: number; readonly awayMs: number; places: number }[] = [];
  /** How much later than usual the server is started the next time. */
  private awayMs = 0;
  private onTheirWay = 0;
  private life!: Life;
  private app: NestFastifyApplication | null = null;
  /** Stops in order: its app answers until it has stopped. */
  private stopping: Life | null = null;
  private store!: Store;
  private answering = 0;
  private boots = 0;
  private broken: { readonly error: unknown } | null = null;

  constructor(
    readonly history: History,
    template: string,
  ) {
    this.chance = SeededRandom.named(history.seed, 'world');
    this.folder = mkdtempSync(join(memoryFolder(), 'pagure-actions-simulation-'));
    copyFileSync(template, this.file);
    const windows = history.blows.flatMap((blow) => (blow.kind === 'trouble' ? [blow.window] : []));
    this.trouble = new Trouble(
      this.timeline,
      windows.map((one) => ({ ...one, fromMs: one.fromMs + START_MS })),
      START_MS + history.troubledMs,
    );
    const nowMs = () => this.timeline.nowMs;
    this.pagure = new ModelPagure(SeededRandom.named(history.seed, 'pagure'), nowMs, (message) => this.send(message));
    this.people = new HousePeople(this.pagure, this.posted, nowMs);
  }

  /** And is not about to stop. */
  private get isUp(): boolean {
    return this.app !== null && this.stopping !== this.life;
  }

  get isCalm(): boolean {
    return this.trouble.isOver;
  }

  /** The database as it stands. */
  get database(): Store {
    return this.store;
  }

  get nowMs(): number {
    return this.timeline.nowMs;
  }

  /** Nothing that was posted is still to arrive, and of what comes by the clock everything came at least once since all is calm. */
  get isTold(): boolean {
    if (this.history.theme === 'trust') return this.onTheirWay === 0;
    if (this.history.theme !== 'clock') return true;
    return this.onTheirWay === 0 && this.virtualMs > this.history.troubledMs + SCHEDULED_MS;
  }

  get virtualMs(): number {
    return this.timeline.nowMs - START_MS;
  }

  /** Plays the history; resolves when its troubled time is over and all that was under way has been let go on. */
  async play(): Promise<void> {
    for (const move of this.history.moves)
      this.at(move.atMs, () => {
        this.say(`move ${move.kind} in project ${move.project}`);
        this.pagure.play(move);
        this.playInHouse(move);
      });
    for (const blow of this.history.blows) this.prepare(blow);
    await this.whileTimePasses(this.boot());
    await this.until(() => this.isCalm);
    await this.mend();
  }

  /** Lets time pass until `holds`, for at most `limitMs`; false when it never held. */
  async passUntil(holds: () => Promise<boolean>, limitMs: number, everyMs: number): Promise<boolean> {
    const endMs = this.timeline.nowMs + limitMs;
    while (this.timeline.nowMs < endMs) {
      await this.until(() => this.isUp);
      if (await holds()) return true;
      const nextMs = this.timeline.nowMs + everyMs;
      await this.until(() => this.timeline.nowMs >= nextMs);
    }
    return holds();
  }

  /** Looks at what the house holds back. Call it at rest. */
  async lookAtKept(): Promise<void> {
    const { app } = this;
    if (app === null || this.history.theme !== 'trust') return;
    const work = this.people.kept(app);
    await this.whileTimePasses(work);
    this.kept = await work;
  }

  /** Stops the house in order; resolves with the timers that it left. */
  async stop(): Promise<number> {
    const { app, life } = this;
    this.app = null;
    if (app !== null) await this.whileTimePasses(app.close());
    const left = life.pendingTimers;
    life.end();
    return left;
  }

  /** After `stop` or a crash. */
  async leave(): Promise<void> {
    this.life.end();
    await this.turn();
    await this.store.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private get file(): string {
    return join(this.folder, 'store.sqlite');
  }

  private at(ms: number, run: () => void): void {
    this.timeline.after(START_MS + ms - this.timeline.nowMs, run);
  }

  private say(line: string): void {
    this.trace.push(`${String(this.virtualMs).padStart(8)} ${line}`);
  }

  private prepare(blow: Blow): void {
    if (blow.kind === 'crash') this.crashes.push({ ...blow, fromMs: START_MS + blow.atMs });
    if (blow.kind === 'stop') this.at(blow.atMs, () => this.must(this.restart(blow.awayMs)));
  }

  private crashHere(): boolean {
    const armed = this.crashes.find(({ fromMs, places }) => fromMs <= this.timeline.nowMs && places >= 0);
    if (armed === undefined || this.app === null || this.isCalm) return false;
    armed.places -= 1;
    if (armed.places >= 0) return false;
    this.awayMs = armed.awayMs;
    return true;
  }

  private onCrash(): void {
    this.faults.crashes += 1;
    this.endedAtMs.push(this.timeline.nowMs);
    this.say('crash');
    this.app = null;
    this.timeline.after(0, () => this.must(this.reboot()));
  }

  /** What a killed process leaves: the file as its last commit left it. */
  private async reboot(): Promise<void> {
    this.answering += 1;
    await this.store.close();
    this.logs.tear(this.chance);
    this.answering -= 1;
    this.timeline.after(BOOT_MS + this.awayMs, () => this.must(this.boot()));
    this.awayMs = 0;
  }

  /** The server may crash while it stops. */
  private async restart(awayMs: number): Promise<void> {
    const { app, life } = this;
    if (app === null || !this.isUp) return;
    this.faults.stops += 1;
    this.say('stop');
    this.stopping = life;
    await app.close();
    if (!life.isAlive) return;
    this.app = null;
    this.awayMs = awayMs;
    life.end();
    await this.reboot();
  }

  private async boot(): Promise<void> {
    this.answering += 1;
    const life = new Life(
      this.timeline,
      SeededRandom.named(this.history.seed, `life ${this.boots}`),
      () => this.crashHere(),
      () => this.onCrash(),
    );
    this.life = life;
    this.store = await Store.open(this.file);
    const app = await this.compose(life);
    if (this.boots++ === 0) await this.register(app);
    this.answering -= 1;
    try {
      await app.init();
      await app.getHttpAdapter().getInstance().ready();
      this.app = app;
      this.say('up');
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      this.say(`did not start: ${error.message}`);
      life.end();
      await this.reboot();
    }
  }

  private async compose(life: Life): Promise<NestFastifyApplication> {
    const clock = new LifeClock(life, () => this.trouble.skewMs());
    const report = (error: unknown) => this.surprise(life, error);
    const executors = new Executors([new ModelExecutor(life, this.trouble, this.effects)]);
    const random = SeededRandom.named(this.history.seed, `ids ${this.boots}`);
    const tokens = SeededRandom.named(this.history.seed, `tokens ${this.boots}`);
    const world = {
      clock,
      random,
      bootId: `boot ${this.boots}`,
      settings: SETTINGS,
      store: placedStore(this.store, life, this.trouble),
      masterKey: MASTER_KEY,
      queue: new DrawnQueue(life, this.trouble, clock, report),
      forges: new Forges(this.forge(life)),
      git: new ModelGit(life, this.trouble, this.mirrors, (url) => this.pagure.remote(url)),
      executors,
      runner: new Runner(executors, { clock, random: tokens, node: '/usr/bin/node' }),
      blobs: new MemoryBlobs(life, this.logs),
    };
    return createApp(world, { log() {}, warn() {}, error: report });
  }

  private forge(life: Life): ModelForge {
    return new ModelForge(life, this.trouble, this.flags, this.pagure);
  }

  private surprise(life: Life, error: unknown): void {
    const text = error instanceof Error ? error.message : String(error);
    const { trouble } = this;
    if (!life.isAlive || trouble.is('disk full') || trouble.is('disk broken') || trouble.hasCaused(error)) return;
    this.surprises.push(text);
  }

  private async register(app: NestFastifyApplication): Promise<void> {
    const [projects, pipelines] = [app.get(Projects), app.get(Pipelines)];
    const nowMs = this.timeline.nowMs;
    await this.store.commit(async (tx) => {
      for (const [at, { fullname, key }] of this.pagure.projects.entries()) {
        const about = { instance: INSTANCE, instanceAliases: [], fullname, public: true, enabled: true };
        const project = { ...about, declaredBy: null, settings: DEFAULT_PROJECT_SETTINGS };
        const projectId = await projects.insert(tx, project, nowMs);
        await projects.replaceKeys(tx, projectId, [key], nowMs);
        await projects.setToken(tx, projectId, TOKEN);
        for (const [name, text] of Object.entries(pipelinesOf(this.history.theme, at)))
          await pipelines.insert(tx, { projectId, name, text, declaredBy: null }, nowMs);
      }
    });
    // As the sweep does within a second: what ends earlier is followed by nobody.
    const arming = new ArmServerPipelines(this.store, new ArmedTables(this.store), app.get(Clock));
    await arming.unread(1_000, (error) => this.surprises.push(String(error)));
  }

  /** A maintainer stores a good token: what was paused goes on. Somebody says something, so that each repository is looked at. */
  private async mend(): Promise<void> {
    await this.until(() => this.isUp);
    const app = this.app!;
    const nowMs = this.timeline.nowMs;
    const work = this.store.commit(async (tx) => {
      for (const { id } of await app.get(Projects).list()) await app.get(Flags).resume(tx, id, nowMs);
    });
    await this.whileTimePasses(work);
    if (this.history.theme === 'trust') await this.whileTimePasses(this.tellKeys(app));
    if (this.history.theme !== 'clock') return;
    for (const at of this.pagure.projects.keys()) this.pagure.play({ kind: 'chat', atMs: this.virtualMs, project: at });
  }

  private async tellKeys(app: NestFastifyApplication): Promise<void> {
    for (const { id } of this.pagure.projects)
      await this.people.tellKey(app, id).catch((error: unknown) => {
        if (!(error instanceof Refusal)) throw error;
      });
  }

  /** What people ask the house for; whether it says yes is its affair. */
  private playInHouse(move: Move): void {
    const { app } = this;
    if (app === null) return;
    const work = async () => {
      if (move.kind === 'cancel') await this.cancel(app, move.nth);
      if (isOfHouse(move)) await this.people.play(app, move.project + 1, move);
    };
    work().catch(() => undefined);
  }

  private async cancel(app: NestFastifyApplication, nth: number): Promise<void> {
    const open = await app.get(Runs).openRuns(100);
    const run = open[nth % Math.max(1, open.length)];
    if (run === undefined) return;
    const answer = await app.get(CancelRun).cancel(run.id, 'somebody wished it');
    if (answer === 'canceled') this.canceled.push({ runId: run.id, atMs: this.timeline.nowMs });
  }

  /** Pagure posts once: what is lost or comes while nobody listens is gone. */
  private send(message: Message): void {
    const { chance } = this;
    this.posted.set(message.id, message);
    if (!this.isCalm && chance.happens(0.07)) {
      this.faults.lost += 1;
      return this.say(`lost on its way: ${message.id} ${message.topic}`);
    }
    const isDoubled = (!this.isCalm && chance.happens(0.07)) || message.way === 'doubled';
    if (isDoubled) this.faults.doubled += 1;
    for (let time = 0; time < (isDoubled ? 2 : 1); time += 1) {
      const isLate = chance.happens(0.05) || message.way === 'delayed';
      const delayMs = isLate ? chance.below(600_000) : chance.below(5_000);
      const hook = time > 0 && chance.happens(0.3) ? message.otherHook() : message.hook;
      this.bodies.set(message.id, (this.bodies.get(message.id) ?? new Set()).add(hook.body));
      this.onTheirWay += 1;
      this.timeline.after(delayMs, () => this.must(this.deliver(message, hook)));
    }
  }

  private async deliver(message: Message, { headers, body: payload }: MadeWebHook): Promise<void> {
    const { app, life } = this;
    this.onTheirWay -= 1;
    if (app === null) {
      this.faults.lost += 1;
      return this.say(`nobody took ${message.id} ${message.topic}`);
    }
    this.answering += 1;
    const answer = app.inject({ method: 'POST', url: '/hooks/pagure', headers: { ...headers }, payload });
    const status = await Promise.race([answer.then(({ statusCode }) => statusCode), life.death.then(() => null)]);
    this.answering -= 1;
    this.say(`${message.id} ${message.topic}: ${status ?? 'no answer'}`);
    if (status === 401) this.unread.push({ message, atMs: this.timeline.nowMs });
    if (status === null || status >= 300) this.faults.refused += 1;
    else this.acknowledged.push({ message, status, body: payload });
  }

  /** An error of the world itself ends the play. */
  private must(work: Promise<void>): void {
    work.catch((error: unknown) => {
      this.broken ??= { error };
    });
  }

  private async whileTimePasses(work: Promise<unknown>): Promise<void> {
    let isOver = false;
    const end = () => {
      isOver = true;
    };
    work.then(end, end);
    await this.until(() => isOver);
    await work;
  }

  private async until(holds: () => boolean): Promise<void> {
    while (!holds()) {
      if (this.broken !== null) throw this.broken.error;
      if (!this.timeline.step()) throw new Error('nothing is left that could happen');
      do await this.turn();
      while (this.answering > 0);
    }
  }

  /** All that follows from what happened, without time passing. */
  private turn(): Promise<void> {
    return new Promise((resolve) => setImmediate(resolve));
  }
}
