/** The clock of the house: puts due rows into the queue, makes events of due schedules, ends attempts whose lease is over. */
import type { Clock } from '../kernel/clock.js';
import { Rounds } from '../kernel/rounds.js';
import type { DueKind } from '../model/due.js';
import type { JobQueue } from '../queue/job-queue.js';
import type { ExpireJobs } from '../runs/expire-jobs.js';
import { type Backlog, WATCHED_PARTS, type WatchedPart } from '../store/backlog.js';
import type { CommentCommands } from '../store/comment-commands.js';
import type { DueAsked } from '../store/due-ids.js';
import type { Events } from '../store/events.js';
import type { Flags } from '../store/flags.js';
import type { Holds } from '../store/holds.js';
import type { OwnComments } from '../store/own-comments.js';
import type { Quarantine } from '../store/quarantine.js';
import type { Runs } from '../store/runs.js';
import type { Turns } from '../store/turns.js';
import type { ArmServerPipelines } from './arm-server-pipelines.js';
import type { FireSchedules } from './fire-schedules.js';

const EVERY_MS = 1_000;
/** One sweep in so many looks for all that may be due, also for what a clock that was wrong wrote. */
const WHOLE_EVERY = 60;
const ALL: ReadonlySet<WatchedPart> = new Set(WATCHED_PARTS);
/** Rows of one kind that one sweep puts. */
const BATCH = 1_000;

export interface SweptTables {
  readonly events: Events;
  readonly runs: Runs;
  readonly flags: Flags;
  readonly turns: Turns;
  readonly holds: Holds;
  readonly commands: CommentCommands;
  readonly comments: OwnComments;
  readonly quarantine: Quarantine;
  readonly backlog: Pick<Backlog, 'dueParts'>;
}

type Page = Required<Pick<DueAsked, 'limit' | 'afterId'>>;

/** What the sweep has others do. */
export interface SweptWork {
  readonly losses: ExpireJobs;
  readonly pipelines: ArmServerPipelines;
  readonly schedules: FireSchedules;
}

export class Sweep {
  private readonly rounds: Rounds;
  private looks = 0;
  /** Rows stay due until somebody has the time for them: where the last sweep of each kind stopped. */
  private readonly putUpTo = new Map<DueKind, number>();

  constructor(
    private readonly tables: SweptTables,
    private readonly queue: JobQueue,
    private readonly work: SweptWork,
    private readonly clock: Clock,
    /** Told of an error of one sweep; the next one comes all the same. */
    private readonly onError: (error: unknown) => void,
  ) {
    this.rounds = new Rounds(clock, EVERY_MS, () => this.look(), onError);
  }

  /** Looks now and then every second whether anything is due. */
  start(): void {
    this.rounds.start();
  }

  /** Nothing is put any more; a look that runs may still write. */
  stop(): void {
    void this.rounds.stop();
  }

  /** Asks one cheap question first: nearly always nothing is due, and then rarely more than one part. */
  private async look(): Promise<void> {
    const isWhole = this.looks++ % WHOLE_EVERY === 0;
    const due = isWhole ? ALL : await this.tables.backlog.dueParts(this.clock.now()).catch(() => ALL);
    await this.sweep(due);
  }

  /** One sweep. Losing the queue loses nothing, because this finds every row that is due. */
  once(): Promise<void> {
    return this.sweep(ALL);
  }

  /** A part that fails stops no other. */
  private async sweep(wanted: ReadonlySet<WatchedPart>): Promise<void> {
    const nowMs = this.clock.now();
    const { events, runs, flags, turns, holds, commands, comments, quarantine } = this.tables;
    const parts: Readonly<Record<WatchedPart, () => Promise<unknown>>> = {
      lease: () => this.work.losses.expired(BATCH),
      pipeline: () => this.work.pipelines.unread(BATCH, this.onError),
      schedule: () => this.work.schedules.due(BATCH, this.onError),
      event: () => this.putSome('event', (page) => events.dueIds({ nowMs, ...page })),
      job: () => this.putSome('job', (page) => runs.dueJobIds({ nowMs, ...page })),
      flag: () => this.putSome('flag', (page) => flags.dueIds({ nowMs, ...page })),
      turn: () => this.putSome('turn', (page) => turns.dueIds({ nowMs, ...page })),
      hold: () => this.putSome('hold', (page) => holds.dueIds({ nowMs, ...page })),
      command: () => this.putSome('command', (page) => commands.dueIds({ nowMs, ...page })),
      comment: () => this.putSome('comment', (page) => comments.dueIds({ nowMs, ...page })),
      quarantine: () => this.putSome('quarantine', (page) => quarantine.dueIds({ nowMs, ...page })),
    };
    for (const part of Object.keys(parts) as WatchedPart[])
      if (wanted.has(part)) await parts[part]().catch(this.onError);
  }

  /** The next ones after those of the last sweep, and from the start again behind the last one. */
  private async putSome(kind: DueKind, read: (page: Page) => Promise<readonly number[]>): Promise<void> {
    const ids = await read({ limit: BATCH, afterId: this.putUpTo.get(kind) ?? 0 });
    for (const id of ids) this.queue.put(kind, id);
    this.putUpTo.set(kind, ids.length < BATCH ? 0 : (ids.at(-1) ?? 0));
  }
}
