/** Keeps mirrors small: one project after the other, since jobs want the disk. */
import type { Git } from '../git/git.js';
import type { Clock, StopTimer } from '../kernel/clock.js';
import type { Projects } from '../store/projects.js';

/** A mirror is maintained once a day, and keeps the time of it by itself. */
const EVERY_MS = 3_600_000;

export class MaintainMirrors {
  private isStopped = false;
  private stopTimer: StopTimer = () => undefined;
  private look: Promise<void> = Promise.resolve();

  constructor(
    private readonly git: Pick<Git, 'maintain'>,
    private readonly projects: Pick<Projects, 'list'>,
    private readonly clock: Clock,
    /** Told of what failed; the other projects are looked at all the same. */
    private readonly onError: (error: unknown) => void,
  ) {}

  /** The first look comes after some time: a start has better things to do. */
  start(): void {
    const again = () => {
      if (!this.isStopped) this.start();
    };
    this.stopTimer = this.clock.after(EVERY_MS, () => {
      this.look = this.once().catch(this.onError).finally(again);
    });
  }

  /** Resolves when nothing is written any more; whoever stops git ends what runs. */
  async stop(): Promise<void> {
    this.isStopped = true;
    this.stopTimer();
    await this.look;
  }

  async once(): Promise<void> {
    for (const { id } of await this.projects.list()) {
      if (this.isStopped) return;
      await this.git.maintain(id).catch(this.onError);
    }
  }
}
