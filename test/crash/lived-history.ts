/** A history of the simulated world, lived by the real program: over HTTP, on real repositories, killed at the drawn places. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { expect } from 'vitest';
import { makeWebHook } from '../../src/forge/pagure-web-hook.js';
import { SystemClock } from '../../src/kernel/clock.js';
import type { JsonObject } from '../../src/kernel/json.js';
import { Sqlite } from '../../src/store/sqlite.js';
import { Store } from '../../src/store/store.js';
import type { History, Move } from '../simulation/history.js';
import { APP_URL, type Message, ModelPagure, type Told } from '../simulation/model-pagure.js';
import { findingsOf, readRows, type Seen } from '../simulation/oracle.js';
import { SeededRandom } from '../simulation/seeded-random.js';
import type { Acknowledged } from '../simulation/world.js';
import type { StandInPagure } from '../stand-in/pagure.js';
import type { Boot, End } from './boot.js';
import { ANYWHERE, type CrashPoint } from './crash-point.js';
import { programsIn } from './programs-in.js';
import { RealRepositories } from './real-repositories.js';
import { Scene } from './scene.js';

/** All moves and blows happen within this time, however long the history says. */
const LIVED_MS = 2_500;
const REST_WITHIN_MS = 60_000;
/** A delivery may come so much later than the change that it tells of, in the time of the history. */
const LATEST_MS = 5_000;

export interface LivedFate {
  /** In words; nothing when all is well. */
  readonly findings: readonly string[];
  readonly deaths: number;
  readonly stops: number;
  readonly acknowledged: number;
  readonly runs: number;
}

/** Plays it to rest; what the oracle of the simulated world finds. Rejects when it does not come to rest. */
export async function live(history: History, onEnd: (close: () => Promise<void>) => void): Promise<LivedFate> {
  const chance = SeededRandom.named(history.seed, 'pagure');
  const pagure = new ModelPagure(
    chance,
    () => new SystemClock().now(),
    (message) => void lived.outbox.push(message),
  );
  const repositories: { real?: RealRepositories } = {};
  const scene = await Scene.open(onEnd, {
    projects: (folder, standIn) => {
      repositories.real = new RealRepositories(`${folder}/forge`, pagure.projects);
      return declare(folder, standIn, pagure);
    },
  });
  const lived = new LivedHistory(history, scene, pagure, repositories.real!);
  return lived.play();
}

interface Sent {
  readonly message: Message;
  readonly body: Buffer;
  /** Null when no answer came. */
  readonly status: number | null;
}

class LivedHistory {
  /** What the model wants to post. */
  readonly outbox: Message[] = [];
  private readonly clock = new SystemClock();
  private readonly chance: SeededRandom;
  private readonly sent: Sent[] = [];
  private onTheirWay = 0;
  private pending: CrashPoint[] = [];
  private readonly ends: End[] = [];
  private boot: Boot;
  private isOver = false;

  constructor(
    private readonly history: History,
    private readonly scene: Scene,
    private readonly pagure: ModelPagure,
    private readonly real: RealRepositories,
  ) {
    this.chance = SeededRandom.named(history.seed, 'ways');
    this.boot = scene.start({});
    scene.pagure.onFlag((flag) => {
      this.pagure.flagged({ fullname: flag.project } as never, flag as never);
      this.post();
    });
  }

  async play(): Promise<LivedFate> {
    await this.boot.listens();
    const living = this.keepAlive();
    await Promise.all([
      ...this.history.moves.map((move) => this.make(move)),
      ...this.blows(),
      this.after(this.history.troubledMs),
    ]);
    await this.scene.until('rest', () => this.isAtRest(), REST_WITHIN_MS);
    this.isOver = true;
    await this.boot.arm([]);
    this.boot.signal('SIGTERM');
    await living;
    return this.judge();
  }

  private async make(move: Move): Promise<void> {
    await this.after(move.atMs);
    if (move.kind === 'cancel') return this.cancel(move.nth);
    this.pagure.play(move);
    this.post();
  }

