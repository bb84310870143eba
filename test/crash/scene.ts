/** What outlives a crash: a data folder, a project on a stand-in Pagure, and a file that every step of its jobs writes to. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { expect } from 'vitest';
import { SystemClock } from '../../src/kernel/clock.js';
import { SystemRandom } from '../../src/kernel/random.js';
import type { JsonObject } from '../../src/kernel/json.js';
import type { Event } from '../../src/model/event.js';
import type { Flag } from '../../src/model/flag.js';
import type { Job, Run, Step } from '../../src/model/run.js';
import { gitIn } from '../fixtures/repositories/restore.js';
import { type GitHttpHandler, gitHttpHandler } from '../stand-in/git-http.js';
import { pushMsg } from '../stand-in/messages.js';
import { StandInPagure } from '../stand-in/pagure.js';
import type { StandInFlag, StandInProject } from '../stand-in/projects.js';
import { Boot, type BootOptions, type End } from './boot.js';
import type { Disturbance } from './crash-main.js';
import { Sqlite } from '../../src/store/sqlite.js';

interface LabPipeline {
  readonly effects: string;
  readonly gate: string;
  /** As the language spells it; null for runs that do not take turns. */
  readonly concurrency: string | null;
}

/** Two jobs of three steps, each of which leaves a line; the second waits for the file `gate`. */
function pipelineOf({ effects, gate, concurrency }: LabPipeline): string {
  const mark = (step: string) => `echo "$GITHUB_SHA $(basename "$(dirname "$PWD")") ${step}" >> '${effects}'`;
  const wait = `until test -e '${gate}'; do sleep 0.05; done`;
  return `
on: push
${concurrency === null ? '' : `concurrency: ${concurrency}`}
jobs:
  build:
    runs-on: host
    steps:
      - run: ${mark('one')}
      - run: ${mark('two')}; echo "half $((1 + 1)) way"; ${wait}
  test:
    needs: build
    runs-on: host
    steps:
      - run: ${mark('three')}
`;
}

/** In the log of the second step, and nowhere in its script. */
export const HALF_WAY = 'half 2 way';

/** A line that a step left outside the data folder. */
export interface Effect {
  readonly commit: string;
  /** `<id of the job>-<attempt>`. */
  readonly attempt: string;
  readonly step: string;
}

export interface SceneOptions {
  /** As the setting spells it. */
  readonly drain?: string;
  /** Of the pipeline of `lab`, as the language spells it. */
  readonly concurrency?: string;
  /** Instead of the project `lab` and its repository. */
  readonly projects?: MakeProjects;
  readonly publicUrl?: string;
}

/** Makes what a scene is about in its folder, repositories in `<folder>/forge`; gives the text of its `projects:`. */
export type MakeProjects = (folder: string, pagure: StandInPagure) => string;

export interface Fate {
  readonly events: readonly Event[];
  readonly runs: readonly Run[];
  readonly jobs: readonly Job[];
  /** `<how-manieth job of the run>-<attempt> <step>`. */
  readonly effects: readonly string[];
  /** As the forge shows them. */
  readonly flags: readonly StandInFlag[];
}

type Settings = Readonly<Record<string, string>>;

const WAIT_MS = 90_000;

export class Scene {
  readonly data: string;
  /** Every flag that the forge took, in order. */
  readonly flagged: StandInFlag[] = [];
  /** Called with each request for a pack, before it is answered. */
  onFetch: () => void = () => undefined;
  private readonly boots: Boot[] = [];
  private readonly clock = new SystemClock();
  private readonly project: StandInProject;

  private constructor(
    readonly folder: string,
    readonly pagure: StandInPagure,
    private readonly options: SceneOptions,
    private readonly port: number,
  ) {
    this.data = `${folder}/data`;
    this.project = pagure.addProject({ fullname: 'lab', createdAt: this.clock.now() });
    pagure.onFlag((flag) => this.flagged.push(flag));
  }

  /** `onEnd` is given what closes it. */
  static async open(onEnd: (close: () => Promise<void>) => void, options: SceneOptions = {}): Promise<Scene> {
    const folder = mkdtempSync(`${tmpdir()}/pagure-actions-crash-`);
    const git = gitHttpHandler(`${folder}/forge`);
    const watchedGit: GitHttpHandler = (request, response) => {
      if (request.url?.endsWith('/git-upload-pack')) scene.onFetch();
      return git(request, response);
    };
    const pagure = await StandInPagure.start({ clock: new SystemClock(), random: new SystemRandom(), git: watchedGit });
    const scene = new Scene(folder, pagure, options, await freePort());
    onEnd(() => scene.close());
    writeFileSync(scene.effectsFile, '');
    writeFileSync(`${folder}/token`, pagure.addToken().token, { mode: 0o600 });
    scene.writeSettings((options.projects ?? (() => scene.makeLab()))(folder, pagure));
    return scene;
  }

