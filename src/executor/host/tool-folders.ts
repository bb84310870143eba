/** Folders that last over jobs, one per project and trust: `tools/`. Those that no job has asked for in a long time are taken away. */
import { lstatSync, lutimesSync, mkdirSync, readdirSync, realpathSync } from 'node:fs';
import type { Clock } from '../../kernel/clock.js';
import { Fault } from '../../kernel/errors.js';

/** How often one looks for old ones at most. */
const LOOK_EVERY_MS = 3_600_000;

export interface KeptTools {
  readonly clock: Clock;
  /** After the last job that had it. */
  readonly keepMs: number;
}

export interface ToolFolder {
  /** Absolute and real. */
  readonly path: string;
  /** Once, when the job is over. */
  readonly leave: () => void;
}

export class ToolFolders {
  private readonly inUse = new Map<string, number>();
  private lookedAtMs = -Infinity;

  constructor(
    private readonly root: string,
    /** Null: for ever. */
    private readonly kept: KeptTools | null,
    /** Deletes the folder `<root>/<name>`, later. */
    private readonly takeAway: (name: string) => void,
  ) {}

  /** Makes it if need be. Throws a Fault. */
  enter(name: string): ToolFolder {
    const folder = `${this.root}/${name}`;
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      this.touch(folder);
      this.inUse.set(name, (this.inUse.get(name) ?? 0) + 1);
      return { path: realpathSync(folder), leave: () => this.leave(name) };
    } catch (cause) {
      throw new Fault(`the folder ${folder} cannot be made`, { cause, retryable: true });
    }
  }

  private leave(name: string): void {
    this.inUse.set(name, (this.inUse.get(name) ?? 1) - 1);
    this.touch(`${this.root}/${name}`);
    this.prune();
  }

  /** A job may have put a link in its place. */
  private touch(folder: string): void {
    if (this.kept === null) return;
    const seconds = this.kept.clock.now() / 1_000;
    lutimesSync(folder, seconds, seconds);
  }

  private prune(): void {
    if (this.kept === null) return;
    const { clock, keepMs } = this.kept;
    if (clock.elapsedMs() - this.lookedAtMs < LOOK_EVERY_MS) return;
    this.lookedAtMs = clock.elapsedMs();
    const oldMs = clock.now() - keepMs;
    for (const name of readdirSync(this.root))
      if ((this.inUse.get(name) ?? 0) === 0 && lstatSync(`${this.root}/${name}`).mtimeMs < oldMs) this.takeAway(name);
  }
}
