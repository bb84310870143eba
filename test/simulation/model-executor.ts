/** An executor as a model: scripts are words that say what they do, and everything that is run is written down. */
import { Executor, type Session, type SessionRequest } from '../../src/executor/executor.js';
import { Fault } from '../../src/kernel/errors.js';
import type { Command, Exit, RunningProcess, TakeOutput } from '../../src/process/running-process.js';
import type { Life } from './life.js';
import type { Trouble } from './trouble.js';

/** One script that a job ran: what the world would have seen of it. */
export interface SideEffect {
  readonly jobId: number;
  readonly attempt: number;
  /** The script's file, which carries the step's number. */
  readonly file: string;
  /** With what it was given, if it was given anything. */
  readonly script: string;
  /** In virtual time. */
  readonly atMs: number;
  /** Of the model alone: values of secrets that it was given in any way, and when its place to run was asked for. */
  readonly secrets?: readonly string[];
  readonly openedAtMs?: number;
}

/** What a value of a secret looks like in the model. */
export const SECRET = /s3cret-[\w-]+/g;

/** What scripts of the model may say; anything else succeeds at once. */
export const SCRIPTS = {
  quick: 'true',
  fails: 'false',
  slow: 'make all',
  loud: 'make noise',
  deploy: 'make deploy',
  /** Gives a value that tells the attempt. */
  give: 'give',
  take: 'take',
  /** Tells what it was given. */
  see: 'see',
  rest: 'rest',
  /** Until it is stopped. */
  serve: 'serve',
  /** Prints what it was given. */
  tell: 'tell',
} as const;

/** Those that run beside another, or after one that was cut off, print nothing. */
export const SILENT: ReadonlySet<string> = new Set([SCRIPTS.see, SCRIPTS.rest, SCRIPTS.serve]);

const TEMP = '/job/temp';
const LINES = 4;
const QUICK_MS = 4;
const SERVES_MS = 600_000;
/** As if an image had to be fetched first. */
const LONGEST_OPEN_MS = 40_000;

export class ModelExecutor extends Executor {
  override readonly label = 'host';

  constructor(
    private readonly life: Life,
    private readonly trouble: Trouble,
    private readonly effects: SideEffect[],
  ) {
    super();
  }

  override describe(): string {
    return 'jobs run in a model';
  }

  override open(request: SessionRequest): Promise<Session> {
    const { chance } = this.life;
    const askedMs = this.life.timeline.nowMs;
    const takesMs = chance.happens(0.1) ? chance.below(LONGEST_OPEN_MS) : chance.between(1, 50);
    return this.life.call(takesMs, () => {
      if (this.trouble.is('spawn fails')) throw new Fault('no folder could be made', { retryable: true });
      return new ModelSession(this.life, this.trouble, this.effects, { ...request, askedMs });
    });
  }

  /** Processes of a dead server die with it. */
  override endLeftovers(): Promise<void> {
    return this.life.call(1, () => undefined);
  }
}

class ModelSession implements Session {
  readonly workspace = '/job/workspace';
  readonly temp = TEMP;
  readonly toolCache = '/job/tools';
  readonly baseEnv = { PATH: '/usr/bin' };
  private readonly files = new Map<string, string>();
  private readonly running = new Set<ModelProcess>();

  constructor(
    private readonly life: Life,
    private readonly trouble: Trouble,
    private readonly effects: SideEffect[],
    private readonly request: SessionRequest & { readonly askedMs: number },
  ) {}

  run({ argv, env }: Command, output: TakeOutput): Promise<RunningProcess> {
    return this.life.call(2, () => {
      if (this.trouble.is('spawn fails')) throw new Fault('no process could be started', { retryable: true });
      const file = argv.at(-1) ?? '';
      const script = argv.includes('checkout') ? SCRIPTS.quick : (this.files.get(file) ?? '').trim();
      if (!argv.includes('checkout'))
        this.note(file, env['GIVEN'] === undefined ? script : `${script} ${env['GIVEN']}`, env);
      const process = new ModelProcess(this.life, script, output);
      if (script === SCRIPTS.tell) process.print(`given: ${env['GIVEN']}, ${env['SIGNED']}\n`);
      if (script === SCRIPTS.give) this.give(env['GITHUB_OUTPUT'] ?? '');
      this.running.add(process);
      return process;
    });
  }

  private note(file: string, script: string, env: Command['env']): void {
    const { jobId, attempt, askedMs: openedAtMs } = this.request;
    const secrets = [script, ...Object.values(env)].flatMap((text) => text.match(SECRET) ?? []);
    this.effects.push({ jobId, attempt, file, script, atMs: this.life.timeline.nowMs, secrets, openedAtMs });
  }

  private give(file: string): void {
    this.files.set(file, `made=${this.request.jobId}-${this.request.attempt}\n`);
  }

  put(path: string, bytes: Uint8Array | string): Promise<void> {
    return this.life.call(0, () => void this.files.set(path, Buffer.from(bytes as string).toString()));
  }

  read(path: string): Promise<Buffer | null> {
    const text = this.files.get(path);
    return this.life.call(0, () => (text === undefined ? null : Buffer.from(text)));
  }

  which(program: string): Promise<string | null> {
    return Promise.resolve(`/usr/bin/${program}`);
  }

  async close(): Promise<void> {
    for (const process of this.running) process.kill();
    await this.life.call(1, () => undefined);
  }
}

/** Prints its lines in even parts of its time, and ends with them. */
class ModelProcess implements RunningProcess {
  readonly pid = 1;
  readonly exit: Promise<Exit>;
  private end!: (exit: Exit) => void;

  constructor(
    private readonly life: Life,
    private readonly script: string,
    private readonly output: TakeOutput,
  ) {
    this.exit = new Promise((resolve) => {
      this.end = resolve;
    });
    void this.play();
  }

  signal(name: NodeJS.Signals): void {
    this.life.timeline.after(5, () => this.end({ code: null, signal: name }));
  }

  kill(): void {
    this.end({ code: null, signal: 'SIGKILL' });
  }

  killBranch(): void {
    this.kill();
  }

  /** At once, before its own lines. */
  print(text: string): void {
    void this.say(text);
  }

  /** False when nobody listens any more. */
  private say(text: string): Promise<boolean> {
    return Promise.resolve(this.output(Buffer.from(text), 'stdout')).then(
      () => true,
      () => false,
    );
  }

  private async play(): Promise<void> {
    const { fails } = SCRIPTS;
    const lines = this.lines();
    const totalMs = this.totalMs();
    if (lines === 0) await this.life.wait(totalMs);
    for (let line = 1; line <= lines; line += 1) {
      await this.life.wait(totalMs / lines);
      if (!(await this.say(`line ${line} of ${lines}\n`))) break;
    }
    this.end({ code: this.script === fails ? 1 : 0, signal: null });
  }

  private lines(): number {
    if (SILENT.has(this.script)) return 0;
    return this.script === SCRIPTS.loud ? LINES * 5 : LINES;
  }

  /** Jobs whose steps are quick end side by side. */
  private totalMs(): number {
    const { quick, fails, slow, deploy, take, see, serve, tell } = SCRIPTS;
    if ([quick, fails, take, see, tell].some((one) => one === this.script)) return QUICK_MS;
    if (this.script === serve) return SERVES_MS;
    if (this.script === deploy) return 40_000;
    return this.script === slow ? 120_000 : this.life.chance.between(10, 20_000);
  }
}
