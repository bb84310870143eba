/** The real world of the program: its data folder, git, processes, the network. */
import { join } from 'node:path';
import { FileBlobs } from './blobs/file-blobs.js';
import type { RunningSettings } from './config/running-settings.js';
import { Egress } from './egress/egress.js';
import { systemLookup } from './egress/system-lookup.js';
import { Executors } from './executor/executors.js';
import { HostExecutor } from './executor/host-executor.js';
import { openForges } from './forge/forges.js';
import { MirrorGit } from './git/mirror-git.js';
import { realPath } from './git/real-path.js';
import { type Clock, SystemClock } from './kernel/clock.js';
import { SystemRandom } from './kernel/random.js';
import { ProcessStarter } from './process/process-starter.js';
import { InProcessQueue } from './queue/in-process-queue.js';
import { Runner } from './runner/runner.js';
import { type ProcessLock, takeProcessLock } from './store/process-lock.js';
import { Store } from './store/store.js';
import type { World } from './app.module.js';

const FETCH_TIMEOUT_MS = 10 * 60_000;

export interface OpenWorldOptions {
  readonly settings: RunningSettings;
  readonly masterKey: Buffer;
  /** The program's own environment: only named parts of it are passed on. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly onError: (error: unknown) => void;
  /** Called when another process holds the data folder and is waited for. */
  readonly onWait?: () => void;
  /** Tests of recorded input set it; the machine's clock otherwise. */
  readonly clock?: Clock;
}

/** A world with what must be closed when the house has stopped. */
export interface OpenedWorld {
  readonly world: World;
  readonly git: MirrorGit;
  /** After the house was closed. */
  close(): Promise<void>;
}

/** Throws a Refusal when another process works in the data folder. */
export async function openWorld(options: OpenWorldOptions): Promise<OpenedWorld> {
  const { settings, masterKey, env, onError, clock = new SystemClock(), onWait = () => undefined } = options;
  const { dataDir } = settings;
  const random = new SystemRandom();
  const lock = await takeProcessLock(join(dataDir, 'lock.sqlite'), { waitMs: settings.drainMs, clock, onWait });
  const starter = await ProcessStarter.detect(join(dataDir, 'pipes'), clock);
  const egress = new Egress(settings.egress, { lookup: systemLookup, realPath });
  const git = new MirrorGit({
    root: join(dataDir, 'mirrors'),
    baseEnv: { PATH: env['PATH'] ?? '/usr/bin:/bin' },
    egress,
    start: (command, output) => starter.start(command, output),
    clock,
    fetchTimeoutMs: FETCH_TIMEOUT_MS,
    mostBytes: settings.mirrorBytes,
  });
  const host = new HostExecutor({
    ...{ root: join(dataDir, 'host'), env, starter, report: onError },
    kept: { clock, keepMs: settings.toolCacheMs },
  });
  const executors = new Executors([host]);
  const world: World = {
    clock,
    random,
    bootId: random.hex(8),
    settings,
    store: await Store.open(join(dataDir, 'store.sqlite')),
    masterKey,
    queue: new InProcessQueue(clock, onError),
    forges: openForges(egress, clock),
    git,
    executors,
    runner: new Runner(executors, { clock, random, node: process.execPath }, { nodes: settings.nodes }),
    blobs: new FileBlobs(join(dataDir, 'logs')),
  };
  return { world, git, close: () => closeAll(host, starter, lock) };
}

async function closeAll(host: HostExecutor, starter: ProcessStarter, lock: ProcessLock): Promise<void> {
  await host.settle();
  starter.close();
  lock.release();
}