  private blows(): readonly Promise<void>[] {
    return this.history.blows.map(async (blow) => {
      if (blow.kind === 'trouble') return;
      await this.after(blow.atMs);
      if (blow.kind === 'stop') return this.boot.signal('SIGTERM');
      this.pending.push({ at: ANYWHERE, nth: blow.places + 1, then: 'kill' });
      if (this.pending.length === 1) await this.boot.arm(this.pending);
    });
  }

  /** Starts it again whenever it ends, armed with the crash that is still to come. */
  private async keepAlive(): Promise<void> {
    for (;;) {
      const end = await this.boot.ended;
      this.ends.push(end);
      expect(end, this.boot.output).toBeOneOf(['SIGKILL', 0]);
      if (this.isOver) return;
      if (end === 'SIGKILL') this.pending.shift();
      this.boot = this.scene.start({ points: this.pending.slice(0, 1) });
    }
  }

  private isAtRest(): boolean {
    return this.boot.isListening && !this.boot.isDead && this.onTheirWay === 0 && this.scene.isAtRest();
  }

  private async cancel(nth: number): Promise<void> {
    const open = this.boot.isListening ? this.scene.runs().filter(({ state }) => state !== 'done') : [];
    if (open.length === 0) return;
    const { id } = open[nth % open.length]!;
    await this.scene.order(`/api/v1/runs/${id}/cancel`, { reason: 'somebody wished it' }).catch(() => undefined);
  }

  /** Pagure posts once; a few of its posts come twice, and each takes its time. */
  private post(): void {
    this.real.follow();
    for (const message of this.outbox.splice(0))
      for (let left = this.chance.happens(0.1) ? 2 : 1; left > 0; left -= 1)
        void this.postOne(message, this.chance.below(LATEST_MS));
  }

  private async postOne(message: Message, delayMs: number): Promise<void> {
    const { headers, body } = this.realHook(message);
    this.onTheirWay += 1;
    await this.after(delayMs);
    const status = await new Promise<number | null>((resolve) => {
      const post = request(`${this.scene.address}/hooks/pagure`, { method: 'POST', headers, agent: false }, (answer) =>
        resolve(answer.resume().statusCode ?? null),
      );
      post.on('error', () => resolve(null));
      post.end(body);
    });
    this.onTheirWay -= 1;
    this.sent.push({ message, body, status });
  }

  /** Signed anew: it tells of real commits of a real address. */
  private realHook({ project, topic, id, hook }: Message) {
    const envelope = JSON.parse(this.translate(hook.body.toString('utf8'))) as {
      msg: JsonObject;
      i: number;
      timestamp: number;
    };
    const { key } = this.pagure.projects.find(({ fullname }) => fullname === project)!;
    const { msg, i, timestamp } = envelope;
    const sender = { instance: this.scene.pagure.appUrl, fullname: project, key };
    return makeWebHook(sender, { topic, msg, i, timestamp, msgId: id });
  }

  private translate(text: string): string {
    return this.real.translate(text).replaceAll(APP_URL, this.scene.pagure.appUrl);
  }

  private after(ms: number): Promise<void> {
    return this.clock.sleep((ms * LIVED_MS) / this.history.troubledMs);
  }

  private async judge(): Promise<LivedFate> {
    const file = `${this.scene.data}/store.sqlite`;
    const store = await Store.open(file);
    try {
      const rows = await readRows({ database: store });
      const acknowledged = this.acknowledged();
      const seen = {
        acknowledged,
        posted: new Map(this.sent.map(({ message }) => [message.id, this.realMessage(message)])),
        canceled: [],
        pagure: this.pagure,
        effects: this.scene.effects().map(({ attempt, step }) => ({ ...numbersOf(attempt), file: step, script: step })),
        flags: this.flagBoard(),
        logs: { logs: this.logs() },
        surprises: errorsIn(this.scene.output),
        faults: { crashes: this.ends.filter((end) => end === 'SIGKILL').length },
      };
      const findings = [...findingsOf(seen as unknown as Seen, rows), ...this.leftovers(file)];
      return {
        findings,
        deaths: seen.faults.crashes,
        stops: this.ends.filter((end) => end === 0).length - 1,
        acknowledged: acknowledged.length,
        runs: rows.runs.length,
      };
    } finally {
      await store.close();
    }
  }