  /** Starts the program: the real one, or the one that is disturbed. */
  start(disturbance: Disturbance | null = null, settings: Settings = {}): Boot {
    return this.boot({ disturbance, settings });
  }

  /** Starts the real one by another program, such as a tracer. */
  startUnder(...under: readonly string[]): Boot {
    return this.boot({ disturbance: null, under });
  }

  private boot({ settings = {}, ...how }: Pick<BootOptions, 'disturbance' | 'under'> & { settings?: Settings }): Boot {
    const env = { PATH: process.env['PATH'] ?? '', HOME: this.folder, ...settings };
    const boot = new Boot({ cwd: this.folder, env, ...how });
    this.boots.push(boot);
    return boot;
  }

  /** The start that lives: a new one of the second main when none does. */
  async alive(): Promise<Boot> {
    const last = this.boots.at(-1);
    const boot = last === undefined || last.isDead ? this.start({}) : last;
    await boot.listens();
    return boot;
  }

  /** In order. */
  async stop(): Promise<End> {
    const boot = await this.alive();
    boot.signal('SIGTERM');
    return boot.ended;
  }

  /** A new commit on main that Pagure has told nobody of yet. */
  commit(): string {
    const before = gitIn(this.repository, 'rev-parse', 'refs/heads/main');
    const after = gitIn(this.repository, 'commit-tree', '-p', before, '-m', 'more', `${before}^{tree}`);
    gitIn(this.repository, 'update-ref', 'refs/heads/main', after);
    return after;
  }

  /** Pagure's message that main moved by one commit: the status of its answer, null when none came. */
  async tell(after: string): Promise<number | null> {
    const before = gitIn(this.repository, 'rev-parse', `${after}^`);
    const push = { project: this.project, agent: 'alice', branch: 'main', before, after };
    const url = `http://127.0.0.1:${this.port}/hooks/pagure`;
    const answer = this.pagure.deliver(this.project, 'git.receive', pushMsg(this.pagure.appUrl, push), url);
    return answer.then(
      ({ status }) => status,
      () => null,
    );
  }

  /** Both; the commit. */
  async push(): Promise<string> {
    const commit = this.commit();
    expect([202, null]).toContain(await this.tell(commit));
    return commit;
  }

  /** Lets the second steps go on; so it is at first. */
  openGate(): void {
    writeFileSync(this.gateFile, '');
  }

  /** Holds every second step up. */
  closeGate(): void {
    rmSync(this.gateFile, { force: true });
  }

  /** What all its starts said. */
  get output(): string {
    return this.boots.map(({ output }) => output).join('\n');
  }

  effects(): readonly Effect[] {
    const lines = readFileSync(this.effectsFile, 'utf8').split('\n').slice(0, -1);
    return lines.map((line) => {
      const [commit = '', attempt = '', step = ''] = line.split(' ');
      return { commit, attempt, step };
    });
  }

  /** What became of one push. */
  fateOf(commit: string): Fate {
    const events = this.events().filter(({ after }) => after === commit);
    const runs = this.runs().filter(({ eventId }) => events.some(({ id }) => id === eventId));
    const jobs = this.jobs().filter(({ runId }) => runs.some(({ id }) => id === runId));
    const jobOf = (attempt: string) => 1 + jobs.findIndex(({ id }) => attempt.startsWith(`${id}-`));
    const effects = this.effects().filter((effect) => effect.commit === commit);
    const told = effects.map(({ attempt, step }) => `${jobOf(attempt)}-${attempt.split('-')[1]} ${step}`);
    return { events, runs, jobs, effects: told, flags: this.pagure.flagsOf(commit) };
  }

  events = () => this.rows<Event>('SELECT * FROM "event" ORDER BY "id"');
  runs = () => this.rows<Run>('SELECT * FROM "run" ORDER BY "id"');
  jobs = () => this.rows<Job>('SELECT * FROM "job" ORDER BY "id"');
  steps = () => this.rows<Step>('SELECT * FROM "step" ORDER BY "jobId", "attempt", "number"');
  flags = () => this.rows<Flag>('SELECT * FROM "flag" ORDER BY "id"');

