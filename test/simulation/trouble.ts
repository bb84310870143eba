/** What is broken in the world at a time: windows of virtual time, drawn from the seed. */
import { Sqlite } from '../../src/store/sqlite.js';
import type { SeededRandom } from './seeded-random.js';
import type { Timeline } from './timeline.js';

export type TroubleKind =
  | 'git down'
  | 'forge says 429'
  | 'forge says 500'
  | 'forge is silent'
  | 'token expired'
  | 'disk full'
  | 'disk broken'
  | 'disk slow'
  | 'spawn fails'
  | 'queue loses'
  | 'clock wrong';

export interface TroubleWindow {
  readonly kind: TroubleKind;
  readonly fromMs: number;
  readonly forMs: number;
  /** Of `clock wrong` alone. */
  readonly skewMs: number;
}

export class Trouble {
  private readonly refusals = new WeakSet<Error>();

  constructor(
    private readonly timeline: Timeline,
    private readonly windows: readonly TroubleWindow[],
    private readonly calmFromMs: number,
  ) {}

  /** From then on nothing breaks any more. */
  get isOver(): boolean {
    return this.timeline.nowMs >= this.calmFromMs;
  }

  is(kind: TroubleKind): boolean {
    return this.find(kind) !== undefined;
  }

  skewMs(): number {
    return this.find('clock wrong')?.skewMs ?? 0;
  }

  /** Throws what the driver throws when the disk says no. What is small still fits on a full one now and then. */
  touchDisk(chance: SeededRandom): void {
    if (this.is('disk full') && chance.happens(0.5)) throw this.refusal('database or disk is full', 'SQLITE_FULL');
    if (this.is('disk broken')) throw this.refusal('disk I/O error', 'SQLITE_IOERR_WRITE');
  }

  /** Is it, or one of its causes, what `touchDisk` threw? It may be told of when the disk is well again. */
  hasCaused(error: unknown): boolean {
    if (!(error instanceof Error)) return false;
    return this.refusals.has(error) || this.hasCaused(error.cause);
  }

  private refusal(message: string, code: string): Error {
    const error = new Sqlite.SqliteError(message, code);
    this.refusals.add(error);
    return error;
  }

  private find(kind: TroubleKind): TroubleWindow | undefined {
    const { nowMs } = this.timeline;
    return this.windows.find((one) => one.kind === kind && one.fromMs <= nowMs && nowMs < one.fromMs + one.forMs);
  }
}
