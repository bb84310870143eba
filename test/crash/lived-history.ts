/** A history of the simulated world, lived by the real program: over HTTP, on real repositories, killed at the drawn places. */
import { writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { expect } from 'vitest';
import { makeWebHook, type MadeWebHook } from '../../src/forge/pagure-web-hook.js';
import { SystemClock } from '../../src/kernel/clock.js';
import type { JsonObject } from '../../src/kernel/json.js';
import type { FlagStatus } from '../../src/model/flag.js';
import { Sqlite } from '../../src/store/sqlite.js';
import type { Store } from '../../src/store/store.js';
import type { Blow, History, Move } from '../simulation/history.js';
import { ModelPagure } from '../simulation/model-pagure.js';
import { APP_URL, type Message, type Told } from '../simulation/model-project.js';
import { SeededRandom } from '../simulation/seeded-random.js';
import { watch } from '../simulation/watch.js';
import { pipelinesOf, type Theme } from '../simulation/themes.js';
import type { Acknowledged, Canceled } from '../simulation/world.js';
import { PUBLIC_URL } from '../simulation/world-settings.js';
import type { StandInFlag } from '../stand-in/projects.js';
import type { StandInPagure } from '../stand-in/pagure.js';
import type { Boot } from './boot.js';
import { ANYWHERE, type CrashPoint } from './crash-point.js';
import { databaseOf, judge, type Played } from './lived-world.js';
import { markScripts } from './marked-scripts.js';
import { RealRepositories } from './real-repositories.js';
import { Scene } from './scene.js';

/** All moves and blows happen within this time, however long the history says. */
const LIVED_MS = 2_500;
const REST_WITHIN_MS = 240_000;
/** A delivery may come so much later than the change that it tells of, in the time of the history. */
const LATEST_MS = 5_000;

export interface LivedFate {
  /** In words; nothing when all is well. */
  readonly findings: readonly string[];
  readonly acknowledged: number;
  readonly crashes: number;
  readonly stops: number;
}

/** Plays it to rest; what the oracle of the simulated world finds. Rejects when it does not come to rest. */
export async function live(history: History, onEnd: (close: () => Promise<void>) => void): Promise<LivedFate> {
  const clock = new SystemClock();
  const outbox: Message[] = [];
  const chance = SeededRandom.named(history.seed, 'pagure');
  const pagure = new ModelPagure(
    chance,
    () => clock.now(),
    (message) => void outbox.push(message),
  );
  const projects = (folder: string, standIn: StandInPagure) =>
    declare({ folder, theme: history.theme }, standIn, pagure);
  const scene = await Scene.open(onEnd, { projects, publicUrl: PUBLIC_URL });
  const real = new RealRepositories(`${scene.folder}/forge`, pagure.projects, (text) =>
    markScripts(text, scene.effectsFile),
  );
  return new LivedHistory(history, scene, { pagure, outbox, real }).play();
}

interface ModelForge {
  readonly pagure: ModelPagure;
  /** What the model wants to post. */
  readonly outbox: Message[];
  readonly real: RealRepositories;
}

class LivedHistory {
  private readonly clock = new SystemClock();
  private readonly chance: SeededRandom;
  private readonly acknowledged: Acknowledged[] = [];
  private readonly posted = new Map<string, Message>();
  private readonly canceled: Canceled[] = [];
  private readonly faults: Played['faults'] = { crashes: 0, stops: 0, refused: 0, lost: 0, doubled: 0 };
  private onTheirWay = 0;
  private coming: CrashPoint[] = [];
  private boot: Boot;
  private isOver = false;

  constructor(
    private readonly history: History,
    private readonly scene: Scene,
    private readonly forge: ModelForge,
  ) {
    this.chance = SeededRandom.named(history.seed, 'ways');
    this.boot = scene.start({});
    scene.pagure.onFlag((flag) => this.tellOfFlag(flag));
  }

  async play(): Promise<LivedFate> {
    await this.boot.listens();
    watchDatabase(databaseOf(this.scene));
    // What ends earlier is followed by nobody.
    await this.scene.until('triggers that are read', () => areTriggersRead(databaseOf(this.scene)));
    await Promise.all([this.keepAlive(), this.playToRest()]);
    const { history, acknowledged, posted, canceled, faults, forge } = this;
    const played = { history, acknowledged, posted, canceled, faults, pagure: forge.pagure, nowMs: this.clock.now() };
    const findings = await judge(this.scene, played);
    return { findings, acknowledged: acknowledged.length, crashes: faults.crashes, stops: faults.stops };
  }

  private async playToRest(): Promise<void> {
    const { moves, blows, troubledMs } = this.history;
    const happening = [...moves.map((one) => this.make(one)), ...blows.map((one) => this.strike(one))];
    await Promise.all([...happening, this.after(troubledMs)]);
    await this.scene.until('rest', () => this.isAtRest(), REST_WITHIN_MS);
    this.isOver = true;
    await this.boot.arm([]);
    this.boot.signal('SIGTERM');
  }

  private async make(move: Move): Promise<void> {
    await this.after(move.atMs);
    if (move.kind === 'cancel') return this.cancel(move.nth);
    this.forge.pagure.play(move);
    this.post();
  }

  private async strike(blow: Blow): Promise<void> {
    if (blow.kind === 'trouble') return;
    await this.after(blow.atMs);
    if (blow.kind === 'stop') return this.boot.signal('SIGTERM');
    this.coming.push({ at: ANYWHERE, nth: blow.places + 1, then: 'kill' });
    if (this.coming.length === 1) await this.boot.arm(this.coming);
  }

  /** Starts it again whenever it ends, armed with the crash that is still to come. A stop may meet a start half way. */
  private async keepAlive(): Promise<void> {
    for (;;) {
      const end = await this.boot.ended;
      expect(end, this.boot.output).toBeOneOf(['SIGKILL', 'SIGTERM', 0]);
      if (this.isOver) return;
      if (end === 'SIGKILL') this.coming.shift();
      this.faults[end === 'SIGKILL' ? 'crashes' : 'stops'] += 1;
      this.boot = this.scene.start({ points: this.coming.slice(0, 1) });
    }
  }

  private isAtRest(): boolean {
    return this.boot.isListening && !this.boot.isDead && this.onTheirWay === 0 && this.scene.isAtRest();
  }

  private async cancel(nth: number): Promise<void> {
    const open = this.scene.runs().filter(({ state }) => state !== 'done');
    if (open.length === 0) return;
    const { id } = open[nth % open.length]!;
    const answer = await this.scene.order(`/api/v1/runs/${id}/cancel`, { reason: 'a wish' }).catch(() => null);
    if (answer?.status === 202) this.canceled.push({ runId: id, atMs: this.clock.now() });
  }

  /** Pagure tells of each flag that it took, ours included. */
  private tellOfFlag(flag: StandInFlag): void {
    const { project: fullname, status } = flag;
    this.forge.pagure.flagged({ instance: APP_URL, fullname }, { ...flag, status: status as FlagStatus });
    this.post();
  }

  /** Pagure posts once; a few of its posts come twice, and each takes its time. */
  private post(): void {
    this.forge.real.follow();
    for (const message of this.forge.outbox.splice(0)) {
      const hook = this.realHook(message);
      const real = { ...message, told: JSON.parse(this.translate(JSON.stringify(message.told))) as Told };
      this.posted.set(message.id, real);
      for (let left = this.chance.happens(0.1) ? 2 : 1; left > 0; left -= 1)
        void this.deliver(real, hook, this.chance.below(LATEST_MS));
    }
  }

  private async deliver(message: Message, hook: MadeWebHook, delayMs: number): Promise<void> {
    this.onTheirWay += 1;
    await this.after(delayMs);
    const status = await statusOf(`${this.scene.address}/hooks/pagure`, hook);
    this.onTheirWay -= 1;
    if (status === null) this.faults.lost += 1;
    else if (status >= 300) this.faults.refused += 1;
    else this.acknowledged.push({ message, status, body: hook.body });
  }

  /** Signed anew: it tells of real commits of a real address. */
  private realHook({ project, topic, id, hook }: Message): MadeWebHook {
    const { msg, i, timestamp } = JSON.parse(this.translate(hook.body.toString('utf8'))) as Body;
    const { key } = this.forge.pagure.projects.find(({ fullname }) => fullname === project)!;
    const sender = { instance: this.scene.pagure.appUrl, fullname: project, key };
    return makeWebHook(sender, { topic, msg, i, timestamp, msgId: id });
  }

  private translate(text: string): string {
    return this.forge.real.translate(text).replaceAll(APP_URL, this.scene.pagure.appUrl);
  }

  private after(ms: number): Promise<void> {
    return this.clock.sleep((ms * LIVED_MS) / this.history.troubledMs);
  }
}

interface Body {
  readonly msg: JsonObject;
  readonly i: number;
  readonly timestamp: number;
}

/** Null when no answer came. */
function statusOf(url: string, { headers, body }: MadeWebHook): Promise<number | null> {
  return new Promise((resolve) => {
    const post = request(url, { method: 'POST', headers, agent: false }, (answer) =>
      resolve(answer.resume().statusCode ?? null),
    );
    post.on('error', () => resolve(null));
    post.end(body);
  });
}

/** What must not be true for a moment is written down in it. */
function watchDatabase(file: string): void {
  const native = new Sqlite(file);
  watch({ native } as Store);
  native.close();
}

function areTriggersRead(file: string): boolean {
  const native = new Sqlite(file, { readonly: true });
  const read = native.prepare('SELECT "triggersReadAt" FROM "pipeline"').pluck().all();
  native.close();
  return read.length > 0 && !read.includes(null);
}

/** The projects of the model, with the pipelines that the simulated world gives them. */
function declare(
  { folder, theme }: { folder: string; theme: Theme },
  standIn: StandInPagure,
  { projects }: ModelPagure,
) {
  return projects
    .map(({ fullname, key, id }, at) => {
      standIn.addProject({ fullname, key, id });
      writeFileSync(`${folder}/key-${id}`, key, { mode: 0o600 });
      const pipelines = Object.entries(pipelinesOf(theme, at)).map(([name, text]) => {
        writeFileSync(`${folder}/${name}.yml`, markScripts(text, `${folder}/effects`));
        return `{ name: ${name}, path: ${name}.yml }`;
      });
      return `
  - instance: ${standIn.instance}
    fullname: ${fullname}
    keys: [{ file: key-${id} }]
    token: { file: token }
    pipelines: [${pipelines.join(', ')}]`;
    })
    .join('');
}