  /** Waits until `holds`, a bounded time. */
  async until(what: string, holds: () => boolean, withinMs = WAIT_MS): Promise<void> {
    for (const limit = this.clock.now() + withinMs; !holds(); await this.clock.sleep(50))
      if (this.clock.now() > limit) throw new Error(`${what} did not come about\n${this.describe()}`);
  }

  /** Waits until every event was looked at, every run is done and the forge was told of each. */
  async atRest(): Promise<void> {
    await this.until('rest', () => this.isAtRest());
  }

  /** The same for a start that may die instead. */
  async atRestOrDead(boot: Boot): Promise<'at rest' | End> {
    await this.until('rest or death', () => boot.isDead || (boot.isListening && this.isAtRest()));
    return boot.isDead ? boot.ended : 'at rest';
  }

  /** Of the program. */
  get address(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Asks the program with its first token. */
  async api(path: string): Promise<unknown> {
    return (await this.ask(path)).json();
  }

  /** The same; the answer may have no end. */
  ask(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    return fetch(`${this.address}${path}`, { headers: { ...this.authorization(), ...headers } });
  }

  /** Asks it to do something. */
  order(path: string, body: JsonObject): Promise<Response> {
    const headers = { ...this.authorization(), 'content-type': 'application/json' };
    return fetch(`${this.address}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  private authorization() {
    return { authorization: `Bearer ${readFileSync(`${this.folder}/state/first-token`, 'utf8').trim()}` };
  }

  /** What is told is read last: it follows from the others. */
  isAtRest(): boolean {
    if (this.events().some(({ state }) => state === 'due') || !this.runs().every(isAtEnd)) return false;
    return this.flags().every(({ sentVersion, version, pausedReason }) => sentVersion === version || pausedReason);
  }

  private get repository(): string {
    return `${this.folder}/forge/lab.git`;
  }

  get effectsFile(): string {
    return `${this.folder}/effects`;
  }

  private get gateFile(): string {
    return `${this.folder}/open`;
  }

  private makeLab(): string {
    this.openGate();
    mkdirSync(`${this.folder}/work/.pagure/pipelines`, { recursive: true });
    const { effectsFile: effects, gateFile: gate, options } = this;
    const text = pipelineOf({ effects, gate, concurrency: options.concurrency ?? null });
    writeFileSync(`${this.folder}/work/.pagure/pipelines/ci.yml`, text);
    const work = `${this.folder}/work`;
    gitIn(work, 'init', '--quiet', '--template=', '--initial-branch=main');
    gitIn(work, 'add', '--all');
    gitIn(work, 'commit', '--quiet', '-m', 'first');
    gitIn(this.folder, 'clone', '--quiet', '--bare', work, this.repository);
    writeFileSync(`${this.folder}/key`, this.project.key, { mode: 0o600 });
    return `
  - instance: ${this.pagure.instance}
    fullname: lab
    keys: [{ file: key }]
    token: { file: token }
`;
  }

  private writeSettings(projects: string): void {
    writeFileSync(
      `${this.folder}/pagure-actions.yml`,
      `
server:
  data_dir: ${this.data}
  state_dir: ${this.folder}/state
  port: ${this.port}
  drain: ${this.options.drain ?? '10s'}
  public_url: ${this.options.publicUrl ?? this.address}
  host_shares_everything: true
  egress: { allow: [127.0.0.1] }
projects:${projects}`,
      { mode: 0o600 },
    );
  }

  /** Reads beside the program: what is on disk is what counts. */
  private rows<T>(sql: string): readonly T[] {
    const database = new Sqlite(`${this.data}/store.sqlite`, { readonly: true });
    try {
      return database.prepare(sql).all() as T[];
    } finally {
      database.close();
    }
  }

  private describe(): string {
    const rows = { events: this.events(), runs: this.runs(), jobs: this.jobs(), flags: this.flags() };
    return `${JSON.stringify(rows, undefined, 1)}\n${this.boots.map(({ output }) => output).join('\n---\n')}`;
  }

  private async close(): Promise<void> {
    for (const boot of this.boots) boot.signal('SIGKILL');
    await Promise.all(this.boots.map(({ ended }) => ended));
    await this.pagure.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A held run waits for a person. */
function isAtEnd({ state, trust }: Run): boolean {
  return state === 'done' || trust === 'held';
}

/** Below those that the system gives to whoever asks for any: nobody takes it while the program is down. */
async function freePort(): Promise<number> {
  const port = 10_000 + Math.floor(new SystemRandom().fraction() * 20_000);
  return (await isFree(port)) ? port : freePort();
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
