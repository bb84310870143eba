/** Can the server take and do work just now? Every part that it needs is tried. */
import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { RUNNING_SETTINGS, type RunningSettings } from '../config/running-settings.js';
import { Clock } from '../kernel/clock.js';
import { type InputFault, messageOf } from '../kernel/errors.js';
import type { DueKind } from '../model/due.js';
import { JobQueue } from '../queue/job-queue.js';
import { freeDiskBytes } from '../store/free-disk.js';
import { Projects } from '../store/projects.js';
import { StoreProbe } from '../store/store-probe.js';

/** What is tried, in this order. */
export const CHECKS = ['database', 'disk', 'queue', 'key', 'running'] as const;
type Check = (typeof CHECKS)[number];

/** Everybody may ask: an answer is good for so long, and nobody waits longer than this for a check. */
const GOOD_FOR_MS = 2_000;
const LONGEST_CHECK_MS = 5_000;
const LEAST_FREE_MIB = 256;
const MIB = 1024 * 1024;
const KINDS: readonly DueKind[] = ['event', 'job', 'flag', 'turn', 'hold', 'command', 'comment'];

/** What is wrong, by check; nothing of what a machine said of itself is told, for that is in the log. */
type Faults = readonly InputFault[];

@Injectable()
export class Readiness implements OnModuleDestroy {
  private readonly logger = new Logger(Readiness.name);
  private isStopping = false;
  private last: { readonly faults: Promise<Faults>; readonly untilMs: number } | null = null;

  constructor(
    @Inject(StoreProbe) private readonly probe: StoreProbe,
    @Inject(Projects) private readonly projects: Projects,
    @Inject(JobQueue) private readonly queue: JobQueue,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(RUNNING_SETTINGS) private readonly settings: RunningSettings,
  ) {}

  /** Nest's first hook when it is told to stop: who asks from now on sends its work elsewhere. */
  onModuleDestroy(): void {
    this.isStopping = true;
  }

  /** What is not as it must be; nothing when all is well. Never rejects. */
  async faults(): Promise<Faults> {
    if (this.isStopping) return [{ path: 'running', message: 'the server is stopping' }];
    const nowMs = this.clock.now();
    if (this.last === null || nowMs >= this.last.untilMs || nowMs < this.last.untilMs - GOOD_FOR_MS)
      this.last = { faults: this.tryAll(), untilMs: nowMs + GOOD_FOR_MS };
    return this.last.faults;
  }

  private async tryAll(): Promise<Faults> {
    const tried = await Promise.all([
      this.try('database', 'cannot be written and read', () => this.probe.prove()),
      this.try('disk', `has less than ${LEAST_FREE_MIB} MiB free, or cannot be asked`, () => this.demandRoom()),
      this.try('queue', 'nobody takes from it', () => this.demandTakers()),
      this.try('key', 'the master key does not open what is stored', () => this.demandKey()),
    ]);
    return tried.flat();
  }

  private async try(path: Check, message: string, check: () => unknown): Promise<Faults> {
    const over = new AbortController();
    try {
      const late = this.clock.sleep(LONGEST_CHECK_MS, over.signal).then(() => Promise.reject(new Error('no answer')));
      await Promise.race([Promise.resolve().then(check), late]);
      return [];
    } catch (error) {
      this.logger.warn(`not ready, ${path}: ${messageOf(error)}`);
      return [{ path, message }];
    } finally {
      over.abort();
    }
  }

  private async demandRoom(): Promise<void> {
    const free = await freeDiskBytes(this.settings.dataDir);
    if (free < LEAST_FREE_MIB * MIB) throw new Error(`${Math.floor(free / MIB)} MiB are free`);
  }

  /** One project whose keys do not open is told of where projects are shown; the others are served. */
  private async demandKey(): Promise<void> {
    if (!(await this.projects.isUnderThisMasterKey())) throw new Error('nothing that is sealed opens');
  }

  private demandTakers(): void {
    const left = KINDS.filter((kind) => !this.queue.isTaking(kind));
    if (left.length > 0) throw new Error(`nobody takes ${left.join(', ')}`);
  }
}
