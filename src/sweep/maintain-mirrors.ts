/** Keeps mirrors small: one project after the other, since jobs want the disk. */
import type { Git } from '../git/git.js';
import type { Clock } from '../kernel/clock.js';
import { Rounds } from '../kernel/rounds.js';
import type { Projects } from '../store/projects.js';

/** A mirror is maintained once a day, and keeps the time of it by itself. */
const EVERY_MS = 3_600_000;

export class MaintainMirrors {
  private readonly rounds: Rounds;

  constructor(
    private readonly git: Pick<Git, 'maintain'>,
    private readonly projects: Pick<Projects, 'list'>,
    clock: Clock,
    /** Told of what failed; the other projects are looked at all the same. */
    private readonly onError: (error: unknown) => void,
  ) {
    this.rounds = new Rounds(clock, EVERY_MS, () => this.once(), onError);
  }

  /** The first look comes after some time: a start has better things to do. */
  start(): void {
    this.rounds.startLater();
  }

  /** Resolves when nothing is written any more; whoever stops git ends what runs. */
  stop(): Promise<void> {
    return this.rounds.stop();
  }

  async once(): Promise<void> {
    for (const { id } of await this.projects.list()) {
      if (this.rounds.isStopped) return;
      await this.git.maintain(id).catch(this.onError);
    }
  }
}
