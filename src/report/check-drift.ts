/** Reads the flags of open pull-requests back from time to time, so that what the forge lost or shows otherwise is mended. */
import type { Clock } from '../kernel/clock.js';
import type { Random } from '../kernel/random.js';
import { Rounds } from '../kernel/rounds.js';
import type { Flag } from '../model/flag.js';
import type { CheckedFlag, Flags } from '../store/flags.js';
import type { PullStandings } from '../store/pull-standings.js';
import type { Store } from '../store/store.js';

const EVERY_MS = 60_000;
/** One flag is looked at again so long after it was sent or looked at, at most; the second half is drawn. */
const CHECK_AFTER_MS = 6 * 3_600_000;
/** After so long without anything new nobody looks at it any more. */
const LONGEST_MS = 90 * 24 * 3_600_000;
/** Of one look: a forge is asked seldom, however many flags there are. */
export const CHECK_BOUNDS = { perProject: 5, limit: 30 };

export interface CheckedTables {
  readonly store: Store;
  readonly flags: Flags;
  readonly pulls: PullStandings;
}

/** Drawn, so that flags that were sent together are not looked at together. */
export function nextCheck(nowMs: number, random: Random): number {
  return nowMs + Math.round(CHECK_AFTER_MS * (0.5 + random.fraction() / 2));
}

export function isOfPull({ subject }: Pick<Flag, 'subject'>): boolean {
  return pullOf(subject) !== null;
}

export class CheckDrift {
  private readonly rounds: Rounds;

  constructor(
    private readonly tables: CheckedTables,
    private readonly clock: Clock,
    private readonly random: Random,
    /** Told of an error of one look; the next one comes all the same. */
    onError: (error: unknown) => void,
  ) {
    this.rounds = new Rounds(clock, EVERY_MS, () => this.once(), onError);
  }

  /** Looks in a minute, and then every minute. */
  start(): void {
    this.rounds.startLater();
  }

  /** Resolves when nothing is written any more. */
  stop(): Promise<void> {
    return this.rounds.stop();
  }

  /** One look, over as many flags as `CHECK_BOUNDS` allows. */
  async once(): Promise<void> {
    for (const flag of await this.tables.flags.toCheck(this.clock.now(), CHECK_BOUNDS)) await this.check(flag);
  }

  private async check(flag: CheckedFlag): Promise<void> {
    const { store, flags } = this.tables;
    const nowMs = this.clock.now();
    const isWanted = await this.isWanted(flag, nowMs);
    await store.commit((tx) =>
      isWanted
        ? flags.doubt(tx, flag.id, { nowMs, checkAt: nextCheck(nowMs, this.random) })
        : flags.endChecks(tx, flag.id),
    );
  }

  /** Of a pull-request that was closed, and of commits that are not its head any more, nobody looks at the flags. */
  private async isWanted({ projectId, subject, commit, sentAt }: CheckedFlag, nowMs: number): Promise<boolean> {
    const number = pullOf(subject);
    if (number === null || nowMs - (sentAt ?? 0) > LONGEST_MS) return false;
    const standing = await this.tables.pulls.of(projectId, number);
    return standing !== null && standing.isOpen && (standing.head === null || standing.head === commit);
  }
}

function pullOf(subject: string): number | null {
  const [, number] = /^pull(?:-target)?\/(\d+)@/.exec(subject) ?? [];
  return number === undefined ? null : Number(number);
}
