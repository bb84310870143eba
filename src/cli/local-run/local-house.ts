/** What runs jobs here: an executor in a folder of its own, which is gone when the verb is over. */
import { rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Executor, type Session, type SessionRequest } from '../../executor/executor.js';
import { Executors } from '../../executor/executors.js';
import { HostExecutor } from '../../executor/host-executor.js';
import type { AskGit } from '../../git/working-tree.js';
import type { Clock } from '../../kernel/clock.js';
import { ProcessStarter } from '../../process/process-starter.js';
import type { VerbCall } from '../verb.js';
import { makeRunFolder, removeLeftFolders } from './left-folders.js';

export class LocalHouse {
  private readonly executor: EndableExecutor;
  private readonly host: HostExecutor;
  private readonly tidying: Promise<void>;

  private constructor(
    /** Absolute and real: all that jobs leave is below it. */
    readonly folder: string,
    private readonly starter: ProcessStarter,
    private readonly call: VerbCall,
    private readonly clock: Clock,
  ) {
    // What cannot be deleted at once goes with the whole folder.
    this.host = new HostExecutor({ root: join(folder, 'host'), env: call.env, starter, report: () => undefined });
    this.executor = new EndableExecutor(this.host);
    this.tidying = removeLeftFolders(dirname(folder), starter);
  }

  /** Throws a Fault when the machine gives no folder or no process. `close` it. */
  static async open(call: VerbCall, clock: Clock): Promise<LocalHouse> {
    const folder = makeRunFolder(call.env['TMPDIR'] || tmpdir());
    try {
      return new LocalHouse(folder, await ProcessStarter.detect(join(folder, 'pipes'), clock), call, clock);
    } catch (thrown) {
      rmSync(folder, { recursive: true, force: true });
      throw thrown;
    }
  }

  /** Whatever a job's labels are: it runs here. */
  get executors(): Executors {
    return new Executors([this.executor]);
  }

  get git(): AskGit {
    const env = Object.entries(this.call.env).filter((pair): pair is [string, string] => pair[1] !== undefined);
    return {
      start: (command, output) => this.starter.start(command, output),
      clock: this.clock,
      env: Object.fromEntries(env),
    };
  }

  /** Ends all processes of all jobs at once; nothing more is started. */
  kill(): Promise<void> {
    return this.executor.endAll();
  }

  /** Ends what still runs and takes the folder away. */
  async close(): Promise<void> {
    await this.executor.endAll();
    await Promise.all([this.host.settle(), this.tidying]);
    this.starter.close();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Knows the jobs that are open, so that all can be ended at once. */
class EndableExecutor extends Executor {
  readonly label: string;
  private readonly sessions = new Set<Session>();
  private isEnding = false;

  constructor(private readonly inner: Executor) {
    super();
    this.label = inner.label;
  }

  describe(): string {
    return this.inner.describe();
  }

  async open(request: SessionRequest): Promise<Session> {
    const session = await this.inner.open(request);
    this.sessions.add(session);
    if (this.isEnding) await session.close();
    return session;
  }

  endLeftovers(): Promise<void> {
    return this.inner.endLeftovers();
  }

  async endAll(): Promise<void> {
    this.isEnding = true;
    await Promise.all([...this.sessions].map((session) => session.close()));
  }
}