  private acknowledged(): readonly Acknowledged[] {
    return this.sent.flatMap(({ message, body, status }) => {
      return status === null || status >= 300 ? [] : [{ message, body, status }];
    });
  }

  private realMessage(message: Message): Message {
    return { ...message, told: JSON.parse(this.real.translate(JSON.stringify(message.told))) as Told };
  }

  private flagBoard(): ReadonlyMap<string, { readonly status: string; readonly url: string }> {
    return new Map(this.scene.flagged.map((flag) => [`${flag.commit} ${flag.uid}`, flag]));
  }

  private logs(): ReadonlyMap<string, { readonly bytes: Buffer }> {
    const names = readdirSync(this.scene.data, { recursive: true, encoding: 'utf8' });
    const logs = names.filter((name) => name.endsWith('.log'));
    return new Map(logs.map((name) => [name, { bytes: readFileSync(`${this.scene.data}/${name}`) }]));
  }

  private leftovers(file: string): readonly string[] {
    return [
      ...programsIn(this.scene.data).map((program) => `${program} was left over`),
      ...integrityOf(file).map((fault) => `the database is damaged: ${fault}`),
    ];
  }
}

/** Nothing when all is well. */
export function integrityOf(file: string): readonly string[] {
  const database = new Sqlite(file, { readonly: true });
  try {
    const rows = database.pragma('integrity_check') as { readonly integrity_check: string }[];
    return rows.map((row) => row.integrity_check).filter((text) => text !== 'ok');
  } finally {
    database.close();
  }
}

function numbersOf(text: string): { readonly jobId: number; readonly attempt: number } {
  const [jobId, attempt] = text.split('-').map(Number);
  return { jobId: jobId ?? 0, attempt: attempt ?? 0 };
}

function errorsIn(output: string): readonly string[] {
  return output.split('\n').filter((line) => line.startsWith('{"level":"error"'));
}

/** The projects of the model, with the pipelines that the simulated world gives them: their steps leave lines. */
function declare(folder: string, standIn: StandInPagure, pagure: ModelPagure): string {
  const pipelines = pipelinesOf(`${folder}/effects`);
  for (const [name, text] of Object.entries(pipelines)) writeFileSync(`${folder}/${name}.yml`, text);
  const named = Object.keys(pipelines).map((name) => `{ name: ${name}, path: ${name}.yml }`);
  return pagure.projects
    .map(({ fullname, key, id }) => {
      standIn.addProject({ fullname, key, id });
      writeFileSync(`${folder}/key-${id}`, key, { mode: 0o600 });
      return `
  - instance: ${standIn.instance}
    fullname: ${fullname}
    keys: [{ file: key-${id} }]
    token: { file: token }
    pipelines: [${named.join(', ')}]`;
    })
    .join('');
}

function pipelinesOf(effects: string): Readonly<Record<'ci' | 'branches' | 'pulls', string>> {
  const mark = (step: string, then: string) =>
    `      - run: |
          echo "$GITHUB_SHA $(basename "$(dirname "$PWD")") ${step}" >> '${effects}'
          for line in 1 2 3; do echo "line $line of 3"; done
          ${then}
`;
  const job = (name: string, then: string, more = '') =>
    `  ${name}:\n    runs-on: host\n${more}    steps:\n${mark('one', then)}${mark('two', 'true')}`;
  return {
    ci: `on: push\njobs:\n${job('a', 'true')}${job('b', 'sleep 0.2', '    needs: a\n')}`,
    branches: `on: { push: { branches: ['**'] } }\njobs:\n${job('a', 'true')}${job('b', 'false')}`,
    pulls: `on: pull_request\njobs:\n${job('a', 'true')}`,
  };
}
