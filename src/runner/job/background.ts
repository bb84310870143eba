/** The steps that run in the background of a job: at most ten at once, each seen by the others only when it is collected. */
import type { PlannedStep } from '../../model/plan.js';
import type { Ending } from './ending.js';
import type { Exports } from './exports.js';

const SLOTS = 10;

/** How a step in the background ended. */
export interface BackgroundEnd {
  readonly step: PlannedStep;
  readonly name: string;
  readonly ending: Ending;
  readonly mayFail: boolean;
}

export interface BackgroundEntry {
  readonly step: PlannedStep;
  readonly exports: Exports;
  readonly ended: Promise<BackgroundEnd>;
  /** Stops this step alone. */
  readonly cancel: () => void;
}

/** What `run` gets: resolve `slot` before anything is started. */
export interface BackgroundPlace {
  readonly exports: Exports;
  /** Aborted when a `cancel` step names it. */
  readonly alone: AbortSignal;
  /** Resolves when it may start, or was canceled before it might. */
  readonly slot: Promise<void>;
}

export class Background {
  private readonly entries: BackgroundEntry[] = [];
  private readonly waiting: (() => void)[] = [];
  private free = SLOTS;

  /** `run` is called at once; what it rejects with is thrown by whoever collects. */
  start(step: PlannedStep, exports: Exports, run: (place: BackgroundPlace) => Promise<BackgroundEnd>): void {
    const canceling = new AbortController();
    const fork = exports.fork();
    const alone = canceling.signal;
    const slot = this.takeSlot(alone);
    const ended = run({ exports: fork, alone, slot: slot.then(() => undefined) });
    void Promise.all([slot, ended.catch(() => undefined)]).then(([isTaken]) => isTaken && this.giveSlot());
    ended.catch(() => undefined);
    this.entries.push({ step, exports: fork, ended, cancel: () => canceling.abort() });
  }

  /** Takes those out that are named, whatever their case; all of them without names. */
  take(ids: readonly string[] | null): readonly BackgroundEntry[] {
    const wanted = ids && new Set(ids.map((id) => id.toLowerCase()));
    const taken = this.entries.filter(({ step }) => wanted?.has(step.id.toLowerCase()) ?? true);
    for (const entry of taken) this.entries.splice(this.entries.indexOf(entry), 1);
    return taken;
  }

  /** False when it was canceled before there was one. */
  private async takeSlot(canceled: AbortSignal): Promise<boolean> {
    if (this.free === 0) return this.waitForSlot(canceled);
    this.free -= 1;
    return true;
  }

  private waitForSlot(canceled: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const take = () => resolve(true);
      this.waiting.push(take);
      canceled.addEventListener('abort', () => {
        const at = this.waiting.indexOf(take);
        if (at >= 0) this.waiting.splice(at, 1);
        resolve(false);
      });
    });
  }

  private giveSlot(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.free += 1;
  }
}
