/** The default queue: ids in memory, each taken once at a time. Losing it loses nothing (the sweep puts due rows again). */
import type { Clock } from '../kernel/clock.js';
import type { DueKind } from '../model/due.js';
import { Channel } from './channel.js';
import { JobQueue, type Lanes, type TakeId } from './job-queue.js';

export class InProcessQueue extends JobQueue {
  private readonly channels: Readonly<Record<DueKind, Channel>>;
  private waitingForIdle: (() => void)[] = [];
  private isClosed = false;

  /** @param report told of what a handler rejects with (a store that is broken): the sweep puts its row again. */
  constructor(clock: Clock, report: (error: unknown) => void) {
    super();
    const events = { onEnd: () => this.noticeIdle(), report, nextTurn: () => clock.nextTurn() };
    const channel = () => new Channel(events);
    this.channels = {
      event: channel(),
      job: channel(),
      flag: channel(),
      turn: channel(),
      hold: channel(),
      command: channel(),
      comment: channel(),
      quarantine: channel(),
    };
  }

  put(kind: DueKind, id: number): void {
    if (!this.isClosed) this.channels[kind].put(id);
  }

  take(kind: DueKind, lanes: Lanes, take: TakeId): void {
    this.channels[kind].takeWith(lanes, take);
  }

  isTaking(kind: DueKind): boolean {
    return this.channels[kind].isTaken;
  }

  async close(): Promise<void> {
    this.isClosed = true;
    for (const channel of Object.values(this.channels)) channel.stop();
    await this.settled();
  }

  settled(): Promise<void> {
    return new Promise((resolve) => {
      this.waitingForIdle.push(resolve);
      this.noticeIdle();
    });
  }

  private noticeIdle(): void {
    if (!Object.values(this.channels).every((channel) => channel.isIdle)) return;
    for (const resolve of this.waitingForIdle.splice(0)) resolve();
  }
}
